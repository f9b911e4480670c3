using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Membrane.PowerShell.QRCodes;

/// <summary>The bytes of a QR code: a text in UTF-8, filled up, cut into blocks and checked.</summary>
internal static class QRData
{
    private const int ByteMode = 4;
    private const int ModeBits = 4;

    /// <summary>Returns the smallest version that holds a text; null where none does.</summary>
    public static QRVersion? FindVersion(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        return Enumerable
            .Range(1, QRVersion.Last)
            .Select(static number => new QRVersion(number))
            .FirstOrDefault(version => ModeBits + version.LengthBits + (8 * length) <= 8 * version.DataBytes);
    }

    /// <summary>Returns the bytes in the order in which they are drawn.</summary>
    public static byte[] Write(string text, QRVersion version)
    {
        var blocks = Cut(Fill(text, version), version);
        var checker = new ReedSolomon(version.CheckBytes);
        var checks = blocks.Select(checker.Check).ToArray();
        return Weave(blocks).Concat(Weave(checks)).ToArray();
    }

    private static byte[] Fill(string text, QRVersion version)
    {
        var bits = new List<bool>();
        var bytes = Encoding.UTF8.GetBytes(text);
        Add(ByteMode, ModeBits);
        Add(bytes.Length, version.LengthBits);
        foreach (var one in bytes)
        {
            Add(one, 8);
        }

        // Four bits of 0 end the text, as far as there is room.
        Add(0, System.Math.Min(4, (8 * version.DataBytes) - bits.Count));
        Add(0, (8 - (bits.Count % 8)) % 8);
        for (var filler = 0xEC; bits.Count < 8 * version.DataBytes; filler ^= 0xEC ^ 0x11)
        {
            Add(filler, 8);
        }

        var data = new byte[version.DataBytes];
        for (var index = 0; index < bits.Count; index++)
        {
            data[index / 8] |= (byte)((bits[index] ? 1 : 0) << (7 - (index % 8)));
        }

        return data;

        void Add(int value, int count)
        {
            for (var bit = count - 1; bit >= 0; bit--)
            {
                bits.Add(((value >> bit) & 1) == 1);
            }
        }
    }

    // The first blocks are a byte shorter where the data cannot be divided evenly.
    private static byte[][] Cut(byte[] data, QRVersion version)
    {
        var length = version.DataBytes / version.Blocks;
        var shorter = version.Blocks - (version.DataBytes % version.Blocks);
        var blocks = new byte[version.Blocks][];
        for (int index = 0, start = 0; index < blocks.Length; start += blocks[index].Length, index++)
        {
            blocks[index] = data.Skip(start).Take(index < shorter ? length : length + 1).ToArray();
        }

        return blocks;
    }

    private static IEnumerable<byte> Weave(byte[][] blocks) =>
        Enumerable
            .Range(0, blocks.Max(static block => block.Length))
            .SelectMany(index => blocks.Where(block => index < block.Length).Select(block => block[index]));
}
