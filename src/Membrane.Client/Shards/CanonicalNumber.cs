using System;
using System.Globalization;
using System.Linq;
using System.Text;
using Membrane.Client.Json;

namespace Membrane.Client.Shards;

/// <summary>
/// The one way to write a number, whatever its type and the framework: its shortest digits that read back as the same number, without an
/// exponent and without zeros that say nothing.
/// </summary>
internal static class CanonicalNumber
{
    private static readonly string[] FormatsOfDouble = ["E14", "E15", "E16"];
    private static readonly string[] FormatsOfSingle = ["E5", "E6", "E7", "E8"];

    /// <summary>Returns the text of a number; null where the value is not a number.</summary>
    public static string? Of(object value) =>
        value switch
        {
            double number => IsFinite(number) ? Plain(Shortest(number)) : Name(number),
            float number => IsFinite(number) ? Plain(Shortest(number)) : Name(number),
            _ => SimpleValue.DigitsOf(value) is { } digits ? Plain(digits) : null,
        };

    private static bool IsFinite(double number) => !double.IsNaN(number) && !double.IsInfinity(number);

    private static string Name(double number) => number.ToString(CultureInfo.InvariantCulture);

    // "R" gives other digits on .NET Framework than on .NET.
    private static string Shortest(double number) =>
        FormatsOfDouble
            .Select(format => number.ToString(format, CultureInfo.InvariantCulture))
            .First(text => text.Length == 0 || Reads(text, number));

    private static string Shortest(float number) =>
        FormatsOfSingle
            .Select(format => number.ToString(format, CultureInfo.InvariantCulture))
            .First(text => text.Length == 0 || Reads(text, number));

    // Digits that read back as another number are too few; the largest format always fits.
    private static bool Reads(string text, double number) =>
        text.IndexOf('E') == 18 + (number < 0 ? 1 : 0)
        || (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var back) && back.Equals(number));

    private static bool Reads(string text, float number) =>
        text.IndexOf('E') == 10 + (number < 0 ? 1 : 0)
        || (float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var back) && back.Equals(number));

    private static string Plain(string digits)
    {
        var isNegative = digits.StartsWith("-", StringComparison.Ordinal);
        var mark = digits.IndexOfAny(['E', 'e']);
        var exponent = mark < 0 ? 0 : int.Parse(digits.Substring(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = digits.Substring(0, mark < 0 ? digits.Length : mark).TrimStart('-', '+');
        var point = mantissa.IndexOf('.');
        var all = new StringBuilder(point < 0 ? mantissa : mantissa.Remove(point, 1));
        var place = (point < 0 ? mantissa.Length : point) + exponent;
        if (place < 0)
        {
            all.Insert(0, "0", -place);
            place = 0;
        }

        if (place > all.Length)
        {
            all.Append('0', place - all.Length);
        }

        var text = all.ToString();
        var whole = text.Substring(0, place).TrimStart('0');
        var fraction = text.Substring(place).TrimEnd('0');
        var plain = (whole.Length == 0 ? "0" : whole) + (fraction.Length == 0 ? string.Empty : "." + fraction);
        return isNegative && plain != "0" ? "-" + plain : plain;
    }
}
