using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Membrane.Client.NativeCommands;

/// <summary>
/// Escapes text of a schema for a script, and is the only way for it to get there. Quotes are doubled, and invisible
/// characters are written as numbers.
/// </summary>
internal static class ScriptText
{
    private const string Marks = "'\"`\u2018\u2019\u201A\u201B\u201C\u201D\u201E$(){}<>;|&#";

    /// <summary>Writes the text as an expression, which is a constant only if <see cref="IsVisible(string)"/> is true.</summary>
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

    /// <summary>Writes several texts as an array.</summary>
    public static string List(IEnumerable<string> texts) => "@(" + string.Join(", ", texts.Select(Quote)) + ")";

    /// <summary>Whether every character of the text is visible, so that it is one literal.</summary>
    public static bool IsVisible(string text) => Enumerable.Range(0, text.Length).All(index => IsVisible(text, index));

    /// <summary>Writes the text for people: what is not visible as its number, such as \u001B.</summary>
    public static string Shown(string text) =>
        IsVisible(text)
            ? text
            : string.Concat(
                text.Select(
                    (letter, index) =>
                        IsVisible(text, index) ? letter.ToString() : "\\u" + ((int)letter).ToString("X4", CultureInfo.InvariantCulture)
                )
            );

    /// <summary>Whether PowerShell gives the character a meaning in some place of a script: quotes of all kinds, brackets and operators.</summary>
    public static bool IsMark(char letter) => Marks.IndexOf(letter) >= 0;

    /// <summary>Writes the text as one line of a comment. It can neither end the comment nor become a keyword of help.</summary>
    public static string Comment(string? text, int maxLength)
    {
        var line = new StringBuilder();
        foreach (var letter in text ?? string.Empty)
        {
            if (line.Length >= maxLength)
            {
                break;
            }

            // Without '#' the text can neither end a comment nor begin one.
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

    // A surrogate alone is not a character.
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

    // PowerShell accepts five characters as a single quote.
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
