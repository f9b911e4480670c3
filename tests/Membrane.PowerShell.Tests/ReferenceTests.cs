using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Membrane.PowerShell.Tests.Metadata;
using Xunit;

namespace Membrane.PowerShell.Tests;

/// <summary>
/// The closed list of what our assemblies may refer to beside the platform. A new reference is a new way to meet another
/// module's copy, so it is put on this list on purpose or not at all.
/// </summary>
public class ReferenceTests
{
    private static readonly string[] Platform = Directory
        .GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.dll")
        .Select(file => Path.GetFileNameWithoutExtension(file))
        .ToArray();

    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["bin/loader/Core/Membrane.PowerShell.Loader"] = ["System.Management.Automation"],
        ["bin/loader/Desktop/Membrane.PowerShell.Loader"] = ["System.Management.Automation"],
        ["bin/net8.0/Membrane.Contracts"] = [],
        ["bin/net8.0/Membrane.Client"] =
        [
            "Membrane.Contracts",
            "Microsoft.IdentityModel.JsonWebTokens",
            "Microsoft.IdentityModel.Tokens",
            "System.IdentityModel.Tokens.Jwt",
        ],
        ["bin/net8.0/Membrane.Emulator"] = ["Membrane.Client", "Membrane.Contracts", "Microsoft.IdentityModel.Tokens", "YamlDotNet"],
        ["bin/net8.0/Membrane.PowerShell"] = ["Membrane.Client", "Membrane.Contracts", "Membrane.Emulator", "System.Management.Automation"],
        ["bin/netstandard2.0/Membrane.Contracts"] = [],
        ["bin/netstandard2.0/Membrane.Client"] =
        [
            "Membrane.Contracts",
            "Microsoft.Bcl.AsyncInterfaces",
            "Microsoft.IdentityModel.JsonWebTokens",
            "Microsoft.IdentityModel.Tokens",
            "System.Buffers",
            "System.IdentityModel.Tokens.Jwt",
            "System.Memory",
            "System.Text.Encodings.Web",
            "System.Text.Json",
            "System.Threading.Tasks.Extensions",
        ],
        ["bin/netstandard2.0/Membrane.Emulator"] =
        [
            "Membrane.Client",
            "Membrane.Contracts",
            "Microsoft.IdentityModel.Tokens",
            "System.Memory",
            "System.Text.Encodings.Web",
            "System.Text.Json",
            "YamlDotNet",
        ],
        ["bin/netstandard2.0/Membrane.PowerShell"] =
        [
            "Membrane.Client",
            "Membrane.Contracts",
            "Membrane.Emulator",
            "Microsoft.Bcl.AsyncInterfaces",
            "System.Management.Automation",
            "System.Memory",
            "System.Text.Json",
            "System.Threading.Tasks.Extensions",
        ],
    };

    [Fact]
    public void Our_assemblies_refer_to_the_platform_and_to_the_closed_list_alone() =>
        Assert.Empty(
            from file in OurAssemblies()
            from reference in References(file).Except(Allowed[file])
            where !IsPlatform(file, reference)
            select $"{file} refers to {reference}"
        );

    [Fact]
    public void The_closed_list_has_no_entry_too_many() =>
        Assert.Empty(
            from entry in Allowed
            from reference in entry.Value.Except(References(entry.Key))
            select $"{entry.Key} no longer refers to {reference}"
        );

    [Fact]
    public void Every_assembly_of_ours_is_on_the_list() =>
        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), OurAssemblies().Order(StringComparer.Ordinal));

    private static IEnumerable<string> OurAssemblies() =>
        Directory
            .GetFiles(Path.Combine(Repository.StagedModule, "bin"), "Membrane.*.dll", SearchOption.AllDirectories)
            .Select(file => Path.ChangeExtension(Path.GetRelativePath(Repository.StagedModule, file), null).Replace('\\', '/'));

    private static bool IsPlatform(string file, string reference) =>
        file.Contains("netstandard2.0", StringComparison.Ordinal) ? reference == "netstandard" : Platform.Contains(reference);

    private static string[] References(string file)
    {
        var metadata = AssemblyCatalog.Open(Path.Combine(Repository.StagedModule, file + ".dll"));
        return metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)).ToArray();
    }
}
