using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Membrane.Client.Files;

namespace Membrane.Client.Tests.Support;

/// <summary>
/// A disk that keeps the spelling of names and finds them in any, as those of Windows and of macOS do: a name that is there
/// already means what is there.
/// </summary>
internal sealed class CaselessDisk : Disk
{
    public override bool HasFile(string path) => base.HasFile(Find(path));

    public override bool HasFolder(string path) => base.HasFolder(Find(path));

    public override IEnumerable<string> NamesIn(string folder) => base.NamesIn(Find(folder));

    public override FileStream Open(string path, FileMode mode, FileAccess access, FileShare share, int bufferSize) =>
        base.Open(Find(path), mode, access, share, bufferSize);

    public override void MoveFile(string source, string target) => Move(source, target, base.MoveFile);

    public override void ReplaceFile(string source, string target) => base.ReplaceFile(Find(source), Find(target));

    public override void DeleteFile(string path) => base.DeleteFile(Find(path));

    public override void CreateFolder(string path) => base.CreateFolder(Find(path));

    public override void MoveFolder(string source, string target) => Move(source, target, base.MoveFolder);

    public override void DeleteFolder(string path, bool recursive) => base.DeleteFolder(Find(path), recursive);

    private static void Move(string source, string target, Action<string, string> move)
    {
        var from = Find(source);
        var there = Find(target);
        var isSame = from == there;
        if (!isSame && Path.Exists(there))
        {
            throw new IOException($"'{target}' is there already.", unchecked((int)0x800700B7));
        }

        move(from, Path.Combine(Path.GetDirectoryName(there)!, Path.GetFileName(target)));
    }

    // What is there of a path as it is spelled there, and the rest as it was given.
    private static string Find(string path)
    {
        var found = Path.GetPathRoot(path)!;
        foreach (var name in path[found.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var exact = Path.Combine(found, name);
            found =
                Path.Exists(exact) || !Directory.Exists(found)
                    ? exact
                    : Directory
                        .EnumerateFileSystemEntries(found)
                        .FirstOrDefault(entry => string.Equals(Path.GetFileName(entry), name, StringComparison.OrdinalIgnoreCase))
                        ?? exact;
        }

        return found;
    }
}
