using System;
using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Membrane.Client.Json;

/// <summary>Reads text more leniently than the framework does, because what apps send was often cut in the middle of a character.</summary>
internal static class LenientJsonText
{
    // To unescape, the framework takes a buffer as long as the text from the shared pool, which keeps it.
    private const int LongEscapedText = 512 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Whether the text has no half surrogate pairs, so that it can be sent.</summary>
    public static bool IsWellFormed(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (!char.IsSurrogate(text[index]))
            {
                continue;
            }

            if (!char.IsHighSurrogate(text[index]) || index + 1 == text.Length || !char.IsLowSurrogate(text[index + 1]))
            {
                return false;
            }

            index++;
        }

        return true;
    }

    /// <summary>The text, if it can be sent.</summary>
    /// <exception cref="MembraneInputException">It has half a surrogate pair.</exception>
    public static string Check(string text, string parameterName) =>
        IsWellFormed(text)
            ? text
            : throw new MembraneInputException(
                ErrorIds.InvalidInput,
                parameterName,
                parameterName + " contains half a surrogate pair, which is not valid text.",
                "Correct the text."
            );

    /// <summary>The string or name that the reader stands on; half surrogate pairs are kept.</summary>
    /// <exception cref="JsonException">It is not valid UTF-8.</exception>
    public static string? GetText(this ref Utf8JsonReader reader)
    {
        if (reader.ValueIsEscaped && reader.GetValueLength() > LongEscapedText)
        {
            return Unescape(GetRawText(ref reader));
        }

        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            // JavaScript writes "\ud83d" for the rest of an emoji that slice() cut.
            return Unescape(GetRawText(ref reader));
        }
    }

    /// <summary>How many bytes the string, name or number that the reader stands on has.</summary>
    public static long GetValueLength(this ref Utf8JsonReader reader) =>
        reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length;

    /// <summary>The number that the reader stands on, as it was sent.</summary>
    public static string GetNumberText(this ref Utf8JsonReader reader) => GetRawText(ref reader);

    /// <summary>The time that the reader stands on, where it is one.</summary>
    public static bool TryGetTime(this ref Utf8JsonReader reader, out DateTimeOffset time)
    {
        try
        {
            return reader.TryGetDateTimeOffset(out time);
        }
        catch (InvalidOperationException) when (reader.ValueIsEscaped)
        {
            time = default;
            return false;
        }
    }

    /// <summary>Refuses what is not valid UTF-8, without keeping its text.</summary>
    /// <exception cref="JsonException">It is not valid UTF-8.</exception>
    public static void RequireUtf8(ReadOnlySequence<byte> bytes)
    {
        var decoder = StrictUtf8.GetDecoder();
        var characters = ArrayPool<char>.Shared.Rent(64 * 1024);
        try
        {
            foreach (var segment in bytes)
            {
                // As many characters as bytes at most, so that each piece fits.
                var piece = MemoryMarshal.TryGetArray(segment, out var array) ? array : new ArraySegment<byte>(segment.ToArray());
                for (var at = 0; at < piece.Count; at += characters.Length - 1)
                {
                    var length = Math.Min(piece.Count - at, characters.Length - 1);
                    decoder.GetChars(piece.Array!, piece.Offset + at, length, characters, 0, flush: false);
                }
            }

            decoder.GetChars([], 0, 0, characters, 0, flush: true);
        }
        catch (DecoderFallbackException exception)
        {
            throw new JsonException("The answer contains text that is not valid UTF-8.", exception);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(characters);
        }
    }

    private static string GetRawText(ref Utf8JsonReader reader)
    {
        try
        {
            return StrictUtf8.GetString(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan.ToArray());
        }
        catch (DecoderFallbackException exception)
        {
            throw new JsonException("The answer contains text that is not valid UTF-8.", exception);
        }
    }

    // The reader has made sure that every escape is a whole one.
    private static string Unescape(string raw)
    {
        const int CodeLength = 4;
        var text = new StringBuilder(raw.Length);
        for (var index = 0; index < raw.Length; index++)
        {
            if (raw[index] != '\\')
            {
                text.Append(raw[index]);
                continue;
            }

            index++;
            if (raw[index] == 'u')
            {
                text.Append((char)Convert.ToInt32(raw.Substring(index + 1, CodeLength), 16));
                index += CodeLength;
                continue;
            }

            text.Append(
                raw[index] switch
                {
                    'b' => '\b',
                    'f' => '\f',
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    char other => other,
                }
            );
        }

        return text.ToString();
    }
}
