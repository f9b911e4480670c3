using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Membrane.Client.NativeCommands;

/// <summary>
/// Splits keys and names into words, and joins words to names. Only ASCII letters and digits remain, so that a name can be
/// typed, cannot be mistaken for another one, and needs no quotes.
/// </summary>
internal static class NameWords
{
    /// <summary>The words in lower case: <c>createContact</c>, <c>create_contact</c> and <c>Create Contact</c> are the same two.</summary>
    public static IReadOnlyList<string> Split(string? text)
    {
        var words = new List<string>();
        if (string.IsNullOrEmpty(text))
        {
            return words;
        }

        var word = new StringBuilder();
        var previous = ' ';
        var plain = Plain(text!);
        for (var index = 0; index < plain.Length; index++)
        {
            var letter = plain[index];
            if (letter == '\'')
            {
                continue;
            }

            var isHump =
                char.IsUpper(letter)
                && (
                    char.IsLower(previous)
                    || (
                        char.IsUpper(previous)
                        && index + 1 < plain.Length
                        && char.IsLower(plain[index + 1])
                        && !IsPluralOfCapitals(plain, index)
                    )
                );
            if (!IsPart(letter) || isHump)
            {
                Add(words, word);
            }

            if (IsPart(letter))
            {
                word.Append(char.ToLowerInvariant(letter));
            }

            previous = letter;
        }

        Add(words, word);
        return words;
    }

    /// <summary>The words as one name: <c>UserGroup</c>.</summary>
    public static string Join(IEnumerable<string> words) =>
        string.Concat(words.Select(static word => char.ToUpperInvariant(word[0]) + word.Substring(1)));

    // "PDFs" is one word, and "PDFReader" are two.
    private static bool IsPluralOfCapitals(string text, int index) =>
        text[index + 1] == 's' && (index + 2 == text.Length || !char.IsLower(text[index + 2]));

    private static bool IsPart(char letter) => letter is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9');

    // Letters lose their accents; surrogates, invisible characters and everything else that is not a letter or digit are dropped.
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var letter in Decomposed(text))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) is not UnicodeCategory.NonSpacingMark)
            {
                plain.Append(letter is '\u2019' ? '\'' : letter);
            }
        }

        return plain.ToString();
    }

    private static string Decomposed(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormD);
        }
        catch (ArgumentException)
        {
            // Half a surrogate pair cannot be normalized.
            return text;
        }
    }

    private static void Add(List<string> words, StringBuilder word)
    {
        if (word.Length > 0)
        {
            words.Add(word.ToString());
            word.Clear();
        }
    }
}
