using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using Xunit;

namespace Membrane.PowerShell.Tests;

/// <summary>What the shipped assemblies refer to, against what is shipped and what the platform brings.</summary>
public class ClosureTests
{
    private const string Engine = "System.Management.Automation";

    public static TheoryData<string> Builds => new(Repository.Builds);

    [Fact]
    public void The_modern_build_refers_to_nothing_newer_than_PowerShell_7_4() =>
        Assert.Empty(
            from reference in References("net8.0")
            where
                !IsShipped("net8.0", reference.Wanted)
                && reference.Wanted.Name != Engine
                && reference.Wanted.Version > new Version(8, 0, 0, 0)
            select reference
        );

    [Fact]
    public void The_modern_build_ships_no_copy_of_a_platform_assembly() =>
        Assert.DoesNotContain(
            Repository.StagedAssemblies("net8.0").Select(Path.GetFileNameWithoutExtension),
            name => name is "System.Text.Json" or "System.Memory" or "System.Text.Encodings.Web" or Engine
        );

    [Fact]
    public void Every_version_mismatch_of_the_other_build_is_redirected_and_no_redirect_is_too_many()
    {
        var source = File.ReadAllText(Path.Combine(Repository.Root, "src", "Membrane.PowerShell.Loader", "Isolation.Desktop.cs"));
        var redirected = Regex
            .Matches(source, @"^\s+""(?<name>[A-Z][A-Za-z.]+)"",$", RegexOptions.Multiline)
            .Select(match => match.Groups["name"].Value)
            .ToArray();
        var mismatched = (
            from reference in References("netstandard2.0")
            where
                IsShipped("netstandard2.0", reference.Wanted)
                && ShippedVersion("netstandard2.0", reference.Wanted) != reference.Wanted.Version
            select reference.Wanted.Name!
        )
            .Distinct()
            .OrderBy(name => name, StringComparer.Ordinal)
            .ToArray();
        Assert.Equal(mismatched, redirected.OrderBy(name => name, StringComparer.Ordinal));
    }

    [Fact]
    public void A_redirect_never_leads_to_an_older_version() =>
        Assert.Empty(
            from reference in References("netstandard2.0")
            where
                IsShipped("netstandard2.0", reference.Wanted)
                && ShippedVersion("netstandard2.0", reference.Wanted) < reference.Wanted.Version
            select reference
        );

    [Fact]
    public void What_the_other_build_refers_to_is_shipped_or_part_of_the_framework() =>
        Assert.Empty(
            from reference in References("netstandard2.0")
            where !IsShipped("netstandard2.0", reference.Wanted) && reference.Wanted.Name is not ("netstandard" or Engine)
            select reference
        );

    [Theory]
    [MemberData(nameof(Builds))]
    public void The_contracts_refer_to_nothing_but_the_framework(string build) =>
        Assert.Empty(
            from reference in References(build)
            where reference.From == "Membrane.Contracts" && IsShipped(build, reference.Wanted)
            select reference
        );

    [Theory]
    [MemberData(nameof(Builds))]
    public void References_run_one_way(string build)
    {
        var allowed = new Dictionary<string, string[]>
        {
            ["Membrane.Contracts"] = [],
            ["Membrane.Client"] = ["Membrane.Contracts"],
            ["Membrane.Emulator"] = ["Membrane.Client", "Membrane.Contracts"],
            ["Membrane.PowerShell"] = ["Membrane.Emulator", "Membrane.Client", "Membrane.Contracts"],
        };
        Assert.Empty(
            from reference in References(build)
            where
                allowed.ContainsKey(reference.From)
                && reference.Wanted.Name!.StartsWith("Membrane.", StringComparison.Ordinal)
                && !allowed[reference.From].Contains(reference.Wanted.Name)
            select reference
        );
    }

    [Fact]
    public void The_loader_refers_to_nothing_of_ours() =>
        Assert.Empty(
            from file in Directory.GetFiles(Path.Combine(Repository.StagedModule, "bin", "loader"), "*.dll", SearchOption.AllDirectories)
            from reference in ReferencesOf(file)
            where reference.Wanted.Name!.StartsWith("Membrane", StringComparison.Ordinal)
            select reference
        );

    private static IEnumerable<(string From, AssemblyName Wanted)> References(string build) =>
        Repository.StagedAssemblies(build).SelectMany(ReferencesOf);

    private static List<(string From, AssemblyName Wanted)> ReferencesOf(string file)
    {
        using var stream = File.OpenRead(file);
        using var executable = new PEReader(stream);
        var metadata = executable.GetMetadataReader();
        return metadata
            .AssemblyReferences.Select(handle =>
                (Path.GetFileNameWithoutExtension(file), metadata.GetAssemblyReference(handle).GetAssemblyName())
            )
            .ToList();
    }

    private static bool IsShipped(string build, AssemblyName wanted) => File.Exists(PathOf(build, wanted));

    private static Version? ShippedVersion(string build, AssemblyName wanted) =>
        AssemblyName.GetAssemblyName(PathOf(build, wanted)).Version;

    private static string PathOf(string build, AssemblyName wanted) =>
        Path.Combine(Repository.StagedModule, "bin", build, wanted.Name + ".dll");
}
