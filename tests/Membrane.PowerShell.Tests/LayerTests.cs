using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Membrane.PowerShell.Tests.Layers;
using Membrane.PowerShell.Tests.Layers.Sample.High;
using Membrane.PowerShell.Tests.Layers.Sample.Low;
using Xunit;
using Xunit.Abstractions;

namespace Membrane.PowerShell.Tests;

/// <summary>Folders are layers: each refers only to folders below it, in the order that docs/architecture.md says.</summary>
public class LayerTests(ITestOutputHelper output)
{
    private const string Table = """
        ## Layers

        ### Client

        | folders | |
        | --- | --- |
        | `Top` | |
        | `Left`, `Right` | and `Other` |
        | `Bottom` | |

        ### Another

        | `Elsewhere` | |

        ## Further

        | `Nowhere` | |
        """;

    private static readonly HashSet<string> Four = ["Top", "Left", "Right", "Bottom"];

    public static TheoryData<string> Projects => ["Membrane.Client", "Membrane.Emulator", "Membrane.PowerShell"];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_folder_refers_only_to_folders_below_it(string project)
    {
        var folders = Folders.Of(project);
        AssertNone(LayerTable.Of(project).Compare(folders.Names, folders.Arrows));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void No_folders_lie_in_a_circle(string project)
    {
        var folders = Folders.Of(project);
        IReadOnlyList<string>[] circles = [.. Circles.Among(folders.Arrows)];
        output.WriteLine(
            $"{project}: {folders.Names.Count} folders, {folders.Arrows.Count} arrows, {circles.Sum(static circle => circle.Count)} "
                + $"folders in circles"
        );
        AssertNone(circles.Select(static circle => $"{circle.Count}: {string.Join(", ", circle)}"));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_namespace_is_a_folder(string project) =>
        AssertNone(
            from file in SourceFile.Below(Path.Combine(Repository.Root, "src", project))
            let expected = NamespaceOf(file, project)
            // What stands in for the framework's is where the framework has it.
            where file.Folder != "Polyfills" && file.Namespace != expected
            select $"{Path.GetRelativePath(Repository.Root, file.Path)} is in {file.Namespace}"
        );

    // What callers name is in the one namespace that they import: Membrane for scripts, the project's for C#.
    private static string NamespaceOf(SourceFile file, string project) =>
        file.Folder == "Models" ? "Membrane"
        : file.Folder == Folders.Root || (file.IsPublic && project != "Membrane.PowerShell") ? project
        : project + "." + file.Folder.Replace('/', '.');

    [Theory]
    [InlineData("Left", "Top", "up: Left → Top: A → B")]
    [InlineData("Bottom", "Right", "up: Bottom → Right: A → B")]
    [InlineData("Left", "Right", "sideways: Left → Right: A → B")]
    public void An_arrow_that_the_table_does_not_have_is_named(string from, string to, string expected) =>
        Assert.Equal([expected], LayerTable.Read(Table, "Client").Compare(Four, [new Arrow(from, "A", to, "B")]));

    [Fact]
    public void Arrows_down_are_allowed() =>
        Assert.Empty(
            LayerTable
                .Read(Table, "Client")
                .Compare(
                    Four,
                    [new Arrow("Top", "A", "Bottom", "B"), new Arrow("Top", "A", "Left", "B"), new Arrow("Right", "A", "Bottom", "B")]
                )
        );

    [Fact]
    public void A_folder_without_a_row_and_a_row_without_a_folder_are_named() =>
        Assert.Equal(
            ["Other has no row", "Bottom has a row and is no folder"],
            LayerTable.Read(Table, "Client").Compare(new HashSet<string> { "Top", "Left", "Right", "Other" }, [])
        );

    [Fact]
    public void A_folder_with_two_rows_is_named() =>
        Assert.Equal(
            ["Top has several rows"],
            LayerTable.Read(Table.Replace("`Bottom`", "`Bottom`, `Top`", StringComparison.Ordinal), "Client").Compare(Four, [])
        );

    [Fact]
    public void A_table_the_wrong_way_round_is_refused_by_the_real_assembly()
    {
        const string upsideDown = "## Layers\n### Membrane.Client\n| `Json` |\n| `Paging` |";
        var folders = Folders.Of("Membrane.Client");
        Assert.Contains(
            "up: Paging → Json: PageReader → ModelReader",
            LayerTable.Read(upsideDown, "Membrane.Client").Compare(folders.Names, folders.Arrows)
        );
    }

    [Fact]
    public void Nothing_that_a_type_names_is_overlooked()
    {
        var folders = Folders.OfSample(
            typeof(Base),
            Path.Combine(Repository.Root, "tests", "Membrane.PowerShell.Tests", "Layers", "Sample")
        );
        Assert.Equal(
            typeof(Base)
                .Assembly.GetTypes()
                .Where(static type => type.Namespace == typeof(Base).Namespace)
                .Select(static type => $"High → Low: {nameof(Caller<IConstraint>)} → {type.Name}")
                .Order(StringComparer.Ordinal),
            folders.Arrows.Select(static arrow => arrow.ToString())
        );
    }

    [Fact]
    public void Circles_are_found_apart_from_what_only_leads_to_them()
    {
        Arrow[] arrows =
        [
            .. new[] { "AB", "BC", "CA", "DA", "CE", "FG", "GF" }.Select(static pair => new Arrow(pair[..1], "X", pair[1..], "Y")),
        ];
        Assert.Equal(["ABC", "FG"], Circles.Among(arrows).Select(static circle => string.Concat(circle)).Order(StringComparer.Ordinal));
    }

    private static void AssertNone(IEnumerable<string> faults)
    {
        string[] found = [.. faults];
        Assert.True(found.Length == 0, $"{found.Length}:\n{string.Join('\n', found)}");
    }
}
