using System;
using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Membrane.Client.Schemas.Values;

/// <summary>
/// A JSON number of any size, exact: its decimal digits without zeros at either end, and the power of ten of the last one.
/// Comparing never writes the power out, so that 1e999999999 costs no more than 1.
/// </summary>
internal readonly struct ExactNumber : IEquatable<ExactNumber>, IComparable<ExactNumber>
{
    private const long FarthestExponent = long.MaxValue / 4;
    private const int DigitsAtOnce = 18;

    private readonly bool negative;
    private readonly string digits;
    private readonly long exponent;

    private ExactNumber(bool negative, string digits, long exponent)
    {
        this.negative = negative;
        this.digits = digits;
        this.exponent = exponent;
    }

    public bool IsInteger => digits.Length == 0 || exponent >= 0;

    public bool IsPositive => digits.Length > 0 && !negative;

    public bool IsNegative => digits.Length > 0 && negative;

    public int DigitCount => digits.Length;

    public static bool IsIntegral(JsonElement number) => number.TryGetInt64(out _) || Read(number).IsInteger;

    public static ExactNumber Read(JsonElement number)
    {
        var text = number.GetRawText();
        var mark = text.IndexOfAny(['e', 'E']);
        var significand = mark < 0 ? text : text.Substring(0, mark);
        var exponent = mark < 0 ? 0 : ReadExponent(text.Substring(mark + 1));

        var negative = significand[0] == '-';
        if (negative)
        {
            significand = significand.Substring(1);
        }

        var point = significand.IndexOf('.');
        if (point >= 0)
        {
            exponent -= significand.Length - point - 1;
            significand = significand.Remove(point, 1);
        }

        var trimmed = significand.TrimEnd('0');
        exponent += significand.Length - trimmed.Length;
        return new ExactNumber(negative, trimmed.TrimStart('0'), exponent);
    }

    public bool Equals(ExactNumber other) => CompareTo(other) == 0;

    public override bool Equals(object? obj) => obj is ExactNumber other && Equals(other);

    public override int GetHashCode() =>
        digits.Length == 0 ? 0 : StringComparer.Ordinal.GetHashCode(digits) ^ exponent.GetHashCode() ^ negative.GetHashCode();

    public int CompareTo(ExactNumber other)
    {
        var sign = Sign;
        if (sign != other.Sign)
        {
            return sign.CompareTo(other.Sign);
        }

        if (sign == 0)
        {
            return 0;
        }

        var magnitude = (digits.Length + exponent).CompareTo(other.digits.Length + other.exponent);
        return sign * (magnitude != 0 ? magnitude : string.CompareOrdinal(digits, other.digits));
    }

    public bool IsMultipleOf(ExactNumber divisor)
    {
        if (digits.Length == 0)
        {
            return true;
        }
        // The digits do not end in zero, so ten times anything cannot divide them.
        if (exponent < divisor.exponent)
        {
            return false;
        }

        var modulus = BigInteger.Parse(divisor.digits, CultureInfo.InvariantCulture);
        var power = BigInteger.ModPow(10, exponent - divisor.exponent, modulus);
        return (Remainder(digits, modulus) * power % modulus).IsZero;
    }

    /// <summary>As a count; what is larger than any count is the largest one.</summary>
    public long ToCount()
    {
        if (digits.Length == 0)
        {
            return 0;
        }

        if (digits.Length + exponent > DigitsAtOnce)
        {
            return long.MaxValue;
        }

        return long.Parse(digits + new string('0', (int)exponent), CultureInfo.InvariantCulture);
    }

    private int Sign =>
        digits.Length == 0 ? 0
        : negative ? -1
        : 1;

    private static long ReadExponent(string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent))
        {
            return Math.Max(-FarthestExponent, Math.Min(FarthestExponent, exponent));
        }

        return text[0] == '-' ? -FarthestExponent : FarthestExponent;
    }

    // Piece by piece: turning a million digits into one number at once takes time that grows with their square.
    private static BigInteger Remainder(string digits, BigInteger modulus)
    {
        var remainder = BigInteger.Zero;
        for (var start = 0; start < digits.Length; start += DigitsAtOnce)
        {
            var piece = digits.Substring(start, Math.Min(DigitsAtOnce, digits.Length - start));
            remainder = (remainder * BigInteger.Pow(10, piece.Length) + long.Parse(piece, CultureInfo.InvariantCulture)) % modulus;
        }

        return remainder;
    }
}
