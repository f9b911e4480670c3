using System.Collections.Generic;
using System.Globalization;
using System.Linq;
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
            JsonValueKind.Number => ShownText.OfLine(value.GetRawText(), LongestText),
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
        value.ValueKind is JsonValueKind.Object or JsonValueKind.Array
            ? ShownText.OfLine(value.GetRawText(), LongestText)
            : Describe(value);

    public static string Quote(string text) => $"\"{ShownText.OfLine(text, LongestText).Replace("\"", "\\\"")}\"";

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
}
