using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace Membrane.PowerShell.Tests.Layers;

/// <summary>A file of a project, with the folder that it is in.</summary>
internal sealed record SourceFile(string Path, string Folder)
{
    /// <summary>Its text without comments that have a line to themselves.</summary>
    public string Code => Regex.Replace(File.ReadAllText(Path), "^ *//.*$", string.Empty, RegexOptions.Multiline);

    /// <summary>Whether the type of the file is for callers.</summary>
    public bool IsPublic => Regex.IsMatch(Code, @"^public ", RegexOptions.Multiline);

    public string Namespace => Regex.Match(Code, @"^namespace ([\w.]+);", RegexOptions.Multiline).Groups[1].Value;

    /// <summary>The files of a project, without those that the build writes.</summary>
    public static IEnumerable<SourceFile> Below(string project) =>
        from file in Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories)
        let folder = System.IO.Path.GetRelativePath(project, System.IO.Path.GetDirectoryName(file)!).Replace('\\', '/')
        where folder.Split('/')[0] is not ("obj" or "bin")
        select new SourceFile(file, folder == "." ? Folders.Root : folder);
}
