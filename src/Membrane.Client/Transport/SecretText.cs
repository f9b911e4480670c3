using System;
using System.Text;

namespace Membrane.Client.Transport;

/// <summary>Blots out a secret in an answer, in whatever escapes of JSON or of addresses its letters came.</summary>
internal static class SecretText
{
    /// <summary>Writes stars over each place where the text says the secret; its length stays.</summary>
    public static void Hide(Span<byte> text, ReadOnlySpan<byte> secret)
    {
        var start = 0;
        while (!secret.IsEmpty && start < text.Length)
        {
            var rest = text.Slice(start);
            var length = IsEscapeOr(rest[0], secret[0]) ? Length(rest, secret) : 0;
            rest.Slice(0, length).Fill((byte)'*');

            // A letter takes all the backslashes before it: where it is not said behind the first, it is behind no other.
            start += length > 0 ? length : Math.Max(1, CountSlashes(rest));
        }
    }

    /// <summary>Returns the text with stars over each place where it says the secret.</summary>
    public static string Hide(string text, string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Hide(bytes, Encoding.UTF8.GetBytes(secret));
        return Encoding.UTF8.GetString(bytes);
    }

    private static bool IsEscapeOr(byte letter, byte expected) => letter == expected || letter is (byte)'\\' or (byte)'%';

    // How much of the beginning of the text says the secret; 0 where it says something else. Text that is not JSON may end the secret
    // with a backslash that in JSON would belong to what follows.
    private static int Length(ReadOnlySpan<byte> text, ReadOnlySpan<byte> secret) =>
        Length(text, secret, isJson: true) is var length and > 0 ? length : Length(text, secret, isJson: false);

    private static int Length(ReadOnlySpan<byte> text, ReadOnlySpan<byte> secret, bool isJson)
    {
        var position = 0;
        var run = 0;
        for (var index = 0; index < secret.Length; index++)
        {
            var rest = text.Slice(position);
            var escaped = EscapedWidth(rest, secret[index]);
            var isLast = index == secret.Length - 1;
            var plain = isLast && escaped > 0 ? 0 : PlainWidth(rest, secret[index], isLast, isJson ? run : null);
            if (escaped > 0 && plain > 0 && Length(rest.Slice(escaped), secret.Slice(index + 1), isJson) is var length and > 0)
            {
                // What is an escape may also be a part of the secret that looks like one.
                return position + escaped + length;
            }

            var width = plain > 0 ? plain : escaped;
            if (width == 0)
            {
                return 0;
            }

            position += width;
            run = secret[index] == (byte)'\\' && plain > 0 ? run + width : 0;
        }

        return position;
    }

    // How many bytes say the letter as \u0041 or %41. JSON within JSON has several backslashes before a letter.
    private static int EscapedWidth(ReadOnlySpan<byte> text, byte letter)
    {
        var slashes = CountSlashes(text);
        var rest = text.Slice(slashes);
        return slashes > 0 && rest.Length > 4 && rest[0] == (byte)'u' && Hex(rest.Slice(1, 4)) == letter ? slashes + 5
            : slashes == 0 && rest.Length > 2 && rest[0] == (byte)'%' && Hex(rest.Slice(1, 2)) == letter ? 3
            : 0;
    }

    // How many bytes say the letter itself. The backslashes that double one are taken with the letter behind it; at the end of the
    // secret, where an odd number of them stands in a row, the last one belongs to what follows.
    private static int PlainWidth(ReadOnlySpan<byte> text, byte letter, bool isLast, int? run)
    {
        var slashes = CountSlashes(text);
        if (letter == (byte)'\\')
        {
            return !isLast || run is null ? Math.Min(slashes, 1) : slashes - ((run.Value + slashes) & 1);
        }

        return slashes < text.Length && text[slashes] == letter ? slashes + 1 : 0;
    }

    private static int CountSlashes(ReadOnlySpan<byte> text)
    {
        var slashes = 0;
        while (slashes < text.Length && text[slashes] == (byte)'\\')
        {
            slashes++;
        }

        return slashes;
    }

    private static int Hex(ReadOnlySpan<byte> digits)
    {
        var value = 0;
        foreach (var digit in digits)
        {
            var worth = digit switch
            {
                >= (byte)'0' and <= (byte)'9' => digit - '0',
                >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
                >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
                _ => -1,
            };
            if (worth < 0)
            {
                return -1;
            }

            value = (value * 16) + worth;
        }

        return value;
    }
}
