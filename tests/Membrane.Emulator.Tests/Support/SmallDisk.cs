using System;
using System.Diagnostics;
using System.IO;

namespace Membrane.Emulator.Tests.Support;

/// <summary>A disk of a few megabytes that can be filled: a file system in memory, which root may mount on Linux.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("membrane-small-disk-").FullName;

    private SmallDisk(int megabytes) => IsMounted = Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder);

    public string File => Path.Combine(folder, "state");

    private bool IsMounted { get; }

    private string Filling => Path.Combine(folder, "filling");

    /// <summary>Makes one; null where that is not possible.</summary>
    public static SmallDisk? TryMake(int megabytes)
    {
        var disk = new SmallDisk(megabytes);
        if (disk.IsMounted)
        {
            return disk;
        }

        disk.Dispose();
        return null;
    }

    /// <summary>Takes up all the room that is left.</summary>
    public void Fill()
    {
        try
        {
            using var file = System.IO.File.Create(Filling);
            var bytes = new byte[4096];
            while (true)
            {
                file.Write(bytes);
                file.Flush();
            }
        }
        catch (IOException)
        {
            // Now it is full.
        }
    }

    /// <summary>Gives that room back.</summary>
    public void Free() => System.IO.File.Delete(Filling);

    public void Dispose()
    {
        if (IsMounted)
        {
            Run("umount", folder);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
