using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Membrane.Client.Tools;

/// <summary>
/// Names of tools. They keep the rules of all vendors at once (letters, digits, _ and -, a letter or _ first, at most 48 characters: of
/// the 64 that vendors take, MCP clients need some for the name of the server, mcp__membrane__), so one action has one name wherever it
/// is offered. Where several have the same name, each of them gets a mark that follows from its own ids: the order in which they come
/// changes nothing.
/// </summary>
internal static class ToolNames
{
    public const int MaxLength = 48;

    private const int ShortMark = 8;
    private const string Nameless = "action";

    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        FindActionsTool.ToolName,
        RunActionTool.ToolName,
    };

    /// <summary>The names, in the order of the targets. The targets differ in action or connection.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<ToolTarget> targets)
    {
        var stems = targets.ToLookup(static target => target.Stem, StringComparer.OrdinalIgnoreCase);
        var names = targets
            .Select(target =>
                target.Stem.Length > MaxLength || Reserved.Contains(target.Stem) || stems[target.Stem].Skip(1).Any()
                    ? Marked(target, ShortMark)
                    : target.Stem
            )
            .ToArray();

        // A name that is longer only where eight digits are not enough, or a stem looks like a marked name.
        var same = Enumerable.Range(0, names.Length).ToLookup(index => names[index], StringComparer.OrdinalIgnoreCase);
        return targets
            .Select((target, index) => same[names[index]].Skip(1).Any() ? Marked(target, target.Mark.Length) : names[index])
            .ToArray();
    }

    /// <summary>The names by which a target is known whatever else there is: the short mark and the long one.</summary>
    public static IEnumerable<string> Sure(ToolTarget target) => [Marked(target, ShortMark), Marked(target, target.Mark.Length)];

    /// <summary>Text as part of a name: what no vendor's rules allow is replaced. It may be longer than a name.</summary>
    public static string Sanitize(string text)
    {
        var name = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            var isFit = character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_';
            if (isFit || (name.Length > 0 && name[name.Length - 1] != '_'))
            {
                name.Append(isFit ? character : '_');
            }
        }

        var sanitized = name.ToString().TrimEnd('_');
        return sanitized.Trim('_', '-').Length == 0 ? Nameless
            : sanitized[0] is (>= '0' and <= '9') or '-' ? "_" + sanitized
            : sanitized;
    }

    private static string Marked(ToolTarget target, int length)
    {
        var room = MaxLength - length - 1;
        var stem = target.Stem.Length > room ? target.Stem.Substring(0, room).TrimEnd('_', '-') : target.Stem;
        return $"{stem}_{target.Mark.Substring(0, length)}";
    }
}
