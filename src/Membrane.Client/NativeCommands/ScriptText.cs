using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Membrane.Client.NativeCommands;

/// <summary>
/// The one way by which text of a schema gets into a script: as a literal that is nothing but itself. What ends a literal is
/// doubled, and what cannot be seen is written as a number.
/// </summary>
internal static class ScriptText
{
    /// <summary>The text as an expression. Where it may only be a constant, <see cref="IsVisible(string)"/> must hold.</summary>
    public static string Quote(string text)
    {
        if (IsVisible(text))
        {
            return "'" + Doubled(text) + "'";
        }

        var parts = new List<string>();
        var literal = new StringBuilder();
        for (var index = 0; index < text.Length; index++)
        {
            if (IsVisible(text, index))
            {
                literal.Append(text[index]);
                continue;
            }

            Flush(parts, literal);
            parts.Add("[char]0x" + ((int)text[index]).ToString("X4", CultureInfo.InvariantCulture));
        }

        Flush(parts, literal);
        return "('' + " + string.Join(" + ", parts) + ")";
    }

    /// <summary>Several texts as an expression that makes an array.</summary>
    public static string List(IEnumerable<string> texts) => "@(" + string.Join(", ", texts.Select(Quote)) + ")";

    /// <summary>Whether every character of the text can be seen, so that it is one literal.</summary>
    public static bool IsVisible(string text) => Enumerable.Range(0, text.Length).All(index => IsVisible(text, index));

    /// <summary>The text as one line of a comment for people. It cannot end the comment, nor be taken for a keyword of help.</summary>
    public static string Comment(string? text, int maxLength)
    {
        var line = new StringBuilder();
        foreach (var letter in text ?? string.Empty)
        {
            if (line.Length >= maxLength)
            {
                break;
            }

            // No end of a comment without its '#', and no beginning of one either.
            var isSpace = char.IsWhiteSpace(letter) || char.IsControl(letter);
            if (isSpace ? line.Length > 0 && line[line.Length - 1] != ' ' : IsShown(letter))
            {
                line.Append(
                    isSpace ? ' '
                    : letter == '#' ? '\uFF03'
                    : letter
                );
            }
        }

        return line.ToString().TrimStart('.', ' ').TrimEnd();
    }

    private static bool IsShown(char letter) =>
        !char.IsSurrogate(letter)
        && CharUnicodeInfo.GetUnicodeCategory(letter)
            is not (UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    // Letters beyond the first plane come in two halves, of which neither is anything.
    private static bool IsVisible(string text, int index) =>
        text[index] == ' '
        || (
            IsShown(text[index])
            && CharUnicodeInfo.GetUnicodeCategory(text[index])
                is not (
                    UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator
                    or UnicodeCategory.SpaceSeparator
                    or UnicodeCategory.NonSpacingMark
                    or UnicodeCategory.EnclosingMark
                )
        );

    // PowerShell takes five characters for a single quote.
    private static string Doubled(string text)
    {
        var doubled = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            doubled.Append(letter);
            if (letter is '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B')
            {
                doubled.Append(letter);
            }
        }

        return doubled.ToString();
    }

    private static void Flush(List<string> parts, StringBuilder literal)
    {
        if (literal.Length > 0)
        {
            parts.Add("'" + Doubled(literal.ToString()) + "'");
            literal.Clear();
        }
    }
}
