using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;

namespace Membrane.PowerShell.Common;

/// <summary>Values as they stand in a command line.</summary>
internal static class CompletionText
{
    /// <summary>Returns what was typed of a value, without the quotes around it. What was escaped within them is plain by then.</summary>
    public static string Read(string? wordToComplete)
    {
        var typed = wordToComplete ?? string.Empty;
        if (typed.Length == 0 || !(IsSingle(typed[0]) || IsDouble(typed[0])))
        {
            return typed;
        }

        var last = typed[typed.Length - 1];
        var isClosed = typed.Length > 1 && (IsSingle(typed[0]) ? IsSingle(last) : IsDouble(last));
        return typed.Substring(1, typed.Length - (isClosed ? 2 : 1));
    }

    /// <summary>Returns the words that begin with what was typed; where there are none, those that have a word that does.</summary>
    public static IEnumerable<CompletionWord> Matching(IReadOnlyCollection<CompletionWord> words, string typed)
    {
        var beginning = words.Where(word => word.StartsWith(typed)).ToArray();
        return beginning.Length > 0 ? beginning : words.Where(word => word.HasWord(typed));
    }

    /// <summary>Writes a value as an argument, in quotes where it needs them.</summary>
    public static string Argument(string value) =>
        char.IsLetter(value[0]) && value.All(static letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' or '.')
            ? value
            : Quoted(value);

    /// <summary>Writes a value as the key of a hashtable, in quotes where it needs them.</summary>
    public static string Key(string value) => IsPlain(value[0]) && !char.IsDigit(value[0]) && value.All(IsPlain) ? value : Quoted(value);

    /// <summary>Writes a value in quotes.</summary>
    /// <remarks>The console writes what is completed into the line: a letter that would steer it is written as its code.</remarks>
    public static string Quoted(string value) =>
        ShownText.OfLine(value) == value
            ? "'" + CodeGeneration.EscapeSingleQuotedStringContent(value) + "'"
            : "\"" + string.Concat(value.Select(InQuotes)) + "\"";

    private static string InQuotes(char letter) =>
        letter is '$' or '`' || IsDouble(letter) ? "`" + letter
        : ShownText.OfLine(letter.ToString()) == letter.ToString() || char.IsSurrogate(letter) ? letter.ToString()
        : $"$([char]{(int)letter})";

    private static bool IsPlain(char letter) => letter < 128 && (char.IsLetterOrDigit(letter) || letter == '_');

    // PowerShell takes typographic quotes for quotes.
    private static bool IsSingle(char letter) => letter is '\'' or '\u2018' or '\u2019' or '\u201a' or '\u201b';

    private static bool IsDouble(char letter) => letter is '"' or '\u201c' or '\u201d' or '\u201e';
}
