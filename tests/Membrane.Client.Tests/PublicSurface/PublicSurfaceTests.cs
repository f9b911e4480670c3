using System;
using System.IO;
using System.Reflection;
using System.Runtime.CompilerServices;
using PublicApiGenerator;
using Xunit;

namespace Membrane.Client.Tests.PublicSurface;

/// <summary>What programs can use of a package, against the approved list beside this file.</summary>
public class PublicSurfaceTests
{
    private const string Approve =
        "dotnet test tests/Membrane.Client.Tests --configuration Release --filter PublicSurface --environment MEMBRANE_APPROVE=surface";

    // Their arguments are names that the compiler makes up.
    private static readonly ApiGeneratorOptions Options = new()
    {
        IncludeAssemblyAttributes = false,
        DenyNamespacePrefixes = [],
        ExcludeAttributes =
        [
            typeof(AsyncIteratorStateMachineAttribute).FullName!,
            typeof(AsyncStateMachineAttribute).FullName!,
            typeof(IteratorStateMachineAttribute).FullName!,
        ],
    };

    public static TheoryData<string> Packages => ["Membrane.Client", "Membrane.Contracts", "Membrane.Extensions.DependencyInjection"];

    [Theory]
    [MemberData(nameof(Packages))]
    public void The_public_surface_is_the_approved_one(string package)
    {
        var file = Path.Combine(Path.GetDirectoryName(ThisFile())!, package + ".txt");
        var surface = Assembly.Load(package).GeneratePublicApi(Options).ReplaceLineEndings("\n") + "\n";
        if (Environment.GetEnvironmentVariable("MEMBRANE_APPROVE") == "surface")
        {
            File.WriteAllText(file, surface);
        }

        var approved = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : string.Empty;
        Assert.True(surface == approved, $"{FirstDifference(approved, surface)}\nTo approve what {package} has now: {Approve}");
    }

    private static string FirstDifference(string approved, string surface)
    {
        var before = approved.Split('\n');
        var now = surface.Split('\n');
        var line = 0;
        while (line < before.Length && line < now.Length && before[line] == now[line])
        {
            line++;
        }

        return $"The public surface is another one from line {line + 1} on.\n"
            + $"approved: {(line < before.Length ? before[line].Trim() : "(the end)")}\n"
            + $"now:      {(line < now.Length ? now[line].Trim() : "(the end)")}";
    }

    // The path that the compiler knows is mapped.
    private static string ThisFile([CallerFilePath] string path = "") =>
        Path.Combine(FindRoot(), path.Replace("/_/", string.Empty, StringComparison.Ordinal));

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Membrane.psd1")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
