using System;
using System.Buffers.Binary;
using System.Text.Json;
using System.Threading;

namespace Membrane.Client.Json;

/// <summary>Reads text that many items of a list share, such as the id of their tenant, as one string for all of them.</summary>
internal static class RepeatedText
{
    // A power of two. A value that falls on the place of another one takes it: nothing is kept for long.
    private const int Places = 1024;
    private const int MaxBytes = 64;

    // One for each thread, so that no lock is needed.
    private static readonly ThreadLocal<(byte[] Utf8, string Text)[]> Known = new(static () => new (byte[], string)[Places]);

    /// <summary>The text or the name that the reader stands on; null where it stands on null.</summary>
    public static string? Read(ref Utf8JsonReader reader)
    {
        var text = reader.ValueSpan;
        if (reader.TokenType == JsonTokenType.Null || reader.ValueIsEscaped || reader.HasValueSequence || text.Length is 0 or > MaxBytes)
        {
            return reader.GetText();
        }

        ref var place = ref Known.Value![PlaceOf(text)];
        if (place.Utf8 is null || !text.SequenceEqual(place.Utf8))
        {
            place = (text.ToArray(), reader.GetText()!);
        }

        return place.Text;
    }

    // Ids differ at one of their ends.
    private static int PlaceOf(ReadOnlySpan<byte> text)
    {
        ulong start = 0;
        var end = (ulong)text.Length;
        if (text.Length >= sizeof(ulong))
        {
            start = BinaryPrimitives.ReadUInt64LittleEndian(text);
            end ^= BinaryPrimitives.ReadUInt64LittleEndian(text.Slice(text.Length - sizeof(ulong)));
        }
        else
        {
            foreach (var letter in text)
            {
                start = (start << 8) | letter;
            }
        }

        var mixed = ((start * 0x9E3779B97F4A7C15) ^ end) * 0xC2B2AE3D27D4EB4F;
        return (int)(mixed >> 54);
    }
}
