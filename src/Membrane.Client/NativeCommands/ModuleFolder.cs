using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Membrane.Client.NativeCommands;

/// <summary>The folder of an exported module. It is written whole or not at all, and no folder of somebody else is touched.</summary>
/// <param name="path">The folder.</param>
internal sealed class ModuleFolder(string path)
{
    /// <summary>The folder.</summary>
    public string Path { get; } = path;

    /// <summary>Whether there is something at that place.</summary>
    public bool Exists => Directory.Exists(Path) || File.Exists(Path);

    /// <summary>The record of the module that is there; null where there is no module of ours.</summary>
    /// <exception cref="MembraneException">It cannot be read.</exception>
    public ModuleRecord? ReadRecord()
    {
        string file = System.IO.Path.Combine(Path, ModuleFiles.PlanFile);
        return File.Exists(file) ? ModuleRecord.Read(Guarded(() => File.ReadAllBytes(file)), file) : null;
    }

    /// <summary>Whether the files are there already, as they are.</summary>
    public bool Holds(IReadOnlyDictionary<string, byte[]> files) => files.All(file =>
    {
        string name = System.IO.Path.Combine(Path, file.Key);
        return File.Exists(name) && Guarded(() => File.ReadAllBytes(name)).SequenceEqual(file.Value);
    });

    /// <summary>Puts the files in place of those of the module that is there. What else is in the folder stays.</summary>
    /// <exception cref="MembraneException">They cannot be written; what was there is there still, or where the message says.</exception>
    public void Replace(IReadOnlyDictionary<string, byte[]> files) => Guarded<object?>(() =>
    {
        string parent = System.IO.Path.GetDirectoryName(Path)!;
        string mark = $"{System.IO.Path.GetFileName(Path)}.{Guid.NewGuid():N}";
        string fresh = System.IO.Path.Combine(parent, "." + mark + ".new");
        string old = System.IO.Path.Combine(parent, "." + mark + ".old");
        try
        {
            foreach (string name in FilesBeside(files))
            {
                File.Copy(System.IO.Path.Combine(Path, name), Place(fresh, name));
            }

            foreach (KeyValuePair<string, byte[]> file in files)
            {
                File.WriteAllBytes(Place(fresh, file.Key), file.Value);
            }

            Swap(fresh, old);
        }
        finally
        {
            Remove(fresh);
        }

        Remove(old);
        return null;
    });

    // Somebody may have added files of their own.
    private IEnumerable<string> FilesBeside(IReadOnlyDictionary<string, byte[]> files) => Directory.Exists(Path)
        ? Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories)
            .Select(file => file.Substring(Path.Length + 1))
            .Where(name => !files.ContainsKey(name.Replace(System.IO.Path.DirectorySeparatorChar, '/')) && !ModuleFiles.Former(System.IO.Path.GetFileName(Path)).Contains(name))
        : [];

    private static string Place(string folder, string name)
    {
        string file = System.IO.Path.Combine(folder, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        return file;
    }

    private void Swap(string fresh, string old)
    {
        bool wasThere = Directory.Exists(Path);
        if (wasThere)
        {
            Directory.Move(Path, old);
        }

        try
        {
            Directory.Move(fresh, Path);
        }
        catch (Exception exception) when (wasThere && IsOfFiles(exception))
        {
            MoveBack(old, exception);
            throw;
        }
    }

    private void MoveBack(string old, Exception cause)
    {
        try
        {
            Directory.Move(old, Path);
        }
        catch (Exception exception) when (IsOfFiles(exception))
        {
            throw new IOException($"{cause.Message} What was there is in {old} now.", exception);
        }
    }

    private static bool IsOfFiles(Exception exception) => exception is IOException or UnauthorizedAccessException;

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
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
            throw new MembraneException(ErrorIds.FileAccess, $"The module in {Path} cannot be read or written: {exception.Message}", "Choose another folder with -Path, or free this one.", exception);
        }
    }
}
