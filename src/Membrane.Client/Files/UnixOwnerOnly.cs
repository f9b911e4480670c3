#if NET
using System;
using System.IO;
#else
using System.ComponentModel;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
#endif

namespace Membrane.Client.Files;

/// <summary>Modes 0700 and 0600 on Linux and macOS.</summary>
internal static class UnixOwnerOnly
{
#if NET
    private const UnixFileMode FileMode600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode FolderMode700 = FileMode600 | UnixFileMode.UserExecute;

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public static void CreateFolder(string path) => Directory.CreateDirectory(path, FolderMode700);

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public static void ProtectFolder(string path) => Protect(path, FolderMode700);

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public static void ProtectFile(string path) => Protect(path, FileMode600);

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public static (string Path, FileStream Stream) CreateFile(string folder, string start)
    {
        var path = System.IO.Path.Combine(folder, start + "." + Guid.NewGuid().ToString("N"));
        var stream = new FileStream(
            path,
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Share = FileShare.None,
                UnixCreateMode = FileMode600,
            }
        );
        return (path, stream);
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static void Protect(string path, UnixFileMode most)
    {
        if ((File.GetUnixFileMode(path) & ~most) != 0)
        {
            File.SetUnixFileMode(path, most);
        }
    }
#else
    private const uint FileMode600 = 0x180;
    private const uint FolderMode700 = 0x1C0;
    private const int AlreadyExists = 17;

    public static void CreateFolder(string path)
    {
        if (MakeFolder(Encode(path), FolderMode700) != 0 && Marshal.GetLastWin32Error() is var error && error != AlreadyExists)
        {
            throw Failed(path, error);
        }
    }

    public static void ProtectFolder(string path) => Protect(path, FolderMode700);

    public static void ProtectFile(string path) => Protect(path, FileMode600);

    public static (string Path, FileStream Stream) CreateFile(string folder, string start)
    {
        // mkstemp makes the file with mode 0600 and fills in the last six characters.
        var template = Encode(System.IO.Path.Combine(folder, start + ".XXXXXX"));
        var descriptor = MakeTemporary(template);
        if (descriptor < 0)
        {
            throw Failed(folder, Marshal.GetLastWin32Error());
        }

        _ = CloseDescriptor(descriptor);
        var path = Encoding.UTF8.GetString(template, 0, template.Length - 1);
        return (path, new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None));
    }

    private static void Protect(string path, uint most)
    {
        if (ChangeMode(Encode(path), most) != 0)
        {
            throw Failed(path, Marshal.GetLastWin32Error());
        }
    }

    private static byte[] Encode(string path) => Encoding.UTF8.GetBytes(path + "\0");

    private static IOException Failed(string path, int error) => new($"'{path}': {new Win32Exception(error).Message}");

    [DllImport("libc", EntryPoint = "mkdir", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int MakeFolder(byte[] path, uint mode);

    [DllImport("libc", EntryPoint = "chmod", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ChangeMode(byte[] path, uint mode);

    [DllImport("libc", EntryPoint = "mkstemp", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int MakeTemporary([In, Out] byte[] template);

    [DllImport("libc", EntryPoint = "close", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int CloseDescriptor(int descriptor);
#endif
}
