using System;
using System.IO;
using System.Linq;
using System.Reflection;
using Membrane.PowerShell.Tests.Metadata;
using Xunit;

namespace Membrane.PowerShell.Tests;

/// <summary>Whether the build for Windows PowerShell 5.1 finds on .NET Framework 4.7.2 everything that it names.</summary>
public class FrameworkTests
{
    private static readonly string Framework = typeof(FrameworkTests)
        .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "NetFramework")
        .Value!;
    private static readonly string Shipped = Path.Combine(Repository.StagedModule, "bin", "netstandard2.0");
    private static readonly AssemblyCatalog Catalog = new(Shipped, Framework, Path.Combine(Framework, "Facades"));

    public static TheoryData<string> ShippedAssemblies =>
        new(
            Repository
                .StagedAssemblies("netstandard2.0")
                .Append(Path.Combine(Repository.StagedModule, "bin", "loader", "Desktop", "Membrane.PowerShell.Loader.dll"))
                .Select(file => Path.GetRelativePath(Repository.StagedModule, file))
        );

    [Theory]
    [MemberData(nameof(ShippedAssemblies))]
    public void Every_type_and_member_that_is_used_exists_in_NET_Framework_472(string file) =>
        Assert.Empty(
            Catalog.Missing(Path.Combine(Repository.StagedModule, file), static assembly => assembly == "System.Management.Automation")
        );

    [Fact]
    public void The_scan_sees_what_is_missing()
    {
        // The other build uses members that .NET Framework never had.
        var missing = Catalog
            .Missing(
                Path.Combine(Repository.StagedModule, "bin", "net8.0", "Membrane.Client.dll"),
                static assembly => assembly.StartsWith("Membrane", StringComparison.Ordinal)
            )
            .ToArray();
        Assert.Contains(missing, static name => name.Contains("System.Net.Http.SocketsHttpHandler", StringComparison.Ordinal));
        Assert.Contains(missing, static name => name.Contains("::", StringComparison.Ordinal));
    }
}
