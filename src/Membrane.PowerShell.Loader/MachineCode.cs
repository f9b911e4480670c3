#if NET
using System;
using System.IO;
using System.Runtime.InteropServices;

namespace Membrane.PowerShell.Loader;

/// <summary>
/// Images of assemblies with machine code for one system, which a fresh process need not compile first. They hold the same assembly and are
/// in a folder beside it, where there are any.
/// </summary>
internal static class MachineCode
{
    /// <summary>The image for this system beside an assembly, or the assembly itself.</summary>
    public static string Beside(string path)
    {
        if (SystemFolder is not { } folder)
        {
            return path;
        }

        var image = Path.Combine(Path.GetDirectoryName(path)!, folder, Path.GetFileName(path));
        return File.Exists(image) ? image : path;
    }

    // The code is for .NET 10: an earlier runtime would pass over it.
    private static string? SystemFolder =>
        Environment.Version.Major < 10 || RuntimeInformation.ProcessArchitecture != Architecture.X64 ? null
        : RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? "win-x64"
        : RuntimeInformation.IsOSPlatform(OSPlatform.Linux) ? "linux-x64"
        : null;
}
#endif
