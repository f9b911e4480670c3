using System;
using System.Linq;

namespace Membrane.PowerShell.QRCodes;

/// <summary>The eight masks, of which the one is taken that leaves the fewest patterns that would confuse a reader.</summary>
internal static class QRMask
{
    public const int Count = 8;

    private static readonly bool[] LikeFinder = [true, false, true, true, true, false, true];

    /// <summary>Returns whether a mask turns a module round.</summary>
    public static bool Turns(int mask, int row, int column) =>
        mask switch
        {
            0 => (row + column) % 2 == 0,
            1 => row % 2 == 0,
            2 => column % 3 == 0,
            3 => (row + column) % 3 == 0,
            4 => ((row / 2) + (column / 3)) % 2 == 0,
            5 => ((row * column) % 2) + ((row * column) % 3) == 0,
            6 => (((row * column) % 2) + ((row * column) % 3)) % 2 == 0,
            _ => (((row + column) % 2) + ((row * column) % 3)) % 2 == 0,
        };

    /// <summary>Returns how hard a code is to read, by the four rules of the standard.</summary>
    public static int Penalty(QRCode code)
    {
        var penalty = 0;
        var dark = 0;
        for (var line = 0; line < code.Size; line++)
        {
            var row = Enumerable.Range(0, code.Size).Select(place => code.IsDark(line, place)).ToArray();
            penalty += LinePenalty(row) + LinePenalty(Enumerable.Range(0, code.Size).Select(place => code.IsDark(place, line)).ToArray());
            dark += row.Count(static one => one);
            for (var place = 0; place + 1 < code.Size && line + 1 < code.Size; place++)
            {
                var first = code.IsDark(line, place);
                penalty +=
                    first == code.IsDark(line, place + 1)
                    && first == code.IsDark(line + 1, place)
                    && first == code.IsDark(line + 1, place + 1)
                        ? 3
                        : 0;
            }
        }

        return penalty + (10 * (Math.Abs((20 * dark) - (10 * code.Size * code.Size)) / (code.Size * code.Size)));
    }

    private static int LinePenalty(bool[] line)
    {
        var penalty = 0;
        for (int place = 0, run = 0; place < line.Length; place++)
        {
            run = place > 0 && line[place] == line[place - 1] ? run + 1 : 1;
            penalty +=
                run == 5 ? 3
                : run > 5 ? 1
                : 0;
            if (IsLikeFinder(line, place))
            {
                penalty += 40;
            }
        }

        return penalty;
    }

    // With four light modules on a side; the margin is light.
    private static bool IsLikeFinder(bool[] line, int start)
    {
        for (var index = 0; index < LikeFinder.Length; index++)
        {
            if (start + index >= line.Length || line[start + index] != LikeFinder[index])
            {
                return false;
            }
        }

        return IsLight(line, start - 4) || IsLight(line, start + LikeFinder.Length);
    }

    private static bool IsLight(bool[] line, int start) =>
        Enumerable.Range(start, 4).All(place => place < 0 || place >= line.Length || !line[place]);
}
