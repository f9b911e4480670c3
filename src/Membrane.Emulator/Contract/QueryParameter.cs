using System;
using System.Globalization;
using System.Linq;
using Membrane.Emulator.Json;

namespace Membrane.Emulator.Contract;

/// <summary>What a query parameter may hold.</summary>
internal sealed class QueryParameter
{
    private readonly string type;
    private readonly long minimum;
    private readonly long maximum;
    private readonly string[] values;

    private QueryParameter(string name, bool required, string type, long minimum, long maximum, string[] values)
    {
        Name = name;
        Required = required;
        this.type = type;
        this.minimum = minimum;
        this.maximum = maximum;
        this.values = values;
    }

    public string Name { get; }

    public bool Required { get; }

    /// <summary>Reads <c>name[:type[min..max]][!]</c>.</summary>
    public static QueryParameter Parse(string definition)
    {
        var required = definition.EndsWith("!", StringComparison.Ordinal);
        var parts = definition.TrimEnd('!').Split(new[] { ':' }, 2);
        var type = parts.Length == 1 ? "text" : parts[1];
        var minimum = long.MinValue;
        var maximum = long.MaxValue;
        var bracket = type.IndexOf('[');
        if (bracket >= 0)
        {
            var bounds = type.Substring(bracket + 1).TrimEnd(']').Split(new[] { ".." }, StringSplitOptions.None);
            minimum = bounds[0].Length == 0 ? minimum : long.Parse(bounds[0], CultureInfo.InvariantCulture);
            maximum = bounds[1].Length == 0 ? maximum : long.Parse(bounds[1], CultureInfo.InvariantCulture);
            type = type.Substring(0, bracket);
        }

        var values = type.IndexOf('|') >= 0 ? type.Split('|') : Array.Empty<string>();
        return new QueryParameter(parts[0], required, values.Length > 0 ? "choice" : type, minimum, maximum, values);
    }

    /// <summary>Says what is wrong with a value; null when nothing is.</summary>
    public string? Check(string value)
    {
        switch (type)
        {
            case "text":
                if (value.Length < minimum || value.Length > maximum)
                {
                    return $"must be {Bounds()} characters long";
                }

                return null;
            case "integer":
                if (
                    !long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                    || number < minimum
                    || number > maximum
                )
                {
                    return minimum == long.MinValue ? "must be an integer" : $"must be an integer of {Bounds()}";
                }

                return null;
            case "number":
                return
                    double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var real)
                    && !double.IsNaN(real)
                    && !double.IsInfinity(real)
                    ? null
                    : "must be a number";
            case "date-time":
                return EmulatorJson.TryReadTime(value, out _) ? null : "must be an ISO 8601 date and time";
            case "element-type":
                return ElementTypeNames.All.Contains(value, StringComparer.OrdinalIgnoreCase)
                    ? null
                    : $"must be one of {string.Join(", ", ElementTypeNames.All)}";
            case "choice":
                return values.Contains(value, StringComparer.Ordinal) ? null : $"must be one of {string.Join(", ", values)}";
            default:
                // Booleans: the API counts any text that is not false or 0 as true.
                return null;
        }
    }

    private string Bounds() => maximum == long.MaxValue ? $"at least {minimum}" : $"{Math.Max(minimum, 0)} to {maximum}";
}
