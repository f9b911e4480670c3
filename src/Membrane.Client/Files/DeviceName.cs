using System;
using System.Linq;

namespace Membrane.Client.Files;

/// <summary>The names that stand for devices, where nothing is kept that is written.</summary>
internal static class DeviceName
{
    private static readonly string[] Reserved = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

    /// <summary>Whether Windows takes the name of a file for a device, whatever comes after a dot.</summary>
    public static bool IsReserved(string name)
    {
        var stem = name.Split('.')[0].TrimEnd(' ').ToUpperInvariant();
        return Reserved.Contains(stem)
            || (stem.Length == 4 && IsPort(stem.Substring(0, 3)) && (stem[3] is (>= '0' and <= '9') or '¹' or '²' or '³'));
    }

    /// <summary>Whether a whole path leads to a device.</summary>
    public static bool IsDevice(string path, bool isWindows)
    {
        if (!isWindows)
        {
            return path.StartsWith("/dev/", StringComparison.Ordinal) && !path.StartsWith("/dev/shm/", StringComparison.Ordinal);
        }

        var parts = path.Replace('/', '\\').Split('\\');

        // \\.\NAME is a device of this machine, \\SERVER\pipe\NAME a pipe of another.
        var isShare = parts.Length > 3 && parts[0].Length == 0 && parts[1].Length == 0;
        return (isShare && (parts[2] == "." || string.Equals(parts[3], "pipe", StringComparison.OrdinalIgnoreCase)))
            || IsReserved(parts[parts.Length - 1].TrimEnd(':'));
    }

    private static bool IsPort(string name) => name is "COM" or "LPT";
}
