using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;
using Membrane.Client.Json;

namespace Membrane.Client.Rows;

/// <summary>
/// Numbers as tables write them: digits, a point, an exponent. No culture, no thousands separators, no suffixes, no hexadecimal, and
/// nothing
/// is rounded.
/// </summary>
internal static class NumberText
{
    // Longer numbers are no numbers that anybody counts with; an exponent beyond it makes a text of a few characters a number of many.
    private const int MaxDigits = 400;

    // A decimal has 28 digits behind the point.
    private const int MaxDecimals = 28;

    private static readonly Regex Form = new(
        "^[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?$",
        RegexOptions.CultureInvariant
    );

    /// <summary>Reads a number.</summary>
    /// <param name="text">The text; blanks around it do not count.</param>
    /// <param name="isWhole">Whether only a whole number will do.</param>
    /// <returns>A value that is written with all its digits; null where the text is no such number.</returns>
    public static object? Parse(string text, bool isWhole)
    {
        text = text.Trim();
        if (text.Length > MaxDigits || !Form.IsMatch(text))
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var small))
        {
            return small;
        }

        Split(text, out var digits, out var exponent);
        if (exponent >= 0 || digits.IsZero)
        {
            return digits.IsZero ? 0L
                : exponent > MaxDigits ? null
                : Whole(digits * BigInteger.Pow(10, exponent), isWhole);
        }

        return isWhole || exponent < -MaxDigits ? null : Fraction(digits, exponent);
    }

    // The digits as a whole number without zeros at its end, and the power of ten that it is multiplied by.
    private static void Split(string text, out BigInteger digits, out int exponent)
    {
        var mark = text.IndexOfAny(['e', 'E']);
        var plain = mark < 0 ? text : text.Substring(0, mark);
        exponent = mark < 0 ? 0 : int.Parse(text.Substring(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var point = plain.IndexOf('.');
        if (point >= 0)
        {
            exponent -= plain.Length - point - 1;
            plain = plain.Remove(point, 1);
        }

        digits = BigInteger.Parse(plain, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        while (!digits.IsZero && exponent < 0 && (digits % 10).IsZero)
        {
            digits /= 10;
            exponent++;
        }
    }

    // A fraction that no reader of JSON can hold is not a number; whole numbers may have any length.
    private static BigInteger? Whole(BigInteger number, bool isWhole) => isWhole || !double.IsInfinity((double)number) ? number : null;

    private static object Fraction(BigInteger digits, int exponent)
    {
        var text = digits.ToString(CultureInfo.InvariantCulture) + "e" + exponent.ToString(CultureInfo.InvariantCulture);
        return BigInteger.Abs(digits) <= new BigInteger(decimal.MaxValue) && -exponent <= MaxDecimals
            ? decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)
            : JsonNodes.Parse(Encoding.ASCII.GetBytes(text));
    }
}
