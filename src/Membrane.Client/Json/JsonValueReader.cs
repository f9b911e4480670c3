using System;
using System.Collections.Generic;
using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Membrane.Client.Json;

/// <summary>
/// Reads any JSON value: objects as the host likes them, arrays, strings, booleans, and numbers without loss where a type can hold them.
/// </summary>
internal static class JsonValueReader
{
    // Parsing time grows with the square of the length.
    private const int MaxDigits = 10_000;

    // Of its 28 decimal places, a smaller number would use fewer than the 17 digits of a double.
    private const decimal LeastDecimal = 0.00000000001m;

    private static readonly object?[] NoItems = [];

    /// <summary>Reads the value that the reader stands on, and leaves the reader on its last token.</summary>
    public static object? Read(ref Utf8JsonReader reader, IObjectAdapter objects)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return ReadObject(ref reader, objects);
            case JsonTokenType.StartArray:
                return ReadArray(ref reader, objects);
            case JsonTokenType.String:
                return reader.GetText();
            case JsonTokenType.Number:
                return ReadNumber(ref reader);
            case JsonTokenType.True:
                return true;
            case JsonTokenType.False:
                return false;
            default:
                return null;
        }
    }

    /// <summary>Reads one whole JSON text.</summary>
    public static object? Read(ReadOnlySpan<byte> json, IObjectAdapter objects)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        var value = Read(ref reader, objects);
        while (reader.Read())
        {
            // Reading to the end finds text that follows the value.
        }

        return value;
    }

    private static object ReadObject(ref Utf8JsonReader reader, IObjectAdapter objects)
    {
        var members = new List<KeyValuePair<string, object?>>();
        Dictionary<string, int>? positions = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = RepeatedText.Read(ref reader)!;
            reader.Read();
            var member = new KeyValuePair<string, object?>(name, Read(ref reader, objects));
            var position = Find(members, ref positions, name);
            if (position >= 0)
            {
                // A name that comes twice: the last one counts, as in JSON.parse.
                members[position] = member;
                continue;
            }

            positions?.Add(name, members.Count);
            members.Add(member);
        }

        return objects.CreateObject(members);
    }

    private static int Find(List<KeyValuePair<string, object?>> members, ref Dictionary<string, int>? positions, string name)
    {
        const int FewMembers = 16;
        if (members.Count < FewMembers)
        {
            for (var index = 0; index < members.Count; index++)
            {
                if (string.Equals(members[index].Key, name, StringComparison.Ordinal))
                {
                    return index;
                }
            }

            return -1;
        }

        if (positions is null)
        {
            positions = new Dictionary<string, int>(StringComparer.Ordinal);
            for (var index = 0; index < members.Count; index++)
            {
                positions.Add(members[index].Key, index);
            }
        }

        return positions.TryGetValue(name, out var found) ? found : -1;
    }

    private static object?[] ReadArray(ref Utf8JsonReader reader, IObjectAdapter objects)
    {
        List<object?>? items = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            (items ??= []).Add(Read(ref reader, objects));
        }

        return items?.ToArray() ?? NoItems;
    }

    private static object ReadNumber(ref Utf8JsonReader reader)
    {
        if (reader.TryGetInt64(out var integer))
        {
            return integer;
        }

        if (reader.GetValueLength() > MaxDigits)
        {
            throw new JsonException($"The answer contains a number of more than {MaxDigits} digits.");
        }

        var text = reader.GetNumberText();
        if (text.IndexOfAny(['.', 'e', 'E']) < 0)
        {
            return BigInteger.Parse(text, CultureInfo.InvariantCulture);
        }

        // A double shows 15 digits for certain; a longer fraction is kept as a decimal where that holds more of its digits.
        if (
            text.Length > 16
            && text.IndexOfAny(['e', 'E']) < 0
            && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact)
            && Math.Abs(exact) >= LeastDecimal
        )
        {
            return exact;
        }

        // What is too large is infinity, and of .NET Framework no number at all: JSON knows neither, and it must be what was sent.
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && !double.IsInfinity(number)
            ? number
            : ReadLarge(text);
    }

    // Of so large a number, the digits behind the point are fewer than a double would lose. What has digits without end is infinity.
    private static object ReadLarge(string text)
    {
        var parts = text.Split('e', 'E');
        var digits = parts[0].Split('.');
        var fraction = digits.Length > 1 ? digits[1] : string.Empty;
        if (
            !int.TryParse(parts.Length > 1 ? parts[1] : "0", NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent)
            || exponent > MaxDigits - digits[0].Length
        )
        {
            return text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        }

        // The fraction moves before the point, or a part of the whole behind it.
        var all = digits[0] + fraction.PadRight(Math.Max(exponent, 0) + 1, '0');
        return BigInteger.Parse(all.Remove(digits[0].Length + exponent), CultureInfo.InvariantCulture);
    }
}
