using System;
using System.ComponentModel;
using System.IO;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Membrane.Client.Files;

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
    private const int AccessDenied = 5;

    // Up to the present user, who alone has access; in a folder also to what is made in it.
    private const string OfFile = "D:P(A;;FA;;;";
    private const string OfFolder = "D:P(A;OICI;FA;;;";

    public static void CreateFolder(string path) =>
        WithAccessList(
            OfFolder,
            (attributes, _) =>
            {
                if (
                    !NativeMethods.CreateDirectory(path, ref attributes)
                    && Marshal.GetLastWin32Error() is var error
                    && error != AlreadyExists
                )
                {
                    throw Failed(path, error);
                }

                return true;
            }
        );

    public static void ProtectFolder(string path) => Protect(path, OfFolder);

    public static void ProtectFile(string path) => Protect(path, OfFile);

    public static (string Path, FileStream Stream) CreateFile(string folder, string start)
    {
        var path = Path.Combine(folder, start + "." + Guid.NewGuid().ToString("N"));
        var handle = WithAccessList(
            OfFile,
            (attributes, _) =>
            {
                var made = NativeMethods.CreateFile(path, GenericWrite, 0, ref attributes, CreateNew, 0, IntPtr.Zero);
                return made.IsInvalid ? throw Failed(path, Marshal.GetLastWin32Error()) : made;
            }
        );
        return (path, new FileStream(handle, FileAccess.Write));
    }

    private static void Protect(string path, string list) =>
        WithAccessList(
            list,
            (_, descriptor) =>
                NativeMethods.SetFileSecurity(path, ProtectedAccessList, descriptor)
                    ? true
                    : throw Failed(path, Marshal.GetLastWin32Error())
        );

    private static T WithAccessList<T>(string beforeUser, Func<SecurityAttributes, IntPtr, T> work)
    {
        if (!NativeMethods.ConvertStringSecurityDescriptorToSecurityDescriptor(beforeUser + FindUser() + ")", 1, out var descriptor, out _))
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
        if (!NativeMethods.OpenProcessToken(NativeMethods.GetCurrentProcess(), TokenQuery, out var token))
        {
            throw Failed("The present user", Marshal.GetLastWin32Error());
        }

        _ = NativeMethods.GetTokenInformation(token, TokenUser, IntPtr.Zero, 0, out var length);
        var buffer = Marshal.AllocHGlobal(length);
        try
        {
            if (
                !NativeMethods.GetTokenInformation(token, TokenUser, buffer, length, out _)
                || !NativeMethods.ConvertSidToStringSid(Marshal.ReadIntPtr(buffer), out var text)
            )
            {
                throw Failed("The present user", Marshal.GetLastWin32Error());
            }

            var user = Marshal.PtrToStringUni(text)!;
            NativeMethods.LocalFree(text);
            return user;
        }
        finally
        {
            Marshal.FreeHGlobal(buffer);
            NativeMethods.CloseHandle(token);
        }
    }

    // As the framework's own functions fail, so that it is seen when another try may help.
    private static SystemException Failed(string what, int error)
    {
        var message = $"'{what}': {new Win32Exception(error).Message}";
        return error == AccessDenied
            ? new UnauthorizedAccessException(message)
            : new IOException(message, unchecked((int)0x80070000) | error);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct SecurityAttributes
    {
        public int Length;
        public IntPtr Descriptor;
        public int InheritHandle;
    }

    private static class NativeMethods
    {
        [
            DllImport("kernel32.dll", EntryPoint = "CreateDirectoryW", CharSet = CharSet.Unicode, SetLastError = true),
            DefaultDllImportSearchPaths(DllImportSearchPath.System32)
        ]
        [return: MarshalAs(UnmanagedType.Bool)]
        public static extern bool CreateDirectory(string path, ref SecurityAttributes attributes);

        [
            DllImport("kernel32.dll", EntryPoint = "CreateFileW", CharSet = CharSet.Unicode, SetLastError = true),
            DefaultDllImportSearchPaths(DllImportSearchPath.System32)
        ]
        public static extern SafeFileHandle CreateFile(
            string path,
            uint access,
            uint share,
            ref SecurityAttributes attributes,
            uint disposition,
            uint flags,
            IntPtr template
        );

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

        [
            DllImport("advapi32.dll", EntryPoint = "ConvertSidToStringSidW", CharSet = CharSet.Unicode, SetLastError = true),
            DefaultDllImportSearchPaths(DllImportSearchPath.System32)
        ]
        [return: MarshalAs(UnmanagedType.Bool)]
        public static extern bool ConvertSidToStringSid(IntPtr sid, out IntPtr text);

        [
            DllImport(
                "advapi32.dll",
                EntryPoint = "ConvertStringSecurityDescriptorToSecurityDescriptorW",
                CharSet = CharSet.Unicode,
                SetLastError = true
            ),
            DefaultDllImportSearchPaths(DllImportSearchPath.System32)
        ]
        [return: MarshalAs(UnmanagedType.Bool)]
        public static extern bool ConvertStringSecurityDescriptorToSecurityDescriptor(
            string text,
            uint revision,
            out IntPtr descriptor,
            out uint size
        );

        [
            DllImport("advapi32.dll", EntryPoint = "SetFileSecurityW", CharSet = CharSet.Unicode, SetLastError = true),
            DefaultDllImportSearchPaths(DllImportSearchPath.System32)
        ]
        [return: MarshalAs(UnmanagedType.Bool)]
        public static extern bool SetFileSecurity(string path, uint information, IntPtr descriptor);
    }
}
