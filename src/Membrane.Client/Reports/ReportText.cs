using System.IO;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Membrane.Client.Reports;

/// <summary>Values as short text for people.</summary>
internal static class ReportText
{
    private const int Longest = 500;

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 2000 };

    /// <summary>Returns a value as text of at most 500 characters; empty where there is none.</summary>
    public static string Of(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined)
        {
            return string.Empty;
        }

        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : Write(value);
        return text.Length <= Longest ? text : text.Remove(Longest - 1) + "…";
    }

    /// <summary>Returns a text without control characters that neither CSV nor HTML has a form for.</summary>
    public static string Clean(string text)
    {
        var letters = text.ToCharArray();
        for (var index = 0; index < letters.Length; index++)
        {
            var letter = letters[index];
            var isHalf =
                char.IsSurrogate(letter)
                && !(char.IsHighSurrogate(letter) && index + 1 < letters.Length && char.IsLowSurrogate(letters[index + 1]))
                && !(char.IsLowSurrogate(letter) && index > 0 && char.IsHighSurrogate(text[index - 1]));
            if ((letter < ' ' && letter is not ('\t' or '\r' or '\n')) || letter == '\u007f' || isHalf)
            {
                letters[index] = '\ufffd';
            }
        }

        return new string(letters);
    }

    private static string Write(JsonElement value)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Readable))
        {
            value.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
