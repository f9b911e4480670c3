using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Membrane.Client.Files;

namespace Membrane.Client.NativeCommands;

/// <summary>The folder of an exported module. It is written completely or not at all, and no other folder is touched.</summary>
/// <param name="path">The folder.</param>
/// <param name="disk">The disk; that of this machine by default.</param>
internal sealed class ModuleFolder(string path, Disk? disk = null)
{
    // A thousand commands with three hundred parameters each are 30 MB.
    private const int MaxRecordMegabytes = 64;

    private readonly Disk disk = disk ?? Disk.Default;

    /// <summary>The folder.</summary>
    public string Path { get; } = path;

    /// <summary>Whether there is something at that place.</summary>
    public bool Exists => Directory.Exists(Path) || File.Exists(Path);

    /// <summary>The record of the module that is there; null where the folder has no exported module.</summary>
    /// <exception cref="MembraneException">It cannot be read.</exception>
    public ModuleRecord? ReadRecord()
    {
        var file = System.IO.Path.Combine(Path, ModuleFiles.PlanFile);
        return File.Exists(file) ? ModuleRecordReader.Read(Guarded(() => WholeFile.Read(file, MaxRecordMegabytes)), file) : null;
    }

    /// <summary>Whether the files are there already, as they are.</summary>
    public bool Contains(IReadOnlyDictionary<string, byte[]> files) =>
        files.All(file =>
        {
            var name = System.IO.Path.Combine(Path, file.Key);
            return File.Exists(name)
                && new FileInfo(name).Length == file.Value.Length
                && Guarded(() => File.ReadAllBytes(name)).SequenceEqual(file.Value);
        });

    /// <summary>Puts the files in place of those of the module that is there. What else is in the folder stays.</summary>
    /// <param name="files">The files, by their names in the folder.</param>
    /// <param name="cancellationToken">Ends the wait for a file that another program has open.</param>
    /// <exception cref="MembraneException">They cannot be written; the former files are still there, or where the message says.</exception>
    public bool Replace(IReadOnlyDictionary<string, byte[]> files, CancellationToken cancellationToken = default) =>
        Guarded(() =>
        {
            var parent = System.IO.Path.GetDirectoryName(Path)!;
            var mark = $"{System.IO.Path.GetFileName(Path)}.{Guid.NewGuid():N}";
            var fresh = System.IO.Path.Combine(parent, "." + mark + ".new");
            var old = System.IO.Path.Combine(parent, "." + mark + ".old");
            try
            {
                foreach (var file in files)
                {
                    File.WriteAllBytes(Place(fresh, file.Key), file.Value);
                }

                foreach (var name in FilesBeside(files))
                {
                    // On a case-insensitive disk, it may be one of ours whose name now differs in case.
                    if (!disk.HasFile(System.IO.Path.Combine(fresh, name)))
                    {
                        File.Copy(System.IO.Path.Combine(Path, name), Place(fresh, name));
                    }
                }

                Swap(fresh, old, cancellationToken);
            }
            finally
            {
                Remove(fresh);
            }

            try
            {
                Remove(old);
            }
            catch (Exception exception) when (IsOfFiles(exception))
            {
                throw new MembraneException(
                    ErrorIds.FileAccess,
                    $"The module in {Path} was written, but its former files could not be removed: {exception.Message}",
                    $"Remove the folder {old}.",
                    exception
                );
            }

            return true;
        });

    // The user may have added files.
    private IEnumerable<string> FilesBeside(IReadOnlyDictionary<string, byte[]> files) =>
        Directory.Exists(Path)
            ? Directory
                .EnumerateFiles(Path, "*", SearchOption.AllDirectories)
                .Select(file => file.Substring(Path.Length + 1))
                .Where(name =>
                    !files.ContainsKey(name.Replace(System.IO.Path.DirectorySeparatorChar, '/'))
                    && !ModuleFiles.Former(System.IO.Path.GetFileName(Path)).Contains(name)
                )
            : [];

    private static string Place(string folder, string name)
    {
        var file = System.IO.Path.Combine(folder, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        return file;
    }

    private void Swap(string fresh, string old, CancellationToken cancellationToken)
    {
        var wasThere = disk.HasFolder(Path);
        if (wasThere)
        {
            HeldFile.Wait(disk, () => disk.MoveFolder(Path, old), cancellationToken);
        }

        try
        {
            HeldFile.Wait(disk, () => disk.MoveFolder(fresh, Path), cancellationToken);
        }
        catch (Exception exception) when (wasThere && (IsOfFiles(exception) || exception is OperationCanceledException))
        {
            MoveBack(old, exception);
            throw;
        }
    }

    private void MoveBack(string old, Exception cause)
    {
        try
        {
            HeldFile.Wait(disk, () => disk.MoveFolder(old, Path));
        }
        catch (Exception exception) when (IsOfFiles(exception))
        {
            throw new IOException($"{cause.Message} The former files are in {old} now.", exception);
        }
    }

    private static bool IsOfFiles(Exception exception) => exception is IOException or UnauthorizedAccessException;

    private void Remove(string folder)
    {
        if (disk.HasFolder(folder))
        {
            HeldFile.Wait(disk, () => disk.DeleteFolder(folder, recursive: true));
        }
    }

    private T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (IsOfFiles(exception))
        {
            throw new MembraneException(
                ErrorIds.FileAccess,
                $"The module in {Path} cannot be read or written: {exception.Message}",
                "Choose another folder, or make this one accessible.",
                exception
            );
        }
    }
}
