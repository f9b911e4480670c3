using System.Collections.Generic;
using System.Text.Json;
using Membrane.Client.Schemas.Values;

namespace Membrane.Client.Schemas.Reading;

/// <summary>Finds the schemas directly inside a schema, whether or not the check needs them.</summary>
internal static class Subschemas
{
    private static readonly string[] Single =
    [
        "items",
        "additionalItems",
        "unevaluatedItems",
        "contains",
        "additionalProperties",
        "unevaluatedProperties",
        "propertyNames",
        "not",
        "if",
        "then",
        "else",
        "contentSchema",
    ];

    private static readonly string[] Lists = ["allOf", "anyOf", "oneOf", "prefixItems", "items"];

    private static readonly string[] Maps = ["$defs", "definitions", "properties", "patternProperties", "dependentSchemas", "dependencies"];

    public static void Enqueue(SchemaLocation location, Queue<SchemaLocation> pending)
    {
        var schema = location.Element;
        foreach (var keyword in Single)
        {
            if (schema.TryGetProperty(keyword, out var single) && IsSchema(single))
            {
                pending.Enqueue(location.Step("/" + keyword, single));
            }
        }

        foreach (var keyword in Lists)
        {
            if (!schema.TryGetProperty(keyword, out var list) || list.ValueKind != JsonValueKind.Array)
            {
                continue;
            }

            var index = 0;
            foreach (var item in list.EnumerateArray())
            {
                if (IsSchema(item))
                {
                    pending.Enqueue(location.Step($"/{keyword}/{index}", item));
                }

                index++;
            }
        }

        foreach (var keyword in Maps)
        {
            if (!schema.TryGetProperty(keyword, out var map) || map.ValueKind != JsonValueKind.Object)
            {
                continue;
            }

            foreach (var member in map.EnumerateObject())
            {
                if (IsSchema(member.Value))
                {
                    pending.Enqueue(location.Step($"/{keyword}/{JsonPointer.Escape(JsonStrings.Name(member))}", member.Value));
                }
            }
        }
    }

    private static bool IsSchema(JsonElement element) =>
        element.ValueKind is JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False;
}
