using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Membrane.Client.WorkspaceFiles;

/// <summary>
/// Puts files in place of others, all of them or none: what is new is written beside first, what was there is put aside,
/// and when a step fails the steps before it are taken back.
/// </summary>
internal sealed class FileReplacement : IDisposable
{
    private readonly string folder;
    private readonly string aside;
    private readonly List<(string Target, string? Source)> files = [];
    private readonly Stack<System.Action> undo = new();
    private readonly List<string> emptied = [];

    // Where taking back has failed, what was put aside is all that there is of it.
    private bool isNeeded;

    /// <param name="folder">The folder that the names of the files are relative to.</param>
    public FileReplacement(string folder)
    {
        this.folder = folder;
        aside = Path.Combine(folder, ".membrane-" + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(aside);
    }

    /// <summary>Takes over what a file shall be; null removes it.</summary>
    public void Add(string name, byte[]? content)
    {
        string target = Path.Combine([folder, .. name.Split('/')]);
        if (content is null)
        {
            files.Add((target, null));
            return;
        }

        string source = Path.Combine(aside, "new" + files.Count.ToString(CultureInfo.InvariantCulture));
        File.WriteAllBytes(source, content);
        files.Add((target, source));
    }

    /// <summary>Does it.</summary>
    /// <exception cref="IOException">It could not be done; the message says so where not everything is as it was.</exception>
    public void Run()
    {
        try
        {
            // What goes, goes first: a folder may have to make way for a file of its name.
            foreach ((string target, string? source) in files.OrderBy(static file => file.Source is not null))
            {
                Put(target, source);
            }

            foreach (string place in emptied)
            {
                RemoveIfEmpty(place);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            TakeBack(exception);
            throw;
        }
    }

    public void Dispose()
    {
        if (!isNeeded)
        {
            Directory.Delete(aside, recursive: true);
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
            throw new IOException($"{cause.Message} Not everything could be put back ({exception.Message}): the files as they were are in '{aside}'.", cause);
        }
    }

    private void Put(string target, string? source)
    {
        string place = Path.GetDirectoryName(target)!;
        MakeFolder(place);
        var present = new FileInfo(target);
        if (present.Exists)
        {
            if (IsLink(present))
            {
                throw new IOException($"'{target}' is a link to another place, which is not followed.");
            }

            string old = Path.Combine(aside, "old" + undo.Count.ToString(CultureInfo.InvariantCulture));
            File.Move(target, old);
            undo.Push(() => File.Move(old, target));
        }

        if (source is null)
        {
            emptied.Add(place);
            return;
        }

        File.Move(source, target);
        undo.Push(() => File.Delete(target));
    }

    private void MakeFolder(string place)
    {
        if (place.Length <= folder.Length)
        {
            return;
        }

        MakeFolder(Path.GetDirectoryName(place)!);
        var present = new DirectoryInfo(place);
        if (!present.Exists)
        {
            present.Create();
            undo.Push(() => Directory.Delete(place));
        }
        else if (IsLink(present))
        {
            throw new IOException($"'{place}' is a link to another place, which is not followed.");
        }
    }

    private void RemoveIfEmpty(string place)
    {
        for (string current = place; current.Length > folder.Length && Directory.Exists(current) && !Directory.EnumerateFileSystemEntries(current).Any(); current = Path.GetDirectoryName(current)!)
        {
            string gone = current;
            Directory.Delete(gone);
            undo.Push(() => Directory.CreateDirectory(gone));
        }
    }
}
