using System.Globalization;
using System.Text;

namespace Membrane;

/// <summary>
/// Text of strangers, such as the name of a connection, as it is shown to a person: what would steer a terminal, or turn the order of
/// letters round, is written out. What models and errors hold as data stays as it came.
/// </summary>
internal static class ShownText
{
    private const char ZeroWidthNonJoiner = '\u200c';
    private const char ZeroWidthJoiner = '\u200d';

    /// <summary>Writes out what is not to be seen on a screen; the line breaks and tabs of a message stay.</summary>
    public static string Of(string text) => Rewrite(text, keepsLayout: true);

    /// <summary>Writes out line breaks and tabs too, and leaves out what is beyond a length.</summary>
    public static string OfLine(string text, int maxLength = int.MaxValue)
    {
        if (text.Length <= maxLength)
        {
            return Rewrite(text, keepsLayout: false);
        }

        var end = char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength;
        return Rewrite(text.Remove(end), keepsLayout: false) + "…";
    }

    private static string Rewrite(string text, bool keepsLayout)
    {
        StringBuilder? shown = null;
        var index = 0;
        while (index < text.Length)
        {
            var width = char.IsSurrogatePair(text, index) ? 2 : 1;
            if (width == 1 && IsHidden(text[index]) && !(keepsLayout && IsLayout(text, index)))
            {
                shown ??= new StringBuilder(text, 0, index, text.Length + 16);
                shown.Append("\\u").Append(((int)text[index]).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                shown?.Append(text, index, width);
            }

            index += width;
        }

        return shown?.ToString() ?? text;
    }

    // A carriage return alone goes back over what is on the line.
    private static bool IsLayout(string text, int index) =>
        text[index] is '\n' or '\t' || (text[index] == '\r' && index + 1 < text.Length && text[index + 1] == '\n');

    private static bool IsHidden(char letter) =>
        letter is not (ZeroWidthJoiner or ZeroWidthNonJoiner)
        && CharUnicodeInfo.GetUnicodeCategory(letter)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.Surrogate;
}
