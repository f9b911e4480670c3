using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace Membrane.PowerShell.Tests;

/// <summary>What is told of versions and of the project in several files must be what the manifest says.</summary>
public class ReleaseTests
{
    private static readonly string Manifest = Read("Membrane.psd1");

    private static readonly string Version = Of("ModuleVersion");

    private static readonly string Project = Of("ProjectUri");

    // "## [0.1.0] - unreleased" or "## [0.1.0] - 2026-11-28"
    private static readonly (string Version, string Date, string Text)[] Sections = (
        from part in Regex.Split(Read("CHANGELOG.md"), "^## ", RegexOptions.Multiline).Skip(1)
        let heading = Regex.Match(part, @"\A\[(?<version>\d+\.\d+\.\d+)\] - (?<date>\S+)\n")
        select heading.Success
            ? (heading.Groups["version"].Value, heading.Groups["date"].Value, part)
            : throw new InvalidDataException($"No version and date: ## {part.Split('\n')[0]}")
    ).ToArray();

    [Fact]
    public void The_changelog_begins_with_the_version_of_the_manifest() => Assert.Equal(Version, Sections[0].Version);

    [Fact]
    public void The_assemblies_have_the_version_of_the_manifest() =>
        Assert.Equal(System.Version.Parse(Version + ".0"), typeof(Common.MembraneCommand).Assembly.GetName().Version);

    [Fact]
    public void The_container_has_the_emulator_of_the_version_of_the_manifest() =>
        Assert.Contains($"\nARG VERSION={Version}\n", Read("docs/samples/emulator/Dockerfile"), StringComparison.Ordinal);

    [Fact]
    public void Versions_go_down_and_only_the_first_may_be_unreleased()
    {
        Assert.Equal(
            Sections.Select(section => section.Version).OrderByDescending(System.Version.Parse).Distinct(),
            Sections.Select(section => section.Version)
        );
        var dates = Sections
            .SkipWhile(section => section.Date == "unreleased")
            .Select(section => DateOnly.ParseExact(section.Date, "yyyy-MM-dd", CultureInfo.InvariantCulture))
            .ToArray();
        Assert.InRange(dates.Length, Sections.Length - 1, Sections.Length);
        Assert.Equal(dates.OrderDescending(), dates);
    }

    [Fact]
    public void Changes_stand_below_the_headings_of_Keep_a_Changelog()
    {
        string[] known = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"];
        Assert.All(
            Sections,
            section =>
            {
                var headings = Regex.Matches(section.Text, "^### (.+)$", RegexOptions.Multiline).Select(match => match.Groups[1].Value);
                Assert.NotEmpty(headings);
                Assert.Subset(known.ToHashSet(), headings.ToHashSet());
                Assert.Matches(@"### \w+\n\n- \S", section.Text);
            }
        );
    }

    [Fact]
    public void The_address_of_the_project_is_the_same_everywhere()
    {
        var owner = Project[..(Project.LastIndexOf('/') + 1)];
        string[] files =
        [
            "Membrane.psd1",
            "README.md",
            "CHANGELOG.md",
            "CONTRIBUTING.md",
            "SECURITY.md",
            .. Directory.GetFiles(Path.Combine(Repository.Root, "src"), "README.md", SearchOption.AllDirectories),
            .. Directory.GetFiles(Path.Combine(Repository.Root, ".github"), "*", SearchOption.AllDirectories),
        ];
        var told = (
            from file in files
            from Match match in Regex.Matches(Read(file), Regex.Escape(owner) + @"[\w.-]+")
            select match.Value
        ).ToArray();
        Assert.NotEmpty(told);
        Assert.All(told, address => Assert.Equal(Project, address));
    }

    private static string Of(string key) => Regex.Match(Manifest, key + @"\s*=\s*'([^']+)'").Groups[1].Value;

    private static string Read(string file) =>
        File.ReadAllText(Path.Combine(Repository.Root, file)).Replace("\r\n", "\n", StringComparison.Ordinal);
}
