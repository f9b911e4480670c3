using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace Membrane.Client.Schemas.Values;

/// <summary>Writes values and counts for messages: short, and without characters that would control a console.</summary>
internal static class ValueWords
{
    public const int LongestText = 60;
    private const int LongestList = 10;

    public static string Describe(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => Quote(JsonStrings.Read(value)),
            JsonValueKind.Number => Shorten(value.GetRawText()),
            JsonValueKind.Array => $"an array of {Count(value.GetArrayLength(), "item")}",
            _ => Kind(value),
        };

    public static string Kind(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => "a string",
            JsonValueKind.Number => "a number",
            JsonValueKind.Array => "an array",
            JsonValueKind.Object => "an object",
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => "null",
        };

    /// <summary>Writes simple values as a person would, others as JSON.</summary>
    public static string Literal(JsonElement value) =>
        value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? Clean(Shorten(value.GetRawText())) : Describe(value);

    public static string Quote(string text) => $"\"{Clean(Shorten(text)).Replace("\"", "\\\"")}\"";

    public static string Count(long count, string unit) =>
        count.ToString(CultureInfo.InvariantCulture) + " " + (count == 1 ? unit : unit + "s");

    public static string List(IReadOnlyCollection<string> words, string conjunction)
    {
        if (words.Count == 1)
        {
            return words.First();
        }

        if (words.Count > LongestList)
        {
            return string.Join(", ", words.Take(LongestList)) + $" {conjunction} {words.Count - LongestList} more";
        }

        return string.Join(", ", words.Take(words.Count - 1)) + $" {conjunction} " + words.Last();
    }

    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            var letter = text[index];
            if (char.IsHighSurrogate(letter) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]))
            {
                clean.Append(letter).Append(text[++index]);
            }
            else if (char.IsControl(letter) || char.IsSurrogate(letter) || IsInvisible(letter))
            {
                clean.Append("\\u").Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                clean.Append(letter);
            }
        }

        return clean.ToString();
    }

    private static bool IsInvisible(char letter) =>
        CharUnicodeInfo.GetUnicodeCategory(letter)
            is UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator;

    private static string Shorten(string text)
    {
        if (text.Length <= LongestText)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText;
        return text.Remove(end) + "…";
    }
}
