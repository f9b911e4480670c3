using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Membrane.Client.Files;

namespace Membrane.Client.WorkspaceFiles;

/// <summary>The folder on this machine that the files of a workspace lie in. Links in it are not followed.</summary>
internal sealed class WorkspaceFolder
{
    private readonly string path;
    private readonly Disk disk;

    /// <summary>Names a folder; it need not be there yet.</summary>
    /// <param name="path">The folder that holds, or will hold, the folder membrane. A whole path.</param>
    public WorkspaceFolder(string path)
        : this(path, Disk.Default) { }

    internal WorkspaceFolder(string path, Disk disk)
    {
        this.path = path;
        this.disk = disk;
    }

    /// <summary>The folder membrane itself.</summary>
    public string Root => Path.Combine(path, WorkspacePath.Root);

    /// <summary>Reads the files. Where there is no folder, there are none.</summary>
    /// <exception cref="MembraneException">One cannot be read (FileAccess).</exception>
    /// <exception cref="MembraneInputException">
    /// One is a link, has a name that not every system allows, or is called like its folder except for case; or they are too many.
    /// </exception>
    public WorkspaceArchive Read()
    {
        var archive = ReadAll();
        var misspelled = archive.Ignored.FirstOrDefault(name =>
            WorkspacePath.FindMeant(name) is { } meant && !archive.Files.ContainsKey(meant)
        );
        return misspelled is null
            ? archive
            : throw Refuse(
                $"The file '{misspelled}' and its folder differ in capital letters, so it is not known which element it is; without it, "
                    + $"that would be archived.",
                "Rename the folder, or the file, to the key of the element; or export the workspace again, over these files.",
                "WorkspaceFiles"
            );
    }

    /// <summary>What would have to be done with the files for them to be those of an archive.</summary>
    /// <exception cref="MembraneException">A file cannot be read (FileAccess).</exception>
    public IReadOnlyList<WorkspaceChange> CompareWith(WorkspaceArchive archive) => Compare(ReadAll(), archive);

    /// <summary>
    /// Makes the files those of an archive: all of them or, when something goes wrong, none. Files that are not part of the
    /// layout stay, and so do files that say the same already.
    /// </summary>
    /// <param name="archive">The files.</param>
    /// <param name="cancellationToken">Ends the wait for a file that another program has open; then everything is as it was.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="MembraneException">A file cannot be written (FileAccess).</exception>
    public IReadOnlyList<WorkspaceChange> Write(WorkspaceArchive archive, CancellationToken cancellationToken = default)
    {
        var changes = CompareWith(archive);
        if (changes.Count > 0)
        {
            Try(
                "written",
                () =>
                {
                    disk.CreateFolder(path);
                    using var replacement = new FileReplacement(path, disk);
                    foreach (var change in changes)
                    {
                        archive.Files.TryGetValue(change.Path!, out var content);
                        replacement.Add(change.Path!, content);
                    }

                    replacement.Run(cancellationToken);
                }
            );
        }

        return changes;
    }

    /// <summary>Refuses a folder that cannot be compared.</summary>
    /// <exception cref="MembraneException">It cannot be read (FileAccess).</exception>
    internal void RequireReadable() => _ = ReadAll();

    private WorkspaceArchive ReadAll()
    {
        var archive = new WorkspaceArchive();
        Try(
            "read",
            () =>
            {
                if (Directory.Exists(Root))
                {
                    RefuseLink(new DirectoryInfo(Root));
                    Read(archive, new DirectoryInfo(Root), WorkspacePath.Root);
                }
            }
        );
        return archive;
    }

    private WorkspaceChange[] Compare(WorkspaceArchive before, WorkspaceArchive after) =>
        [
            .. from name in before.Files.Keys.Union(after.Files.Keys).OrderBy(static name => name, StringComparer.Ordinal)
            let old = before.Files.TryGetValue(name, out var was) ? was : null
            let @new = after.Files.TryGetValue(name, out var willBe) ? willBe : null
            where old is null || @new is null || !SameText.Is(old, @new)
            select Change(
                name,
                @new is null ? "removed"
                    : old is null && !IsThere(name, before) ? "created"
                    : "updated"
            ),
        ];

    // Where the disk knows no capital letters, a file that is spelled otherwise is in the place of the new one.
    private bool IsThere(string name, WorkspaceArchive before) =>
        disk.HasFile(Path.Combine([path, .. name.Split('/')])) && before.Ignored.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static WorkspaceChange Change(string name, string change)
    {
        var parts = WorkspacePath.Parse(name)!;
        return new WorkspaceChange
        {
            Change = change,
            ElementType = parts.ElementType,
            Key = parts.Key,
            IntegrationKey = parts.IntegrationKey,
            Path = name,
        };
    }

    private static void Read(WorkspaceArchive archive, DirectoryInfo folder, string name)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos().OrderBy(static entry => entry.Name, StringComparer.Ordinal))
        {
            var full = name + "/" + entry.Name;
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
                    throw Refuse(
                        $"There are more than {WorkspaceArchive.MaxFiles} files in '{folder.Root}', or one is larger than "
                            + $"{WorkspaceArchive.MaxBytes / (1024 * 1024)} MB.",
                        "Check the folder."
                    );
                }

                archive.Add(full, () => WholeFile.Read(entry.FullName, WorkspaceArchive.MaxBytes / (1024 * 1024)));
            }
        }
    }

    private static void RefuseLink(FileSystemInfo entry)
    {
        if (FileReplacement.IsLink(entry))
        {
            throw Refuse(
                $"'{entry.FullName}' is a link to another place, which is not followed.",
                "Put the folder or the file itself there."
            );
        }
    }

    private static void Try(string what, System.Action work)
    {
        try
        {
            work();
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new MembraneException(
                ErrorIds.FileAccess,
                $"The files of the workspace cannot be {what}: {exception.Message}",
                "Check the folder and its permissions.",
                exception
            );
        }
    }

    private static MembraneInputException Refuse(string what, string advice, string? topic = null) =>
        new(ErrorIds.InvalidInput, "Path", what, advice) { Topic = topic };
}
