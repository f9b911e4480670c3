using System.IO;
using System.Runtime.InteropServices;

namespace Membrane.Client.Files;

/// <summary>Files that are there to be read again later.</summary>
internal static class KeptFile
{
    /// <summary>Why nothing can be kept under a path; null where it may be.</summary>
    /// <param name="path">The whole path.</param>
    public static string? Refuse(string path) =>
        DeviceName.IsDevice(path, RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
            ? "names a device, which keeps nothing that is written to it"
        : Directory.Exists(path) ? "is a folder"
        : null;

    /// <summary>Refuses the value of a parameter under which nothing can be kept.</summary>
    /// <exception cref="MembraneInputException">Nothing can.</exception>
    public static void Require(string path, string parameterName)
    {
        if (Refuse(path) is { } why)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                parameterName,
                $"'{path}' {why}.",
                $"Pass in {parameterName} the path of a file, which need not be there yet."
            );
        }
    }
}
