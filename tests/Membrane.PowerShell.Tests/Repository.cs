using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace Membrane.PowerShell.Tests;

/// <summary>The files that the tests look at: the sources and the staged module.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string StagedModule => Path.Combine(Root, "out", "Membrane");

    public static IReadOnlyList<string> Builds { get; } = ["net8.0", "netstandard2.0"];

    public static IReadOnlyList<string> ExportedCmdlets { get; } = ReadExports();

    public static string[] StagedAssemblies(string build)
    {
        var folder = Path.Combine(StagedModule, "bin", build);
        return Directory.Exists(folder)
            ? Directory.GetFiles(folder, "*.dll")
            : throw new InvalidOperationException(
                $"{folder} is missing: build the whole solution first (dotnet build Membrane.PowerShell.sln)."
            );
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Membrane.psd1")) && Directory.Exists(Path.Combine(folder.FullName, "src")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests do not run inside the repository.");
    }

    private static string[] ReadExports()
    {
        var manifest = File.ReadAllText(Path.Combine(Root, "Membrane.psd1"));
        var list = Regex.Match(manifest, @"CmdletsToExport\s*=\s*@\((?<names>[^)]*)\)").Groups["names"].Value;
        return Regex.Matches(list, "'(?<name>[^']+)'").Select(match => match.Groups["name"].Value).ToArray();
    }
}
