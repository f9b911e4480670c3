using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Membrane.Client.WorkspaceFiles;

/// <summary>The folder on this machine that the files of a workspace lie in. Links in it are not followed.</summary>
public sealed class WorkspaceFolder
{
    private readonly string path;

    /// <summary>Names a folder; it need not be there yet.</summary>
    /// <param name="path">The folder that holds, or will hold, the folder membrane. A whole path.</param>
    public WorkspaceFolder(string path) => this.path = path;

    /// <summary>The folder membrane itself.</summary>
    public string Root => Path.Combine(path, WorkspacePath.Root);

    /// <summary>Reads the files. Where there is no folder, there are none.</summary>
    /// <exception cref="MembraneException">One cannot be read (FileAccess).</exception>
    /// <exception cref="MembraneInputException">One is a link, has a name that not every system allows, or they are too many.</exception>
    public WorkspaceArchive Read()
    {
        var archive = new WorkspaceArchive();
        Try("read", () =>
        {
            if (Directory.Exists(Root))
            {
                RefuseLink(new DirectoryInfo(Root));
                Read(archive, new DirectoryInfo(Root), WorkspacePath.Root);
            }
        });
        return archive;
    }

    /// <summary>What would have to be done with the files for them to be those of an archive.</summary>
    /// <exception cref="MembraneException">A file cannot be read (FileAccess).</exception>
    public IReadOnlyList<WorkspaceChange> CompareWith(WorkspaceArchive archive) => Compare(Read(), archive);

    /// <summary>
    /// Makes the files those of an archive: all of them or, when something goes wrong, none. Files that are not part of the
    /// layout stay, and so do files that say the same already.
    /// </summary>
    /// <returns>What was done.</returns>
    /// <exception cref="MembraneException">A file cannot be written (FileAccess).</exception>
    public IReadOnlyList<WorkspaceChange> Write(WorkspaceArchive archive)
    {
        IReadOnlyList<WorkspaceChange> changes = CompareWith(archive);
        if (changes.Count > 0)
        {
            Try("written", () =>
            {
                Directory.CreateDirectory(path);
                using var replacement = new FileReplacement(path);
                foreach (WorkspaceChange change in changes)
                {
                    archive.Files.TryGetValue(change.Path!, out byte[]? content);
                    replacement.Add(change.Path!, content);
                }

                replacement.Run();
            });
        }

        return changes;
    }

    private static WorkspaceChange[] Compare(WorkspaceArchive before, WorkspaceArchive after) =>
    [
        .. from name in before.Files.Keys.Union(after.Files.Keys).OrderBy(static name => name, StringComparer.Ordinal)
           let old = before.Files.TryGetValue(name, out byte[]? was) ? was : null
           let @new = after.Files.TryGetValue(name, out byte[]? willBe) ? willBe : null
           where old is null || @new is null || !SameText.Is(old, @new)
           select Change(name, old is null ? "created" : @new is null ? "removed" : "updated"),
    ];

    private static WorkspaceChange Change(string name, string change)
    {
        WorkspacePath parts = WorkspacePath.Parse(name)!;
        return new WorkspaceChange { Change = change, ElementType = parts.ElementType, Key = parts.Key, IntegrationKey = parts.IntegrationKey, Path = name };
    }

    private static void Read(WorkspaceArchive archive, DirectoryInfo folder, string name)
    {
        foreach (FileSystemInfo entry in folder.EnumerateFileSystemInfos().OrderBy(static entry => entry.Name, StringComparer.Ordinal))
        {
            string full = name + "/" + entry.Name;
            if (entry is DirectoryInfo inner)
            {
                RefuseLink(inner);
                Read(archive, inner, full);
            }
            else if (WorkspacePath.Parse(full) is null)
            {
                archive.Add(full, static () => []);
            }
            else
            {
                RefuseLink(entry);
                if (WorkspacePath.Refuse(full) is { } why)
                {
                    throw Refuse($"The name of the file '{full}' {why}.", "Rename it.");
                }

                if (archive.Files.Count >= WorkspaceArchive.MaxFiles || ((FileInfo)entry).Length > WorkspaceArchive.MaxBytes)
                {
                    throw Refuse($"There are more than {WorkspaceArchive.MaxFiles} files in '{folder.Root}', or one is larger than {WorkspaceArchive.MaxBytes / (1024 * 1024)} MB.", "Check -Path.");
                }

                archive.Add(full, () => File.ReadAllBytes(entry.FullName));
            }
        }
    }

    private static void RefuseLink(FileSystemInfo entry)
    {
        if (FileReplacement.IsLink(entry))
        {
            throw Refuse($"'{entry.FullName}' is a link to another place, which is not followed.", "Put the folder or the file itself there.");
        }
    }

    private static void Try(string what, System.Action work)
    {
        try
        {
            work();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new MembraneException(ErrorIds.FileAccess, $"The files of the workspace cannot be {what}: {exception.Message}", "Check the folder and its permissions.", exception);
        }
    }

    private static MembraneInputException Refuse(string what, string advice) => new(ErrorIds.InvalidInput, "Path", what, advice);
}
