using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Membrane.Client.Rows;

/// <summary>Numbers that a schema may take: 0 and 1, and what lies at its limits.</summary>
internal static class SampleNumber
{
    private const int MaxTries = 24;

    /// <summary>Returns numbers to try, the plainest first.</summary>
    public static IEnumerable<JsonNode?> Of(IReadOnlyList<JsonElement> schemas, bool isInteger)
    {
        var low = Limits(schemas, "minimum").Concat(Limits(schemas, "exclusiveMinimum")).DefaultIfEmpty(0).Max();
        var high = Limits(schemas, "maximum").Concat(Limits(schemas, "exclusiveMaximum")).DefaultIfEmpty(decimal.MaxValue).Min();
        var step = Limits(schemas, "multipleOf").Where(static one => one > 0).DefaultIfEmpty(isInteger ? 1 : 0).Max();
        if (isInteger && step != decimal.Truncate(step))
        {
            step = 1;
        }

        yield return JsonValue.Create(0);
        yield return JsonValue.Create(1);
        for (var index = 0; index < MaxTries; index++)
        {
            foreach (var number in Near(low, high, step, index))
            {
                yield return JsonValue.Create(number);
            }
        }

        // Beyond what a decimal holds: the limits as they are written.
        foreach (var schema in schemas)
        {
            foreach (var keyword in new[] { "minimum", "maximum", "multipleOf" })
            {
                if (InputSchemaReader.Member(schema, keyword) is { ValueKind: JsonValueKind.Number } limit)
                {
                    yield return JsonValue.Create(limit);
                }
            }
        }
    }

    private static List<decimal> Near(decimal low, decimal high, decimal step, int index)
    {
        List<decimal> near = [];
        try
        {
            if (step > 0)
            {
                near.Add(Plain((decimal.Ceiling(low / step) + index) * step));
                near.Add(Plain((decimal.Floor(high / step) - index) * step));
            }
            else
            {
                near.Add(Plain(low + index));
                near.Add(Plain(low + ((high - low) / (index + 2))));
                near.Add(Plain(high - index));
            }
        }
        catch (OverflowException)
        {
            // Further away than a decimal reaches: the limits themselves follow.
        }

        return near;
    }

    // Without zeros at its end, which the schema's own numbers may bring.
    private static decimal Plain(decimal value) => value / 1.0000000000000000000000000000m;

    private static IEnumerable<decimal> Limits(IEnumerable<JsonElement> schemas, string keyword) =>
        schemas
            .Select(schema => InputSchemaReader.Member(schema, keyword))
            .Where(static limit => limit is { ValueKind: JsonValueKind.Number } number && number.TryGetDecimal(out _))
            .Select(static limit => limit!.Value.GetDecimal());
}
