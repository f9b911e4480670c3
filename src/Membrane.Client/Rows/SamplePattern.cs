using System;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Membrane.Client.Rows;

/// <summary>
/// A text that a regular expression may match: the first alternative, each part as often as it must be there. What it cannot read
/// (references to groups, what stands before or behind) it leaves out; whether the text does match is tried afterwards.
/// </summary>
internal sealed class SamplePattern
{
    private const int MaxDepth = 50;
    private const int LongestText = 100_000;
    private const string Usual = "aA0 _-.!";

    private readonly string pattern;
    private readonly int repeats;
    private int place;

    private SamplePattern(string pattern, int repeats)
    {
        this.pattern = pattern;
        this.repeats = repeats;
    }

    /// <summary>Returns a text; null where the expression cannot be read.</summary>
    /// <param name="pattern">The regular expression.</param>
    /// <param name="repeats">How often what may be repeated without end is there.</param>
    public static string? Match(string pattern, int repeats)
    {
        try
        {
            return new SamplePattern(pattern, repeats).Alternatives(0);
        }
        catch (Exception exception) when (exception is IndexOutOfRangeException or FormatException or OverflowException)
        {
            return null;
        }
    }

    private string Alternatives(int depth)
    {
        if (depth > MaxDepth)
        {
            throw new FormatException();
        }

        var first = Sequence(depth);
        while (place < pattern.Length && pattern[place] == '|')
        {
            place++;
            Sequence(depth);
        }

        return first;
    }

    private string Sequence(int depth)
    {
        var text = new StringBuilder();
        while (place < pattern.Length && pattern[place] is not ('|' or ')'))
        {
            var part = Part(depth);
            var count = Count();
            if ((long)part.Length * count + text.Length > LongestText)
            {
                throw new FormatException();
            }

            for (var index = 0; index < count; index++)
            {
                text.Append(part);
            }
        }

        return text.ToString();
    }

    private string Part(int depth)
    {
        var letter = pattern[place++];
        switch (letter)
        {
            case '^' or '$':
                return string.Empty;
            case '.':
                return "x";
            case '[':
                return Set();
            case '\\':
                return Escape();
            case '(':
                var isRead = !(Skip("?=") | Skip("?!") | Skip("?<=") | Skip("?<!"));
                if (isRead && !Skip("?:") && Skip("?<"))
                {
                    place = pattern.IndexOf('>', place) + 1;
                }

                var inner = Alternatives(depth + 1);
                place++;
                return isRead ? inner : string.Empty;
            default:
                return letter.ToString();
        }
    }

    private int Count()
    {
        if (place >= pattern.Length)
        {
            return 1;
        }

        var count = 1;
        switch (pattern[place])
        {
            case '*':
                (count, place) = (repeats, place + 1);
                break;
            case '+':
                (count, place) = (Math.Max(1, repeats), place + 1);
                break;
            case '?':
                (count, place) = (Math.Min(1, repeats), place + 1);
                break;
            case '{' when char.IsDigit(pattern[place + 1]):
                var end = pattern.IndexOf('}', place);
                var limits = pattern.Substring(place + 1, end - place - 1).Split(',');
                var least = int.Parse(limits[0], CultureInfo.InvariantCulture);
                var most =
                    limits.Length == 1 ? least
                    : limits[1].Length == 0 ? int.MaxValue
                    : int.Parse(limits[1], CultureInfo.InvariantCulture);
                (count, place) = (Math.Max(least, Math.Min(most, repeats)), end + 1);
                break;
            default:
                return 1;
        }

        if (place < pattern.Length && pattern[place] is '?' or '+')
        {
            place++;
        }

        return count;
    }

    private string Set()
    {
        var isExcluded = Skip("^");
        var members = new StringBuilder();
        while (pattern[place] != ']')
        {
            var low = pattern[place] == '\\' ? EscapeInSet(members) : pattern[place++].ToString();
            if (low.Length > 0 && pattern[place] == '-' && pattern[place + 1] != ']')
            {
                place++;
                var high = pattern[place] == '\\' ? EscapeInSet(members) : pattern[place++].ToString();
                for (var letter = low[0]; high.Length > 0 && letter <= high[0] && letter - low[0] < 1000; letter++)
                {
                    members.Append(letter);
                }
            }
            else
            {
                members.Append(low);
            }
        }

        place++;
        var set = members.ToString();
        return isExcluded ? Usual.First(letter => set.IndexOf(letter) < 0).ToString()
            : set.Length == 0 ? throw new FormatException()
            : set.Substring(0, 1);
    }

    private string EscapeInSet(StringBuilder members)
    {
        var isClass = "dDwWsSpP".IndexOf(pattern[place + 1]) >= 0;
        place++;
        var letter = Escape();
        if (!isClass)
        {
            return letter;
        }

        members.Append(letter);
        return string.Empty;
    }

    private string Escape()
    {
        var letter = pattern[place++];
        switch (letter)
        {
            case 'd':
                return "0";
            case 'w' or 'D' or 'S':
                return "a";
            case 's':
                return " ";
            case 'W':
                return "-";
            case 'b' or 'B':
                return string.Empty;
            case 't':
                return "\t";
            case 'n':
                return "\n";
            case 'r':
                return "\r";
            case 'f':
                return "\f";
            case 'v':
                return "\v";
            case 'x':
                return Code(2);
            case 'u':
                return Code(4);
            case 'p' or 'P' when pattern[place] == '{':
                var name = pattern.Substring(place + 1, pattern.IndexOf('}', place) - place - 1);
                place = pattern.IndexOf('}', place) + 1;
                return letter == 'P' ? "-"
                    : name.StartsWith("N", StringComparison.Ordinal) ? "0"
                    : name.StartsWith("Lu", StringComparison.Ordinal) ? "A"
                    : "a";
            default:
                return char.IsDigit(letter) ? string.Empty : letter.ToString();
        }
    }

    private string Code(int digits)
    {
        var text = pattern.Substring(place, digits);
        place += digits;
        return ((char)int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString();
    }

    private bool Skip(string text)
    {
        if (string.CompareOrdinal(pattern, place, text, 0, text.Length) != 0)
        {
            return false;
        }

        place += text.Length;
        return true;
    }
}
