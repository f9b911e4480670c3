using System;
using System.ComponentModel;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Membrane.Client.Files;

/// <summary>
/// Reads files that another program has open to write. Elsewhere than on Windows, .NET asks for a lock also to read, and is refused by the
/// one of the writer, which is meant for other writers.
/// </summary>
internal static class UnlockedFile
{
    private const int NoEntry = 2;
    private const int Interrupted = 4;

    /// <summary>Opens a file to be read, also while another program writes it.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be read.</exception>
    public static FileStream Open(string path)
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }

        if (Directory.Exists(path))
        {
            throw new UnauthorizedAccessException("It is a folder.");
        }

        int descriptor;
        do
        {
            // O_RDONLY is zero everywhere.
            descriptor = OpenEntry(Encoding.UTF8.GetBytes(path + "\0"), 0);
        } while (descriptor < 0 && Marshal.GetLastWin32Error() == Interrupted);

        return descriptor < 0
            ? throw Failed(path, Marshal.GetLastWin32Error())
            : new FileStream(new SafeFileHandle(new IntPtr(descriptor), ownsHandle: true), FileAccess.Read);
    }

    private static IOException Failed(string path, int error) =>
        error == NoEntry
            ? new FileNotFoundException($"There is no file '{path}'.", path)
            : new IOException($"'{path}': {new Win32Exception(error).Message}");

    [DllImport("libc", EntryPoint = "open", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int OpenEntry(byte[] path, int flags);
}
