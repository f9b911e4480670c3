using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using Membrane.Client.Files;

namespace Membrane.Client.Checkpoints;

/// <summary>A checkpoint on a disk. One run has it open at a time; others may read it meanwhile.</summary>
internal sealed class CheckpointFile : ICheckpointStore
{
    // Lines are written whole and flushed at once; what a full disk did not take must not be tried again later.
    private const int NoBuffer = 1;

    private readonly FileStream file;
    private long whole;

    private CheckpointFile(string path, FileStream file)
    {
        this.file = file;
        Name = $"checkpoint file '{path}'";
    }

    public string Name { get; }

    public string WriteAdvice => "Make room on the disk and start the same command again: it goes on where it was.";

    // After what could not be taken back nothing can be added.
    public bool CanAppend => file.CanWrite && file.Length == whole;

    /// <summary>Opens or creates a file, for this run alone.</summary>
    /// <param name="path">The file.</param>
    /// <param name="disk">The disk; that of this machine by default.</param>
    /// <param name="cancellationToken">Ends the wait for a file that another program has open.</param>
    /// <exception cref="MembraneException">It is in use, or cannot be opened.</exception>
    public static CheckpointFile Open(string path, Disk? disk, CancellationToken cancellationToken)
    {
        disk ??= Disk.Default;
        try
        {
            // Elsewhere than on Windows, a lock is for those who ask for one; only there must readers be let in.
            var share = RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? FileShare.Read : FileShare.None;
            return new CheckpointFile(
                path,
                HeldFile.Wait(disk, () => disk.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, share, NoBuffer), cancellationToken)
            );
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new MembraneException(
                ErrorIds.CheckpointUnavailable,
                $"The checkpoint file '{path}' cannot be opened: {exception.Message}",
                "Another run may be using it: wait for it, or choose another file. The folder must exist and be writable.",
                exception
            );
        }
    }

    // What has no length is empty, or endless.
    public IEnumerable<Stream> OpenParts() => file.Length == 0 ? [] : [file];

    public void Begin(byte[] header)
    {
        file.SetLength(0);
        file.Write(header, 0, header.Length);
        file.Flush(flushToDisk: true);
        whole = header.Length;
        if (file.Length != whole)
        {
            throw new IOException("What is written to it is not kept.");
        }
    }

    public void Continue(long whole, bool isEnded)
    {
        this.whole = whole;
        file.SetLength(whole);
        file.Seek(0, SeekOrigin.End);
        if (!isEnded)
        {
            file.WriteByte((byte)'\n');
            this.whole++;
        }
    }

    public void Append(byte[] lines)
    {
        try
        {
            file.Write(lines, 0, lines.Length);
            file.Flush(flushToDisk: true);
            whole += lines.Length;
        }
        catch (Exception) when (TakeBack() is { } cause)
        {
            throw cause;
        }
    }

    public void Dispose() => file.Dispose();

    // Half a line would damage the file as soon as another one follows.
    private IOException? TakeBack()
    {
        try
        {
            file.SetLength(whole);
            file.Seek(0, SeekOrigin.End);
            return null;
        }
        catch (IOException exception)
        {
            return exception;
        }
    }
}
