#if NET
using System;
using System.IO;
#else
using System.ComponentModel;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
#endif

namespace Membrane.Client.Authentication.Stored;

/// <summary>Modes 0700 and 0600 on Linux and macOS.</summary>
internal static class UnixOwnerOnly
{
#if NET
    private const UnixFileMode OwnerMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public static void CreateFolder(string path)
    {
        Directory.CreateDirectory(path, OwnerMode);
        if ((File.GetUnixFileMode(path) & ~OwnerMode) != 0)
        {
            File.SetUnixFileMode(path, OwnerMode);
        }
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public static (string Path, FileStream Stream) CreateFile(string folder)
    {
        string path = System.IO.Path.Combine(folder, "credentials." + Guid.NewGuid().ToString("N") + ".new");
        var stream = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        return (path, stream);
    }
#else
    private const uint OwnerMode = 0x1C0;
    private const int AlreadyExists = 17;

    public static void CreateFolder(string path)
    {
        if (MakeFolder(Encode(path), OwnerMode) != 0 && Marshal.GetLastWin32Error() is var error && error != AlreadyExists)
        {
            throw Failed(path, error);
        }

        if (ChangeMode(Encode(path), OwnerMode) != 0)
        {
            throw Failed(path, Marshal.GetLastWin32Error());
        }
    }

    public static (string Path, FileStream Stream) CreateFile(string folder)
    {
        // mkstemp makes the file with mode 0600 and fills in the last six characters.
        byte[] template = Encode(System.IO.Path.Combine(folder, "credentials.XXXXXX"));
        int descriptor = MakeTemporary(template);
        if (descriptor < 0)
        {
            throw Failed(folder, Marshal.GetLastWin32Error());
        }

        _ = CloseDescriptor(descriptor);
        string path = Encoding.UTF8.GetString(template, 0, template.Length - 1);
        return (path, new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None));
    }

    public static void Replace(string source, string target)
    {
        if (Rename(Encode(source), Encode(target)) != 0)
        {
            throw Failed(target, Marshal.GetLastWin32Error());
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

    [DllImport("libc", EntryPoint = "rename", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Rename(byte[] source, byte[] target);
#endif
}
