using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Membrane.Client.Files;

namespace Membrane.Client.NativeCommands;

/// <summary>
/// A script with placeholders. <c>{{Name}}</c> is replaced by a value; alone on a line, by whole lines. The lines between
/// <c>{{#Name}}</c> and <c>{{/Name}}</c> are kept only if the value is not empty, those after <c>{{^Name}}</c> only if it is.
/// Values are inserted unchanged, so they must be script already: see <see cref="ScriptText"/>.
/// </summary>
internal sealed class ScriptTemplate
{
    private static readonly Regex Place = new(@"\{\{([A-Za-z]+)\}\}", RegexOptions.CultureInvariant);

    private readonly string[] lines;

    private ScriptTemplate(string[] lines) => this.lines = lines;

    /// <summary>Reads a template of the assembly.</summary>
    public static ScriptTemplate Read(string name) => new(EmbeddedText.Read("Templates/" + name).TrimEnd('\n').Split('\n'));

    /// <summary>Writes the script with these values.</summary>
    public string Fill(IReadOnlyDictionary<string, string> values)
    {
        var text = new StringBuilder();
        var isShown = true;
        foreach (var line in lines)
        {
            if (line.StartsWith("{{/", StringComparison.Ordinal))
            {
                isShown = true;
            }
            else if (line.StartsWith("{{#", StringComparison.Ordinal) || line.StartsWith("{{^", StringComparison.Ordinal))
            {
                isShown = values[line.Substring(3, line.Length - 5)].Length > 0 == (line[2] == '#');
            }
            else if (isShown)
            {
                AppendLine(text, line, values);
            }
        }

        return text.ToString();
    }

    /// <summary>Writes several lines as a value: each ends with a line feed.</summary>
    public static string Lines(IEnumerable<string> lines) => string.Concat(lines.Select(static line => line + "\n"));

    /// <summary>Writes a condition as a value.</summary>
    public static string When(bool condition) => condition ? "true" : string.Empty;

    private static void AppendLine(StringBuilder text, string line, IReadOnlyDictionary<string, string> values)
    {
        var place = Place.Match(line);
        if (place.Success && place.Length == line.Length)
        {
            text.Append(values[place.Groups[1].Value]);
        }
        else
        {
            text.Append(Place.Replace(line, match => values[match.Groups[1].Value])).Append('\n');
        }
    }
}
