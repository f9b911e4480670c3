using System.IO;
using System.Runtime.InteropServices;

namespace Membrane.Client.Files;

/// <summary>Folders and files that only their owner can read, from the moment they exist.</summary>
internal static class OwnerOnly
{
    /// <summary>Makes the folder where there is none.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="System.UnauthorizedAccessException">It must not be made.</exception>
    public static void CreateFolder(string path)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } parent)
        {
            Directory.CreateDirectory(parent);
        }

        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            WindowsOwnerOnly.CreateFolder(path);
        }
        else
        {
            UnixOwnerOnly.CreateFolder(path);
        }
    }

    /// <summary>Takes the rights of others to a folder away.</summary>
    /// <exception cref="IOException">It cannot be done.</exception>
    /// <exception cref="System.UnauthorizedAccessException">It must not be done.</exception>
    public static void ProtectFolder(string path)
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            WindowsOwnerOnly.ProtectFolder(path);
        }
        else
        {
            UnixOwnerOnly.ProtectFolder(path);
        }
    }

    /// <summary>Takes the rights of others to a file away.</summary>
    /// <exception cref="IOException">It cannot be done.</exception>
    /// <exception cref="System.UnauthorizedAccessException">It must not be done.</exception>
    public static void ProtectFile(string path)
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            WindowsOwnerOnly.ProtectFile(path);
        }
        else
        {
            UnixOwnerOnly.ProtectFile(path);
        }
    }

    /// <summary>Sees to it that a file does not pass on rights of others to the one that takes its place, as it does on Windows.</summary>
    /// <exception cref="IOException">It cannot be done.</exception>
    /// <exception cref="System.UnauthorizedAccessException">It must not be done.</exception>
    public static void ProtectReplaced(string path)
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            WindowsOwnerOnly.ProtectFile(path);
        }
    }

    /// <summary>Makes a new file in the folder, with a name of its own.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="start">What the name begins with.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="System.UnauthorizedAccessException">It must not be made.</exception>
    public static (string Path, FileStream Stream) CreateFile(string folder, string start) =>
        RuntimeInformation.IsOSPlatform(OSPlatform.Windows)
            ? WindowsOwnerOnly.CreateFile(folder, start)
            : UnixOwnerOnly.CreateFile(folder, start);

    /// <summary>Opens a file, which is made where there is none; one that is there keeps its rights.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="System.UnauthorizedAccessException">It must not be opened.</exception>
    public static FileStream OpenFile(string path, FileMode mode, FileAccess access, FileShare share)
    {
        if (!File.Exists(path))
        {
            // Under another name first, for none may open it before others are kept out.
            (var made, var stream) = CreateFile(Path.GetDirectoryName(path)!, Path.GetFileName(path));
            stream.Dispose();
            try
            {
                File.Move(made, path);
            }
            finally
            {
                File.Delete(made);
            }
        }

        return new FileStream(path, mode, access, share);
    }
}
