using System;
using System.IO;
using System.Runtime.InteropServices;

namespace Membrane.Client.Authentication.Stored;

/// <summary>Folders and files that only their owner can read, from the moment they exist.</summary>
internal static class OwnerOnly
{
    /// <summary>Makes the folder where there is none, and takes the rights of others away where there is one.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be made or changed.</exception>
    public static void CreateFolder(string path)
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            WindowsOwnerOnly.CreateFolder(path);
        }
        else
        {
            UnixOwnerOnly.CreateFolder(path);
        }
    }

    /// <summary>Makes a new file of a name of its own in the folder.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be made.</exception>
    public static (string Path, FileStream Stream) CreateFile(string folder) =>
        RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? WindowsOwnerOnly.CreateFile(folder) : UnixOwnerOnly.CreateFile(folder);

    /// <summary>Puts a file in the place of another, in one step.</summary>
    /// <exception cref="IOException">It cannot be done.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be done.</exception>
    public static void Replace(string source, string target)
    {
#if NET
        File.Move(source, target, overwrite: true);
#else
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            WindowsOwnerOnly.Replace(source, target);
        }
        else
        {
            UnixOwnerOnly.Replace(source, target);
        }
#endif
    }
}
