using System.Globalization;
using System.Text;
using System.Text.Json;
using Membrane.Client.NativeCommands;

namespace Membrane.Emulator.Dashboard;

/// <summary>JSON on one line, for a person to copy.</summary>
internal static class JsonLine
{
    /// <summary>
    /// Returns the same JSON without spaces between its parts, and with what is not visible escaped; everything else stays as it is written.
    /// What is not JSON, or is one line of visible text already, is returned unchanged.
    /// </summary>
    public static string Of(string text)
    {
        if (ScriptText.IsVisible(text) || !IsJson(text))
        {
            return text;
        }

        var line = new StringBuilder(text.Length);
        var isString = false;
        for (var index = 0; index < text.Length; index++)
        {
            var letter = text[index];
            if (isString && letter == '\\')
            {
                line.Append(letter).Append(text[++index]);
                continue;
            }

            isString ^= letter == '"';
            if (isString && !ScriptText.IsVisible(letter.ToString()))
            {
                line.Append("\\u").Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture));
            }
            else if (isString || letter is not (' ' or '\t' or '\r' or '\n'))
            {
                line.Append(letter);
            }
        }

        return line.ToString();
    }

    /// <summary>Returns whether the module takes the text for JSON.</summary>
    public static bool IsJson(string text)
    {
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
            while (reader.Read())
            {
                // Reading to the end finds what is wrong.
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
