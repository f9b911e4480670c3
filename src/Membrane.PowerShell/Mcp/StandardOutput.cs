using System;
using System.IO;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Membrane.PowerShell.Mcp;

/// <summary>Standard output, as a stream that fails when no one reads it any more.</summary>
internal static class StandardOutput
{
    private const int FileDescriptor = 1;

    // Outside of Windows the stream of the console takes a broken pipe for a success, and a server would serve no one for ever.
    public static Stream Open() =>
        RuntimeInformation.IsOSPlatform(OSPlatform.Windows)
            ? Console.OpenStandardOutput()
            : new FileStream(new SafeFileHandle((IntPtr)FileDescriptor, ownsHandle: false), FileAccess.Write, bufferSize: 1);
}
