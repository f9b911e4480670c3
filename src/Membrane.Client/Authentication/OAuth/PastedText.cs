using System.Globalization;
using System.Linq;

namespace Membrane.Client.Authentication.OAuth;

/// <summary>What a person has copied from somewhere: without what came along with it.</summary>
internal static class PastedText
{
    private const string Openings = "\"'`\u201C\u201E\u2018\u201A\u00AB\u2039([{<";
    private const string Endings = "\"'`\u201D\u201C\u2019\u2018\u00BB\u203A)]}>";

    /// <summary>Returns the text without marks that cannot be seen, spaces around it, and the quotes or brackets that it stands in.</summary>
    public static string Clean(string text)
    {
        var clean = new string(text.Where(static letter => CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.Format).ToArray());
        for (var before = -1; before != clean.Length; )
        {
            before = clean.Length;
            clean = clean.Trim();
            if (clean.Length > 1 && Openings.IndexOf(clean[0]) is var kind and >= 0 && IsEnd(kind, clean[clean.Length - 1]))
            {
                clean = clean.Substring(1, clean.Length - 2);
            }
        }

        return clean;
    }

    // Typographic quotes end with several marks, by the language.
    private static bool IsEnd(int kind, char letter) =>
        Openings[kind] is '\u201C' or '\u201E' ? letter is '\u201D' or '\u201C'
        : Openings[kind] is '\u2018' or '\u201A' ? letter is '\u2019' or '\u2018'
        : Endings[kind] == letter;
}
