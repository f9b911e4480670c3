using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using Membrane.Client.Files;

namespace Membrane.Client.WorkspaceFiles;

/// <summary>
/// Puts files in place of others, all of them or none: what is new is written beside first, what was there is put aside,
/// and when a step fails the steps before it are taken back.
/// </summary>
internal sealed class FileReplacement : IDisposable
{
    private readonly string folder;
    private readonly Disk disk;
    private readonly string aside;
    private readonly List<(string Target, string? Source)> files = [];
    private readonly Stack<System.Action> undo = new();
    private readonly Dictionary<string, HashSet<string>> names = new(StringComparer.Ordinal);

    // Where taking back has failed, what was put aside is all that there is of it.
    private bool isNeeded;

    /// <param name="folder">The folder that the names of the files are relative to.</param>
    /// <param name="disk">The disk.</param>
    public FileReplacement(string folder, Disk disk)
    {
        this.folder = folder;
        this.disk = disk;
        aside = Path.Combine(folder, ".membrane-" + Guid.NewGuid().ToString("N"));
        disk.CreateFolder(aside);
    }

    /// <summary>Takes over what a file shall be; null removes it.</summary>
    public void Add(string name, byte[]? content)
    {
        var target = Path.Combine([folder, .. name.Split('/')]);
        if (content is null)
        {
            files.Add((target, null));
            return;
        }

        var source = Path.Combine(aside, "new" + files.Count.ToString(CultureInfo.InvariantCulture));
        File.WriteAllBytes(source, content);
        files.Add((target, source));
    }

    /// <summary>Does it.</summary>
    /// <param name="cancellationToken">Ends the wait for a file that another program has open; then everything is as it was.</param>
    /// <exception cref="IOException">It could not be done; the message says so where not everything is as it was.</exception>
    public void Run(CancellationToken cancellationToken)
    {
        try
        {
            // What goes, goes first, with its folders: one may have to make way for a file of its name, or for a folder whose
            // name differs in capital letters only.
            var gone = files.Where(static file => file.Source is null).Select(static file => file.Target).ToArray();
            foreach (var target in gone)
            {
                RequireNoLink(Path.GetDirectoryName(target)!);
                PutAside(target, cancellationToken);
            }

            foreach (var target in gone)
            {
                RemoveIfEmpty(Path.GetDirectoryName(target)!, cancellationToken);
            }

            foreach ((var target, var source) in files.Where(static file => file.Source is not null))
            {
                MakeFolder(Path.GetDirectoryName(target)!, cancellationToken);
                PutAside(target, cancellationToken);
                MoveFile(source!, target, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            TakeBack(exception);
            throw;
        }
    }

    public void Dispose()
    {
        if (!isNeeded)
        {
            HeldFile.Wait(disk, () => disk.DeleteFolder(aside, recursive: true));
        }
    }

    /// <summary>Whether a file or folder stands for another one elsewhere.</summary>
    public static bool IsLink(FileSystemInfo entry) =>
#if NET
        entry.LinkTarget is not null;
#else
        (entry.Attributes & FileAttributes.ReparsePoint) != 0;
#endif

    private void TakeBack(Exception cause)
    {
        isNeeded = true;
        try
        {
            while (undo.Count > 0)
            {
                undo.Pop()();
            }

            isNeeded = false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"{cause.Message} Not everything could be put back ({exception.Message}): the files as they were are in '{aside}'.",
                cause
            );
        }
    }

    private void PutAside(string target, CancellationToken cancellationToken)
    {
        if (disk.HasFile(target))
        {
            RequireNoLink(new FileInfo(target));
            MoveFile(target, Path.Combine(aside, "old" + undo.Count.ToString(CultureInfo.InvariantCulture)), cancellationToken);
        }
    }

    private void MakeFolder(string place, CancellationToken cancellationToken)
    {
        if (place.Length <= folder.Length)
        {
            return;
        }

        var parent = Path.GetDirectoryName(place)!;
        MakeFolder(parent, cancellationToken);
        if (!disk.HasFolder(place))
        {
            disk.CreateFolder(place);
            undo.Push(() => HeldFile.Wait(disk, () => disk.DeleteFolder(place, recursive: false)));
            Spell(parent, Path.GetFileName(place));
        }
        else
        {
            RequireNoLink(new DirectoryInfo(place));
            Respell(parent, Path.GetFileName(place), cancellationToken);
        }
    }

    // On a disk that knows no capital letters, a folder is found under a name that is not its own. Elsewhere it keeps that name,
    // and what is in it would belong to something else.
    private void Respell(string parent, string name, CancellationToken cancellationToken)
    {
        var present = NamesIn(parent);
        var old = present.Contains(name)
            ? null
            : present.FirstOrDefault(other => string.Equals(other, name, StringComparison.OrdinalIgnoreCase));
        if (old is not null)
        {
            // Through another name: to some systems the two are one, and there would be nothing to do.
            var between = Path.Combine(aside, "folder" + undo.Count.ToString(CultureInfo.InvariantCulture));
            MoveFolder(Path.Combine(parent, old), between, cancellationToken);
            MoveFolder(between, Path.Combine(parent, name), cancellationToken);
            present.Remove(old);
            present.Add(name);
        }
    }

    // Each folder is listed once, for there are thousands of elements in one.
    private HashSet<string> NamesIn(string parent) =>
        names.TryGetValue(parent, out var present)
            ? present
            : names[parent] = new HashSet<string>(disk.NamesIn(parent), StringComparer.Ordinal);

    private void Spell(string parent, string name)
    {
        if (names.TryGetValue(parent, out var present))
        {
            present.Add(name);
        }
    }

    private void MoveFile(string source, string target, CancellationToken cancellationToken)
    {
        HeldFile.Wait(disk, () => disk.MoveFile(source, target), cancellationToken);
        undo.Push(() => HeldFile.Wait(disk, () => disk.MoveFile(target, source)));
    }

    private void MoveFolder(string source, string target, CancellationToken cancellationToken)
    {
        HeldFile.Wait(disk, () => disk.MoveFolder(source, target), cancellationToken);
        undo.Push(() => HeldFile.Wait(disk, () => disk.MoveFolder(target, source)));
    }

    private void RemoveIfEmpty(string place, CancellationToken cancellationToken)
    {
        for (
            var current = place;
            current.Length > folder.Length && disk.HasFolder(current) && !disk.NamesIn(current).Any();
            current = Path.GetDirectoryName(current)!
        )
        {
            var gone = current;
            HeldFile.Wait(disk, () => disk.DeleteFolder(gone, recursive: false), cancellationToken);
            undo.Push(() => disk.CreateFolder(gone));
        }
    }

    private void RequireNoLink(string place)
    {
        for (var current = place; current.Length > folder.Length; current = Path.GetDirectoryName(current)!)
        {
            RequireNoLink(new DirectoryInfo(current));
        }
    }

    private static void RequireNoLink(FileSystemInfo entry)
    {
        if (IsLink(entry))
        {
            throw new IOException($"'{entry.FullName}' is a link to another place, which is not followed.");
        }
    }
}
