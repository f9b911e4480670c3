using System;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text;

namespace Membrane.Client.Json;

/// <summary>
/// The one form that each simple value of .NET has in JSON, whatever the culture: numbers by their digits, dates by ISO 8601, enums by
/// name.
/// Types that only newer frameworks have are known by their names, since one build of the client is for older ones.
/// </summary>
internal static class SimpleValue
{
    /// <summary>The form of a point in time. A time that does not say its zone gets none.</summary>
    public static string Text(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture);

    /// <inheritdoc cref="Text(DateTime)"/>
    public static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture);

    /// <summary>The form of a day.</summary>
    public static string Day(DateTime time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Whether the value is a day without a time (<c>DateOnly</c>).</summary>
    public static bool IsDay(object value) => value.GetType().FullName == "System.DateOnly";

    /// <summary>The text of a value that is text in JSON.</summary>
    /// <returns>Null where it is a number, a boolean, or no simple value.</returns>
    public static string? TextOf(object value) =>
        value switch
        {
            string text => text,
            char character => character.ToString(),
            Enum name => name.ToString(),
            DateTime time => Text(time),
            DateTimeOffset time => Text(time),
            Guid id => id.ToString("D", CultureInfo.InvariantCulture),
            Uri address => address.OriginalString,
            TimeSpan or Version or IPAddress or StringBuilder => value.ToString(),
            IFormattable time when value.GetType().FullName is "System.DateOnly" or "System.TimeOnly" => IsoText(time),
            _ => null,
        };

    /// <summary>The digits of a number, as JSON writes it.</summary>
    /// <returns>Null where the value is not a number. What is not finite has no digits that JSON knows: see
    /// <see cref="IsFinite"/>.</returns>
    public static string? DigitsOf(object value) =>
        value switch
        {
            Enum => null,
            double number => number.ToString("R", CultureInfo.InvariantCulture),
            float number => number.ToString("R", CultureInfo.InvariantCulture),
            byte or sbyte or short or ushort or int or uint or long or ulong or decimal => Convert.ToString(
                value,
                CultureInfo.InvariantCulture
            ),
            BigInteger number => number.ToString(CultureInfo.InvariantCulture),
            IntPtr number => number.ToInt64().ToString(CultureInfo.InvariantCulture),
            UIntPtr number => number.ToUInt64().ToString(CultureInfo.InvariantCulture),
            IFormattable number when value.GetType().FullName is "System.Half" or "System.Int128" or "System.UInt128" => number.ToString(
                null,
                CultureInfo.InvariantCulture
            ),
            _ => null,
        };

    /// <summary>Whether a number is finite: JSON has no other.</summary>
    public static bool IsFinite(object value) =>
        value switch
        {
            double number => !double.IsNaN(number) && !double.IsInfinity(number),
            float number => !float.IsNaN(number) && !float.IsInfinity(number),
            _ => DigitsOf(value) is not { } digits || char.IsDigit(digits[digits.Length - 1]),
        };

    private static string IsoText(IFormattable time)
    {
        var text = time.ToString("O", CultureInfo.InvariantCulture);
        return text.IndexOf('.') < 0 ? text : text.TrimEnd('0').TrimEnd('.');
    }
}
