using System;
using System.ComponentModel;
using System.IO;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Membrane.Client.Authentication.Stored;

/// <summary>Access control lists with one entry, for the present user, on Windows.</summary>
/// <remarks>By the system's own functions: the classes for access control are not part of netstandard2.0.</remarks>
internal static class WindowsOwnerOnly
{
    private const int AlreadyExists = 183;
    private const uint TokenQuery = 0x0008;
    private const int TokenUser = 1;
    private const uint GenericWrite = 0x40000000;
    private const uint CreateNew = 1;
    private const uint ProtectedAccessList = 0x80000004;

    public static void CreateFolder(string path)
    {
        WithAccessList("D:P(A;OICI;FA;;;", (attributes, descriptor) =>
        {
            if (NativeMethods.CreateDirectory(path, ref attributes))
            {
                return true;
            }

            int error = Marshal.GetLastWin32Error();
            if (error != AlreadyExists || !NativeMethods.SetFileSecurity(path, ProtectedAccessList, descriptor))
            {
                throw Failed(path, error != AlreadyExists ? error : Marshal.GetLastWin32Error());
            }

            return true;
        });
    }

    public static (string Path, FileStream Stream) CreateFile(string folder)
    {
        string path = Path.Combine(folder, "credentials." + Guid.NewGuid().ToString("N") + ".new");
        SafeFileHandle handle = WithAccessList("D:P(A;;FA;;;", (attributes, _) =>
        {
            SafeFileHandle made = NativeMethods.CreateFile(path, GenericWrite, 0, ref attributes, CreateNew, 0, IntPtr.Zero);
            return made.IsInvalid ? throw Failed(path, Marshal.GetLastWin32Error()) : made;
        });
        return (path, new FileStream(handle, FileAccess.Write));
    }

    public static void Replace(string source, string target)
    {
        const uint replaceExistingAndFlush = 0x1 | 0x8;
        if (!NativeMethods.MoveFileEx(source, target, replaceExistingAndFlush))
        {
            throw Failed(target, Marshal.GetLastWin32Error());
        }
    }

    private static T WithAccessList<T>(string beforeUser, Func<SecurityAttributes, IntPtr, T> work)
    {
        if (!NativeMethods.ConvertStringSecurityDescriptorToSecurityDescriptor(beforeUser + FindUser() + ")", 1, out IntPtr descriptor, out _))
        {
            throw Failed("The access control list", Marshal.GetLastWin32Error());
        }

        try
        {
            return work(new SecurityAttributes { Length = Marshal.SizeOf<SecurityAttributes>(), Descriptor = descriptor }, descriptor);
        }
        finally
        {
            NativeMethods.LocalFree(descriptor);
        }
    }

    /// <summary>The security identifier of the present user.</summary>
    private static string FindUser()
    {
        if (!NativeMethods.OpenProcessToken(NativeMethods.GetCurrentProcess(), TokenQuery, out IntPtr token))
        {
            throw Failed("The present user", Marshal.GetLastWin32Error());
        }

        _ = NativeMethods.GetTokenInformation(token, TokenUser, IntPtr.Zero, 0, out int length);
        IntPtr buffer = Marshal.AllocHGlobal(length);
        try
        {
            if (!NativeMethods.GetTokenInformation(token, TokenUser, buffer, length, out _)
                || !NativeMethods.ConvertSidToStringSid(Marshal.ReadIntPtr(buffer), out IntPtr text))
            {
                throw Failed("The present user", Marshal.GetLastWin32Error());
            }

            string user = Marshal.PtrToStringUni(text)!;
            NativeMethods.LocalFree(text);
            return user;
        }
        finally
        {
            Marshal.FreeHGlobal(buffer);
            NativeMethods.CloseHandle(token);
        }
    }

    private static IOException Failed(string what, int error) => new($"'{what}': {new Win32Exception(error).Message}");

    [StructLayout(LayoutKind.Sequential)]
    private struct SecurityAttributes
    {
        public int Length;
        public IntPtr Descriptor;
        public int InheritHandle;
    }

    private static class NativeMethods
    {
        [DllImport("kernel32.dll", EntryPoint = "CreateDirectoryW", CharSet = CharSet.Unicode, SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        [return: MarshalAs(UnmanagedType.Bool)]
        public static extern bool CreateDirectory(string path, ref SecurityAttributes attributes);

        [DllImport("kernel32.dll", EntryPoint = "CreateFileW", CharSet = CharSet.Unicode, SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        public static extern SafeFileHandle CreateFile(string path, uint access, uint share, ref SecurityAttributes attributes, uint disposition, uint flags, IntPtr template);

        [DllImport("kernel32.dll", EntryPoint = "MoveFileExW", CharSet = CharSet.Unicode, SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        [return: MarshalAs(UnmanagedType.Bool)]
        public static extern bool MoveFileEx(string source, string target, uint flags);

        [DllImport("kernel32.dll"), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        public static extern IntPtr GetCurrentProcess();

        [DllImport("kernel32.dll"), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        [return: MarshalAs(UnmanagedType.Bool)]
        public static extern bool CloseHandle(IntPtr handle);

        [DllImport("kernel32.dll"), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        public static extern IntPtr LocalFree(IntPtr memory);

        [DllImport("advapi32.dll", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        [return: MarshalAs(UnmanagedType.Bool)]
        public static extern bool OpenProcessToken(IntPtr process, uint access, out IntPtr token);

        [DllImport("advapi32.dll", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        [return: MarshalAs(UnmanagedType.Bool)]
        public static extern bool GetTokenInformation(IntPtr token, int kind, IntPtr buffer, int length, out int needed);

        [DllImport("advapi32.dll", EntryPoint = "ConvertSidToStringSidW", CharSet = CharSet.Unicode, SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        [return: MarshalAs(UnmanagedType.Bool)]
        public static extern bool ConvertSidToStringSid(IntPtr sid, out IntPtr text);

        [DllImport("advapi32.dll", EntryPoint = "ConvertStringSecurityDescriptorToSecurityDescriptorW", CharSet = CharSet.Unicode, SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        [return: MarshalAs(UnmanagedType.Bool)]
        public static extern bool ConvertStringSecurityDescriptorToSecurityDescriptor(string text, uint revision, out IntPtr descriptor, out uint size);

        [DllImport("advapi32.dll", EntryPoint = "SetFileSecurityW", CharSet = CharSet.Unicode, SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        [return: MarshalAs(UnmanagedType.Bool)]
        public static extern bool SetFileSecurity(string path, uint information, IntPtr descriptor);
    }
}
