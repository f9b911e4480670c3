using System.Text;

namespace Membrane.Emulator.Http;

/// <summary>UrlEncoding-encoding in addresses.</summary>
internal static class UrlEncoding
{
    private static readonly Encoding LenientUtf8 = new UTF8Encoding(false, throwOnInvalidBytes: false);

    /// <summary>Decodes; what is not a valid escape stays as it is, what is not UTF-8 becomes U+FFFD.</summary>
    public static string Decode(string text, bool plusIsSpace = false)
    {
        if (text.IndexOf('%') < 0 && (!plusIsSpace || text.IndexOf('+') < 0) && IsAscii(text))
        {
            return text;
        }

        var source = LenientUtf8.GetBytes(text);
        var target = new byte[source.Length];
        var length = 0;
        for (var index = 0; index < source.Length; index++)
        {
            var current = source[index];
            if (current == '%' && index + 2 < source.Length && Hex(source[index + 1]) is int high && Hex(source[index + 2]) is int low)
            {
                target[length++] = (byte)((high << 4) | low);
                index += 2;
            }
            else
            {
                target[length++] = plusIsSpace && current == '+' ? (byte)' ' : current;
            }
        }

        return LenientUtf8.GetString(target, 0, length);
    }

    /// <summary>Shortens a text so that it can be quoted in a message.</summary>
    public static string Shorten(string text) =>
        text.Length <= 100 ? text : text.Substring(0, char.IsHighSurrogate(text[99]) ? 99 : 100) + "…";

    private static bool IsAscii(string text)
    {
        foreach (var character in text)
        {
            if (character > 127)
            {
                return false;
            }
        }

        return true;
    }

    private static int? Hex(byte digit) =>
        digit switch
        {
            >= (byte)'0' and <= (byte)'9' => digit - '0',
            >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
            >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
            _ => null,
        };
}
