using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace Membrane.PowerShell.Tests.Layers;

/// <summary>
/// The order of a project's folders: a table whose rows go from top to bottom. A folder may refer to those in lower rows.
/// </summary>
internal sealed class LayerTable
{
    private readonly ILookup<string, int> rows;

    private LayerTable(IEnumerable<string> lines) =>
        rows = lines
            .Where(static line => line.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(
                static (line, row) =>
                    Regex.Matches(line.Split('|')[1], "`([^`]+)`").Select(match => (Folder: match.Groups[1].Value, Row: row))
            )
            .ToLookup(static entry => entry.Folder, static entry => entry.Row, StringComparer.Ordinal);

    public static LayerTable Of(string project) =>
        Read(File.ReadAllText(Path.Combine(Repository.Root, "docs", "architecture.md")), project);

    /// <summary>The table under the project's name in the section of layers.</summary>
    public static LayerTable Read(string markdown, string project) =>
        new(
            markdown
                .Split('\n')
                .SkipWhile(static line => line != "## Layers")
                .Skip(1)
                .TakeWhile(static line => !line.StartsWith("## ", StringComparison.Ordinal))
                .SkipWhile(line => line != "### " + project)
                .Skip(1)
                .TakeWhile(static line => !line.StartsWith("### ", StringComparison.Ordinal))
        );

    /// <summary>What the folders have that the table does not allow, or the other way round.</summary>
    public IEnumerable<string> Compare(IReadOnlySet<string> folders, IEnumerable<Arrow> arrows) =>
        [
            .. folders
                .Where(folder => !rows.Contains(folder))
                .Select(static folder => $"{folder} has no row")
                .Order(StringComparer.Ordinal),
            .. rows.Where(entry => !folders.Contains(entry.Key)).Select(static entry => $"{entry.Key} has a row and is no folder"),
            .. rows.Where(static entry => entry.Count() > 1).Select(static entry => $"{entry.Key} has several rows"),
            .. from arrow in arrows
            from above in rows[arrow.FromFolder].Take(1)
            from below in rows[arrow.ToFolder].Take(1)
            where above >= below
            select (above > below ? "up: " : "sideways: ") + arrow,
        ];
}
