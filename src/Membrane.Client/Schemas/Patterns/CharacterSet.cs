using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Membrane.Client.Schemas.Patterns;

/// <summary>A set of Unicode code points, written as a .NET expression, which sees UTF-16.</summary>
internal sealed class CharacterSet
{
    public const int LastCodePoint = 0x10FFFF;

    private const int FirstSupplementary = 0x10000;
    private const string Pair = @"[\uD800-\uDBFF][\uDC00-\uDFFF]";
    private const string LonelyHigh = @"[\uD800-\uDBFF](?![\uDC00-\uDFFF])";
    private const string LonelyLow = @"(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]";
    private const string AnyCodePoint = $@"(?:[^\uD800-\uDFFF]|{Pair}|{LonelyHigh}|{LonelyLow})";

    private static readonly CodePointRange[] Digits = [new('0', '9')];

    private static readonly CodePointRange[] WordCharacters = [new('0', '9'), new('A', 'Z'), new('_', '_'), new('a', 'z')];

    private static readonly CodePointRange[] Spaces =
    [
        new(9, 13),
        new(32, 32),
        new(0xA0, 0xA0),
        new(0x1680, 0x1680),
        new(0x2000, 0x200A),
        new(0x2028, 0x2029),
        new(0x202F, 0x202F),
        new(0x205F, 0x205F),
        new(0x3000, 0x3000),
        new(0xFEFF, 0xFEFF),
    ];

    private readonly List<CodePointRange> ranges = new();
    private readonly List<string> categories = new();

    public static CharacterSet AnyButLineEnd { get; } = CreateAnyButLineEnd();

    public bool IsNegated { get; set; }

    public static CharacterSet ForEscape(char letter)
    {
        var ranges = char.ToLowerInvariant(letter) switch
        {
            'd' => Digits,
            'w' => WordCharacters,
            _ => Spaces,
        };
        var set = new CharacterSet();
        set.ranges.AddRange(char.IsUpper(letter) ? Complement(ranges) : ranges);
        return set;
    }

    /// <exception cref="ArgumentException">The property is not known.</exception>
    public static CharacterSet ForProperty(string name, bool isNegated)
    {
        var set = new CharacterSet();
        var category =
            UnicodeCategoryNames.Find(name)
            ?? throw new ArgumentException($"the Unicode property {name} is not supported; general categories are");
        set.categories.Add($"\\{(isNegated ? 'P' : 'p')}{{{category}}}");
        return set;
    }

    public static void AppendUnit(StringBuilder pattern, int unit)
    {
        if (unit < 128 && char.IsLetterOrDigit((char)unit))
        {
            pattern.Append((char)unit);
        }
        else
        {
            pattern.Append("\\u").Append(unit.ToString("X4", CultureInfo.InvariantCulture));
        }
    }

    public void Add(int low, int high) => ranges.Add(new CodePointRange(low, high));

    public void Add(CharacterSet other)
    {
        ranges.AddRange(other.ranges);
        categories.AddRange(other.categories);
    }

    /// <param name="seesSurrogates">Whether the text may contain surrogates; otherwise what would match them is left out.</param>
    public string ToPattern(bool seesSurrogates)
    {
        if (!seesSurrogates)
        {
            return Plain();
        }

        var alternatives = Alternatives().ToArray();
        var any = alternatives.Length == 0 ? "(?!)" : $"(?:{string.Join("|", alternatives)})";
        return IsNegated ? $"(?:(?!{any}){AnyCodePoint})" : any;
    }

    private static CharacterSet CreateAnyButLineEnd()
    {
        var set = new CharacterSet { IsNegated = true };
        set.Add('\n', '\n');
        set.Add('\r', '\r');
        set.Add(0x2028, 0x2029);
        return set;
    }

    private static IEnumerable<CodePointRange> Complement(CodePointRange[] ranges)
    {
        var next = 0;
        foreach (var range in ranges)
        {
            yield return new CodePointRange(next, range.Low - 1);
            next = range.High + 1;
        }

        yield return new CodePointRange(next, LastCodePoint);
    }

    private static IEnumerable<CodePointRange> Cut(IEnumerable<CodePointRange> ranges, int low, int high) =>
        ranges
            .Where(range => range.Low <= high && range.High >= low)
            .Select(range => new CodePointRange(Math.Max(range.Low, low), Math.Min(range.High, high)));

    private static string Units(IEnumerable<CodePointRange> ranges)
    {
        var units = new StringBuilder();
        foreach (var range in ranges)
        {
            AppendUnit(units, range.Low);
            if (range.High == range.Low)
            {
                continue;
            }

            units.Append('-');
            AppendUnit(units, range.High);
        }

        return units.ToString();
    }

    private string Plain()
    {
        var members = Units(Cut(ranges, 0, char.MaxValue)) + string.Concat(categories);
        if (members.Length == 0)
        {
            return IsNegated ? @"[\s\S]" : "(?!)";
        }

        return $"[{(IsNegated ? "^" : "")}{members}]";
    }

    private IEnumerable<string> Alternatives()
    {
        var plain = Units(Cut(ranges, 0, 0xD7FF).Concat(Cut(ranges, 0xE000, char.MaxValue))) + string.Concat(categories);
        if (plain.Length > 0)
        {
            yield return $@"[{plain}-[\uD800-\uDFFF]]";
        }

        var high = Units(Cut(ranges, 0xD800, 0xDBFF));
        if (high.Length > 0)
        {
            yield return $@"[{high}](?![\uDC00-\uDFFF])";
        }

        var low = Units(Cut(ranges, 0xDC00, 0xDFFF));
        if (low.Length > 0)
        {
            yield return $@"(?<![\uD800-\uDBFF])[{low}]";
        }

        foreach (var pair in Cut(ranges, FirstSupplementary, LastCodePoint).SelectMany(Pairs))
        {
            yield return pair;
        }
        // Which supplementary characters have a category, .NET's expressions cannot tell; few letters are among them.
        if (categories.Any(category => category[1] == 'P'))
        {
            yield return Pair;
        }
    }

    private static IEnumerable<string> Pairs(CodePointRange range)
    {
        var low = char.ConvertFromUtf32(range.Low);
        var high = char.ConvertFromUtf32(range.High);
        if (low[0] == high[0])
        {
            yield return PairPattern(low[0], low[0], low[1], high[1]);
            yield break;
        }

        yield return PairPattern(low[0], low[0], low[1], 0xDFFF);
        if (low[0] + 1 < high[0])
        {
            yield return PairPattern(low[0] + 1, high[0] - 1, 0xDC00, 0xDFFF);
        }

        yield return PairPattern(high[0], high[0], 0xDC00, high[1]);
    }

    private static string PairPattern(int firstHigh, int lastHigh, int firstLow, int lastLow) =>
        $"[{Units([new CodePointRange(firstHigh, lastHigh)])}][{Units([new CodePointRange(firstLow, lastLow)])}]";
}
