using System.ComponentModel;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;

namespace Membrane.Client.Files;

/// <summary>
/// Who files belong to on Linux and macOS. What root makes in the folder of another user (<c>sudo -E</c>, a mounted home) is to be that
/// user's, who could not read it otherwise.
/// </summary>
internal static class UnixOwner
{
    private const uint Root = 0;

    /// <summary>Gives a file that was just made, and is open, the owner of another file or folder. Only root does that.</summary>
    /// <param name="made">The file.</param>
    /// <param name="like">The file or folder whose owner it gets.</param>
    /// <exception cref="IOException">It cannot be done.</exception>
    public static void Give(FileStream made, string like)
    {
        if (Find(like) is { } owner && ChangeOpen(made.SafeFileHandle.DangerousGetHandle().ToInt32(), owner.User, owner.Group) != 0)
        {
            throw Failed(made.Name, Marshal.GetLastWin32Error());
        }
    }

    /// <summary>Gives a folder that was just made the owner of another one. A link that took its place is not followed.</summary>
    /// <param name="made">The folder.</param>
    /// <param name="like">The folder whose owner it gets.</param>
    /// <exception cref="IOException">It cannot be done.</exception>
    public static void Give(string made, string like)
    {
        if (Find(like) is { } owner && ChangeEntry(Encode(made), owner.User, owner.Group) != 0)
        {
            throw Failed(made, Marshal.GetLastWin32Error());
        }
    }

    // Null where this process is not root, or the owner is root, too.
    private static (uint User, uint Group)? Find(string path)
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows) || EffectiveUser() != Root)
        {
            return null;
        }

        return ReadStatus(Encode(path), out var status) != 0 ? throw Failed(path, Marshal.GetLastWin32Error())
            : status.User == Root ? null
            : (status.User, status.Group);
    }

    private static byte[] Encode(string path) => Encoding.UTF8.GetBytes(path + "\0");

    private static IOException Failed(string path, int error) =>
        new($"The owner of '{path}' cannot be kept: {new Win32Exception(error).Message}");

    [DllImport("libc", EntryPoint = "geteuid"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint EffectiveUser();

    [DllImport("libc", EntryPoint = "fchown", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ChangeOpen(int descriptor, uint user, uint group);

    [DllImport("libc", EntryPoint = "lchown", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ChangeEntry(byte[] path, uint user, uint group);

    // The system's own structure differs between systems and processors; the runtime's, with which it reads files, does not.
    [DllImport("libSystem.Native", EntryPoint = "SystemNative_Stat", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static extern int ReadStatus(byte[] path, out FileStatus status);

    [StructLayout(LayoutKind.Sequential, Size = 256)]
    private readonly struct FileStatus
    {
        public readonly int Flags;
        public readonly int Mode;
        public readonly uint User;
        public readonly uint Group;
    }
}
