using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;

namespace Membrane.Client.Files;

/// <summary>
/// What is done with the names of files and folders, where systems differ. A test puts another disk in its place, which
/// refuses what Windows refuses, or knows no capital letters.
/// </summary>
internal class Disk
{
    /// <summary>The disk of this machine.</summary>
    public static Disk Default { get; } = new();

    /// <summary>Whether a file that someone has open cannot be replaced, moved or removed. Then it is worth to wait.</summary>
    public virtual bool RefusesOpenFiles => RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    public virtual bool HasFile(string path) => File.Exists(path);

    public virtual bool HasFolder(string path) => Directory.Exists(path);

    /// <summary>The names of what is in a folder, as they are spelled there.</summary>
    public virtual IEnumerable<string> NamesIn(string folder) =>
        Directory.EnumerateFileSystemEntries(folder).Select(static path => Path.GetFileName(path));

    public FileStream Open(string path, FileMode mode, FileAccess access, FileShare share) =>
        Open(path, mode, access, share, bufferSize: 4096);

    /// <summary>Opens a file; a buffer size of one byte means no buffer.</summary>
    public virtual FileStream Open(string path, FileMode mode, FileAccess access, FileShare share, int bufferSize) =>
        new(path, mode, access, share, bufferSize, FileOptions.None);

    /// <summary>Moves a file to where none is.</summary>
    public virtual void MoveFile(string source, string target) => File.Move(source, target);

    /// <summary>Puts a file in the place of one that is there. On Windows the new one takes over the rights of the old.</summary>
    public virtual void ReplaceFile(string source, string target) => File.Replace(source, target, null);

    public virtual void DeleteFile(string path) => File.Delete(path);

    public virtual void CreateFolder(string path) => Directory.CreateDirectory(path);

    /// <summary>Moves a folder to where none is.</summary>
    public virtual void MoveFolder(string source, string target) => Directory.Move(source, target);

    public virtual void DeleteFolder(string path, bool recursive) => Directory.Delete(path, recursive);

    /// <summary>Lets some time pass.</summary>
    public virtual Task PauseAsync(TimeSpan time, CancellationToken cancellationToken) => Task.Delay(time, cancellationToken);

    /// <summary>Puts a file where another may be.</summary>
    /// <exception cref="IOException">It cannot be done. If nothing is at the target now, what was to be there still is at the
    /// source.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be done.</exception>
    public void Put(string source, string target)
    {
        if (!HasFile(target))
        {
            MoveFile(source, target);
            return;
        }

        try
        {
            ReplaceFile(source, target);
        }
        catch (IOException) when (!HasFile(target) && HasFile(source))
        {
            // Windows takes the old file away first, and has failed to put the new one there (ERROR_UNABLE_TO_MOVE_REPLACEMENT).
            MoveFile(source, target);
        }
    }
}
