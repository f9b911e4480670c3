using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace Membrane.PowerShell.Tests;

/// <summary>docs/dependencies.md against what is staged, what was restored, and what the packages say of their licence.</summary>
public class DependencyTests
{
    private static readonly string Packages = typeof(DependencyTests)
        .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "Packages")
        .Value!;

    private static readonly string[] Listed = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "dependencies.md"))
        .Where(static line => Regex.IsMatch(line, @"^\| [A-Z]\S+ \|"))
        .ToArray();

    // Packages from before licence expressions existed name the text instead.
    private static readonly Dictionary<string, string> LicenceTexts = new(StringComparer.Ordinal)
    {
        ["https://github.com/dotnet/corefx/blob/master/LICENSE.TXT"] = "MIT",
        ["https://raw.githubusercontent.com/aspnet/Home/2.0.0/LICENSE.txt"] = "Apache-2.0",
    };

    [Theory]
    [InlineData("net8.0", 1)]
    [InlineData("netstandard2.0", 2)]
    public void The_list_is_what_is_shipped(string build, int column) =>
        Assert.Equal(
            Repository
                .StagedAssemblies(build)
                .Select(file => Path.GetFileNameWithoutExtension(file))
                .Where(static name => !name.StartsWith("Membrane.", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
            Entries(column).Select(static entry => entry.Name).Order(StringComparer.Ordinal)
        );

    [Theory]
    [InlineData("net8.0", 1)]
    [InlineData(".NETStandard,Version=v2.0", 2)]
    public void The_versions_are_those_that_were_restored(string framework, int column)
    {
        using var locked = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(Repository.Root, "src", "Membrane.PowerShell", "packages.lock.json"))
        );
        var restored = locked.RootElement.GetProperty("dependencies").GetProperty(framework);
        Assert.Empty(
            from entry in Entries(column)
            let version = restored.GetProperty(entry.Name).GetProperty("resolved").GetString()
            where version != entry.Version
            select $"{entry.Name} is {version}, not {entry.Version}"
        );
    }

    [Fact]
    public void The_licences_are_those_that_the_packages_name() =>
        Assert.Empty(
            from line in Listed
            let cells = Cells(line)
            let named = string.Join(
                "; ",
                cells[1..3].Where(static version => version != "-").Distinct().Select(version => LicenceOf(cells[0], version)).Distinct()
            )
            where named != cells[3]
            select $"{cells[0]} is under {named}, not {cells[3]}"
        );

    [Fact]
    public void Every_package_has_its_notice()
    {
        var notices = File.ReadAllText(Path.Combine(Repository.StagedModule, "THIRD-PARTY-NOTICES.txt"));
        Assert.DoesNotContain(Listed.Select(static line => Cells(line)[0]), name => !notices.Contains(name, StringComparison.Ordinal));
    }

    private static IEnumerable<(string Name, string Version)> Entries(int column) =>
        Listed.Select(Cells).Where(cells => cells[column] != "-").Select(cells => (cells[0], cells[column]));

    private static string[] Cells(string line) => line.Trim('|').Split('|', StringSplitOptions.TrimEntries);

    private static string LicenceOf(string package, string version)
    {
        var folder = package.ToLowerInvariant();
        var metadata = XDocument.Load(Path.Combine(Packages, folder, version, folder + ".nuspec")).Root!.Elements().First();
        var expression = metadata
            .Elements()
            .FirstOrDefault(static element => element.Name.LocalName == "license" && (string?)element.Attribute("type") == "expression");
        return expression?.Value
            ?? LicenceTexts[metadata.Elements().Single(static element => element.Name.LocalName == "licenseUrl").Value];
    }
}
