using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Membrane.Client.Tools.Schemas;

/// <summary>The types that a schema in plain form states.</summary>
internal static class SchemaTypes
{
    public const string Object = "object";
    public const string Array = "array";
    public const string String = "string";
    public const string Null = "null";

    public static readonly IReadOnlyList<string> All = [Object, Array, String, "number", "integer", "boolean", Null];

    /// <summary>Reads the types; none where any type is allowed.</summary>
    public static IReadOnlyList<string> Of(JsonObject schema) =>
        schema["type"] switch
        {
            JsonArray several => several.Select(static type => type!.GetValue<string>()).ToArray(),
            JsonValue one => [one.GetValue<string>()],
            _ => [],
        };

    /// <summary>Whether null is a value.</summary>
    public static bool AllowsNull(JsonObject schema)
    {
        var types = Of(schema);
        return types.Contains(Null)
            || (types.Count == 0 && (schema["anyOf"] is not JsonArray several || several.OfType<JsonObject>().Any(AllowsNull)));
    }

    public static void Set(JsonObject schema, IReadOnlyList<string> types)
    {
        if (types.Count == 0)
        {
            schema.Remove("type");
            return;
        }

        schema["type"] = types.Count == 1 ? types[0] : new JsonArray(types.Select(static type => (JsonNode?)type).ToArray());
    }

    /// <summary>The types that follow from the other keywords.</summary>
    public static string[] Guess(JsonObject schema)
    {
        if (schema["properties"] is not null || schema["additionalProperties"] is not null || schema["required"] is not null)
        {
            return [Object];
        }

        if (schema["items"] is not null || schema["prefixItems"] is not null)
        {
            return [Array];
        }

        if (schema.ContainsKey("const"))
        {
            return [Of(schema["const"])];
        }

        return (schema["enum"] as JsonArray)?.Select(Of).Distinct(StringComparer.Ordinal).ToArray() ?? [];
    }

    private static string Of(JsonNode? value) =>
        value?.GetValueKind() switch
        {
            JsonValueKind.Object => Object,
            JsonValueKind.Array => Array,
            JsonValueKind.String => String,
            JsonValueKind.Number => "number",
            JsonValueKind.True or JsonValueKind.False => "boolean",
            _ => Null,
        };
}
