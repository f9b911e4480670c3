using System;

namespace Membrane.PowerShell.QRCodes;

/// <summary>
/// A QR code of a text (ISO/IEC 18004), as dark and light modules. Of what there is for that, QRCoder needs System.Drawing, which is a part
/// of Windows, and more room than all of this; see docs/dependencies.md.
/// </summary>
internal sealed class QRCode
{
    private readonly QRVersion version;
    private readonly bool[,] isDark;
    private readonly bool[,] isPattern;

    private QRCode(QRVersion version)
    {
        this.version = version;
        isDark = new bool[version.Size, version.Size];
        isPattern = new bool[version.Size, version.Size];
    }

    /// <summary>How many modules a side has.</summary>
    public int Size => version.Size;

    /// <summary>Draws a text; null where it is longer than a code can hold.</summary>
    public static QRCode? Draw(string text)
    {
        if (QRData.FindVersion(text) is not { } version)
        {
            return null;
        }

        var bytes = QRData.Write(text, version);
        QRCode? best = null;
        var least = int.MaxValue;
        for (var mask = 0; mask < QRMask.Count; mask++)
        {
            var code = new QRCode(version);
            code.DrawPatterns();
            code.DrawFormat(mask);
            code.DrawBytes(bytes, mask);
            if (QRMask.Penalty(code) is var penalty && penalty < least)
            {
                least = penalty;
                best = code;
            }
        }

        return best;
    }

    /// <summary>Whether a module is dark; all around the code are light.</summary>
    public bool IsDark(int row, int column) => row >= 0 && column >= 0 && row < Size && column < Size && isDark[row, column];

    private void Set(int row, int column, bool dark)
    {
        isDark[row, column] = dark;
        isPattern[row, column] = true;
    }

    private void DrawPatterns()
    {
        for (var place = 0; place < Size; place++)
        {
            Set(6, place, place % 2 == 0);
            Set(place, 6, place % 2 == 0);
        }

        DrawFinder(3, 3);
        DrawFinder(3, Size - 4);
        DrawFinder(Size - 4, 3);
        DrawMarks();
        DrawNumber();
    }

    private void DrawFinder(int row, int column)
    {
        for (var down = -4; down <= 4; down++)
        {
            for (var right = -4; right <= 4; right++)
            {
                if (row + down >= 0 && row + down < Size && column + right >= 0 && column + right < Size)
                {
                    Set(row + down, column + right, Math.Max(Math.Abs(down), Math.Abs(right)) is not (2 or 4));
                }
            }
        }
    }

    private void DrawMarks()
    {
        var places = version.Marks();
        for (var across = 0; across < places.Count; across++)
        {
            for (var along = 0; along < places.Count; along++)
            {
                var isFinder = (across == 0 && (along == 0 || along == places.Count - 1)) || (across == places.Count - 1 && along == 0);
                for (var square = 0; square < 25 && !isFinder; square++)
                {
                    var down = (square / 5) - 2;
                    var right = (square % 5) - 2;
                    Set(places[across] + down, places[along] + right, Math.Max(Math.Abs(down), Math.Abs(right)) != 1);
                }
            }
        }
    }

    private void DrawNumber()
    {
        if (!version.HasNumber)
        {
            return;
        }

        var remainder = version.Number;
        for (var step = 0; step < 12; step++)
        {
            remainder = (remainder << 1) ^ ((remainder >> 11) * 0x1F25);
        }

        var bits = (version.Number << 12) | remainder;
        for (var bit = 0; bit < 18; bit++)
        {
            var dark = ((bits >> bit) & 1) == 1;
            Set(bit / 3, Size - 11 + (bit % 3), dark);
            Set(Size - 11 + (bit % 3), bit / 3, dark);
        }
    }

    // The level of error correction (01 is the lowest) and the mask, twice.
    private void DrawFormat(int mask)
    {
        var data = (1 << 3) | mask;
        var remainder = data;
        for (var step = 0; step < 10; step++)
        {
            remainder = (remainder << 1) ^ ((remainder >> 9) * 0x537);
        }

        var bits = ((data << 10) | remainder) ^ 0x5412;
        for (var bit = 0; bit < 15; bit++)
        {
            var dark = ((bits >> bit) & 1) == 1;
            Set(
                bit < 6 ? bit
                    : bit < 8 ? bit + 1
                    : Size - 15 + bit,
                8,
                dark
            );
            Set(
                8,
                bit < 8 ? Size - 1 - bit
                    : bit < 9 ? 7
                    : 14 - bit,
                dark
            );
        }

        Set(Size - 8, 8, true);
    }

    // In pairs of columns from the right, up and down in turn; the column of the timing pattern is left out.
    private void DrawBytes(byte[] bytes, int mask)
    {
        var bit = 0;
        for (var right = Size - 1; right >= 1; right -= 2)
        {
            if (right == 6)
            {
                right = 5;
            }

            for (var step = 0; step < 2 * Size; step++)
            {
                var isUp = ((right + 1) & 2) == 0;
                var row = isUp ? Size - 1 - (step / 2) : step / 2;
                var column = right - (step % 2);
                if (!isPattern[row, column])
                {
                    var dark = bit < 8 * bytes.Length && ((bytes[bit / 8] >> (7 - (bit % 8))) & 1) == 1;
                    isDark[row, column] = dark ^ QRMask.Turns(mask, row, column);
                    bit++;
                }
            }
        }
    }
}
