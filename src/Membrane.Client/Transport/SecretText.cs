using System;

namespace Membrane.Client.Transport;

/// <summary>Blots out a secret in an answer, in whatever escapes of JSON or of addresses its letters came.</summary>
internal static class SecretText
{
    /// <summary>Writes stars over each place where the text says the secret; its length stays.</summary>
    public static void Hide(Span<byte> text, ReadOnlySpan<byte> secret)
    {
        if (secret.IsEmpty)
        {
            return;
        }

        for (var start = 0; start < text.Length; start++)
        {
            if (IsEscapeOr(text[start], secret[0]) && Length(text.Slice(start), secret) is var length and > 0)
            {
                text.Slice(start, length).Fill((byte)'*');
                start += length - 1;
            }
        }
    }

    private static bool IsEscapeOr(byte letter, byte expected) => letter == expected || letter is (byte)'\\' or (byte)'%';

    // How much of the beginning of the text says the secret; 0 where it says something else.
    private static int Length(ReadOnlySpan<byte> text, ReadOnlySpan<byte> secret)
    {
        var position = 0;
        foreach (var letter in secret)
        {
            var width = Width(text.Slice(position), letter);
            if (width == 0)
            {
                return 0;
            }

            position += width;
        }

        return position;
    }

    // How many bytes say the letter: itself, \u0041, %41. JSON within JSON has several backslashes before a letter.
    private static int Width(ReadOnlySpan<byte> text, byte letter)
    {
        var slashes = 0;
        while (slashes < text.Length && text[slashes] == (byte)'\\')
        {
            slashes++;
        }

        var rest = text.Slice(slashes);
        return rest.IsEmpty ? 0
            : slashes > 0 && rest[0] == (byte)'u' && rest.Length > 4 && Hex(rest.Slice(1, 4)) == letter ? slashes + 5
            : rest[0] == letter ? slashes + 1
            : slashes == 0 && rest[0] == (byte)'%' && rest.Length > 2 && Hex(rest.Slice(1, 2)) == letter ? 3
            : 0;
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
