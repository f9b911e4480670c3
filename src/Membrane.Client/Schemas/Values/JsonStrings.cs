using System;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Membrane.Client.Schemas.Values;

/// <summary>
/// The text of JSON strings and names, including half a surrogate pair, which JSON can write
/// but System.Text.Json refuses to read.
/// </summary>
internal static class JsonStrings
{
    private const string Unreadable = "\uFFFD";

    public static string Read(JsonElement text)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Decode(text.GetRawText, 1);
        }
    }

    public static string Name(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return Decode(property.ToString, 1);
        }
    }

    public static bool HasMember(JsonElement value, string name)
    {
        try
        {
            return value.TryGetProperty(name, out _);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            foreach (var property in value.EnumerateObject())
            {
                if (Name(property) == name)
                {
                    return true;
                }
            }

            return false;
        }
    }

    public static int CountCodePoints(string text)
    {
        var count = text.Length;
        for (var index = 1; index < text.Length; index++)
        {
            if (char.IsSurrogatePair(text[index - 1], text[index]))
            {
                count--;
            }
        }

        return count;
    }

    private static string Decode(Func<string> raw, int start)
    {
        try
        {
            return Unescape(raw(), start);
        }
        catch (InvalidOperationException)
        {
            return Unreadable;
        }
    }

    private static string Unescape(string raw, int start)
    {
        var text = new StringBuilder();
        for (var index = start; raw[index] != '"'; index++)
        {
            if (raw[index] != '\\')
            {
                text.Append(raw[index]);
                continue;
            }

            index++;
            if (raw[index] == 'u')
            {
                var digits = raw.Substring(index + 1, 4);
                text.Append((char)int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                index += 4;
            }
            else
            {
                text.Append(Escaped(raw[index]));
            }
        }

        return text.ToString();
    }

    private static char Escaped(char letter) =>
        letter switch
        {
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            _ => letter,
        };
}
