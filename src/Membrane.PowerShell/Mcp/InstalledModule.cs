using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace Membrane.PowerShell.Mcp;

/// <summary>Whether another process finds a module by its name alone.</summary>
internal static class InstalledModule
{
    /// <summary>Returns whether a module lies where modules are installed; what the session has added to its path does not count.</summary>
    /// <param name="manifest">The manifest of the module.</param>
    /// <param name="home">The folder of the engine, which PowerShell calls PSHOME.</param>
    public static bool Is(string manifest, string home)
    {
        var path = Path.GetFullPath(manifest);
        var comparison = RuntimeInformation.IsOSPlatform(OSPlatform.Windows)
            ? StringComparison.OrdinalIgnoreCase
            : StringComparison.Ordinal;
        return Folders(home)
            .Where(static folder => Path.IsPathRooted(folder))
            .Any(folder => path.StartsWith(Path.GetFullPath(folder).TrimEnd('/', '\\') + Path.DirectorySeparatorChar, comparison));
    }

    private static IEnumerable<string> Folders(string home)
    {
        yield return Path.Combine(home, "Modules");
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            var data = Environment.GetEnvironmentVariable("XDG_DATA_HOME");
            yield return Path.Combine(
                string.IsNullOrEmpty(data)
                    ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "share")
                    : data,
                "powershell",
                "Modules"
            );
            yield return "/usr/local/share/powershell/Modules";
            yield break;
        }

        var engine = RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal)
            ? "WindowsPowerShell"
            : "PowerShell";
        yield return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.MyDocuments), engine, "Modules");
        yield return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), engine, "Modules");
        foreach (var target in (EnvironmentVariableTarget[])[EnvironmentVariableTarget.User, EnvironmentVariableTarget.Machine])
        {
            foreach (var folder in (Environment.GetEnvironmentVariable("PSModulePath", target) ?? string.Empty).Split(';'))
            {
                yield return Environment.ExpandEnvironmentVariables(folder);
            }
        }
    }
}
