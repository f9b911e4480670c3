using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace Membrane.PowerShell.Mcp;

/// <summary>How another program starts the engine that this session runs in.</summary>
internal static class EngineCommand
{
    /// <summary>The program, and the arguments that come before those of PowerShell.</summary>
    /// <param name="home">The folder of the engine, which PowerShell calls PSHOME.</param>
    public static IReadOnlyList<string> Find(string home)
    {
        if (RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal))
        {
            return ["powershell"];
        }

        // The tool of the .NET SDK: nothing outside of it finds it by its name, and its own program would have to be told where .NET is.
        var engine = Path.Combine(home, "pwsh.dll");
        var runtime = RuntimeEnvironment.GetRuntimeDirectory();
        var host = Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", ProgramName("dotnet")));
        return !IsSame(runtime, home) && File.Exists(engine) && File.Exists(host) && !IsOnPath(home) ? [host, engine] : ["pwsh"];
    }

    // PowerShell puts its own folder first on the PATH, for those that it starts: that one does not count.
    private static bool IsOnPath(string home) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator)
            .Any(folder => folder.Length > 0 && !IsSame(folder, home) && File.Exists(Path.Combine(folder, ProgramName("pwsh"))));

    private static bool IsSame(string folder, string other) =>
        string.Equals(WithoutEnd(folder), WithoutEnd(other), StringComparison.OrdinalIgnoreCase);

    private static string WithoutEnd(string folder) => folder.TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);

    private static string ProgramName(string name) => RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? name + ".exe" : name;
}
