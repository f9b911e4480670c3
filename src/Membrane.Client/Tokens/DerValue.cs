using System;
using System.Collections.Generic;

namespace Membrane.Client.Tokens;

/// <summary>A value in DER, as far as is needed to tell keys and certificates apart.</summary>
internal readonly struct DerValue
{
    /// <summary>The tag of a sequence.</summary>
    public const byte Sequence = 0x30;

    /// <summary>The tag of a number.</summary>
    public const byte Integer = 0x02;

    /// <summary>The tag of the name of an algorithm or a curve.</summary>
    public const byte ObjectId = 0x06;

    /// <summary>The tag of bytes.</summary>
    public const byte OctetString = 0x04;

    /// <summary>The tag of bits.</summary>
    public const byte BitString = 0x03;

    private readonly byte[] source;
    private readonly int contentStart;

    private DerValue(byte[] source, int start, int contentStart, int end)
    {
        this.source = source;
        Start = start;
        this.contentStart = contentStart;
        End = end;
    }

    /// <summary>The tag.</summary>
    public byte Tag => source[Start];

    /// <summary>Where the value begins.</summary>
    public int Start { get; }

    /// <summary>Where the value ends.</summary>
    public int End { get; }

    /// <summary>The bytes within it.</summary>
    public byte[] Content => Slice(contentStart, End);

    /// <summary>The value with its tag and length.</summary>
    public byte[] Whole => Slice(Start, End);

    /// <summary>Whether it is a number of one byte, such as a version.</summary>
    public bool IsNumber(byte number) => Tag == Integer && End - contentStart == 1 && source[contentStart] == number;

    /// <summary>Reads the value at a place; null where there is none, or it ends after the bytes do.</summary>
    public static DerValue? Read(byte[] source, int start, int limit)
    {
        if (start + 2 > limit)
        {
            return null;
        }

        var length = (long)source[start + 1];
        var contentStart = start + 2;
        if (length >= 0x80)
        {
            var count = (int)length - 0x80;
            if (count is 0 or > 4 || contentStart + count > limit)
            {
                return null;
            }

            length = 0;
            for (; count > 0; count--)
            {
                length = (length << 8) | source[contentStart++];
            }
        }

        return contentStart + length > limit ? null : new DerValue(source, start, contentStart, (int)(contentStart + length));
    }

    /// <summary>Reads the values within it; null where they do not fill it.</summary>
    public IReadOnlyList<DerValue>? Items()
    {
        var items = new List<DerValue>();
        for (var next = contentStart; next < End; )
        {
            if (Read(source, next, End) is not { } item)
            {
                return null;
            }

            items.Add(item);
            next = item.End;
        }

        return items;
    }

    private byte[] Slice(int start, int end)
    {
        var bytes = new byte[end - start];
        Buffer.BlockCopy(source, start, bytes, 0, bytes.Length);
        return bytes;
    }
}
