using System.Collections.Generic;

namespace Membrane.PowerShell.QRCodes;

/// <summary>One of the 40 sizes of QR codes (ISO/IEC 18004), with the lowest level of error correction: a screen is not scratched.</summary>
/// <param name="number">The version, 1 to 40.</param>
internal sealed class QRVersion(int number)
{
    public const int Last = 40;

    private static readonly byte[] CheckBytesOfBlock =
    [
        7,
        10,
        15,
        20,
        26,
        18,
        20,
        24,
        30,
        18,
        20,
        24,
        26,
        30,
        22,
        24,
        28,
        30,
        28,
        28,
        28,
        28,
        30,
        30,
        26,
        28,
        30,
        30,
        30,
        30,
        30,
        30,
        30,
        30,
        30,
        30,
        30,
        30,
        30,
        30,
    ];

    private static readonly byte[] BlockCounts =
    [
        1,
        1,
        1,
        1,
        1,
        2,
        2,
        2,
        2,
        4,
        4,
        4,
        4,
        4,
        6,
        6,
        6,
        6,
        7,
        8,
        8,
        9,
        9,
        10,
        12,
        12,
        12,
        13,
        14,
        15,
        16,
        17,
        18,
        19,
        19,
        20,
        21,
        22,
        24,
        25,
    ];

    public int Number => number;

    /// <summary>How many modules a side has.</summary>
    public int Size => (4 * number) + 17;

    /// <summary>How many bytes there are for data and checks.</summary>
    public int Bytes
    {
        get
        {
            var modules = (((16 * number) + 128) * number) + 64;
            if (number >= 2)
            {
                var marks = (number / 7) + 2;
                modules -= (((25 * marks) - 10) * marks) - 55;
            }

            return (modules - (HasNumber ? 36 : 0)) / 8;
        }
    }

    /// <summary>How many bytes there are for data.</summary>
    public int DataBytes => Bytes - (Blocks * CheckBytes);

    public int Blocks => BlockCounts[number - 1];

    /// <summary>How many bytes check one block.</summary>
    public int CheckBytes => CheckBytesOfBlock[number - 1];

    /// <summary>How many bits say how long the text is.</summary>
    public int LengthBits => number < 10 ? 8 : 16;

    /// <summary>Whether the version stands in the code itself.</summary>
    public bool HasNumber => number >= 7;

    /// <summary>Returns the rows, and columns, at whose crossings alignment marks are.</summary>
    public IReadOnlyList<int> Marks()
    {
        if (number == 1)
        {
            return [];
        }

        var places = new int[(number / 7) + 2];
        var step = number == 32 ? 26 : ((number * 4) + (places.Length * 2) + 1) / ((places.Length * 2) - 2) * 2;
        for (int index = places.Length - 1, place = Size - 7; index > 0; index--, place -= step)
        {
            places[index] = place;
        }

        places[0] = 6;
        return places;
    }
}
