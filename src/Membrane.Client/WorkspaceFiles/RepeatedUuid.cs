using System;
using System.Collections.Generic;
using System.Text;
using System.Text.RegularExpressions;

namespace Membrane.Client.WorkspaceFiles;

/// <summary>
/// Finds two files that say to be the same element, such as those of a folder and of its copy: the service takes one of them and
/// drops the other, so that the files and the workspace never agree.
/// </summary>
internal static class RepeatedUuid
{
    // At the beginning of a line it is a member of the element itself.
    private static readonly Regex Uuid = new(
        "^[\"']?uuid[\"']?:[ \t]+[\"']?(?<uuid>[^\"'#\\s]+)",
        RegexOptions.CultureInvariant | RegexOptions.Multiline
    );

    /// <summary>Refuses files of one type that have one uuid.</summary>
    /// <exception cref="MembraneInputException">There are such files; the message names two of them.</exception>
    public static void Refuse(WorkspaceArchive archive)
    {
        var known = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in archive.Files)
        {
            var path = WorkspacePath.Parse(file.Key)!;
            if (path.Source is not null || Uuid.Match(Encoding.UTF8.GetString(file.Value)) is not { Success: true } match)
            {
                continue;
            }

            var uuid = match.Groups["uuid"].Value;
            var identity = path.Folder + "/" + uuid;
            if (known.TryGetValue(identity, out var other))
            {
                throw new MembraneInputException(
                    ErrorIds.InvalidInput,
                    "Path",
                    $"The files '{other}' and '{file.Key}' have the same uuid ({uuid}): one may be a copy of the other. Nothing was sent.",
                    "Remove the line with the uuid from the copy, so that it becomes an element of its own; or remove one of the files."
                );
            }

            known.Add(identity, file.Key);
        }
    }
}
