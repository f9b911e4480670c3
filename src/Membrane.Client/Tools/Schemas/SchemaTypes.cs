using System;
using System.Collections.Generic;
using System.Globalization;
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

    /// <summary>The types without null.</summary>
    public static string[] Real(JsonObject schema) => Of(schema).Where(static type => type != Null).ToArray();

    /// <summary>What the items of a list are; of a tuple, any of its places. A copy.</summary>
    public static JsonObject ItemsOf(JsonObject schema)
    {
        var more = schema["items"] as JsonObject;
        if (schema["prefixItems"] is not JsonArray { Count: > 0 } places)
        {
            return more is null ? [] : (JsonObject)more.DeepClone();
        }

        var forms = new JsonArray();
        foreach (var place in more is null ? places : places.Append(more))
        {
            if (!forms.Any(form => JsonNode.DeepEquals(form, place)))
            {
                forms.Add(place!.DeepClone());
            }
        }

        var items = new JsonObject { ["anyOf"] = forms };
        SchemaAlignment.Align(items);
        return items;
    }

    /// <summary>Whether null is all that a schema allows.</summary>
    public static bool IsOnlyNull(JsonObject schema) => Of(schema) is { Count: 1 } types && types[0] == Null;

    /// <summary>Whether a value is of one of some types.</summary>
    public static bool Fits(JsonNode? value, IReadOnlyList<string> types)
    {
        var type = Of(value);
        return types.Contains(type)
            || (
                type == "number"
                && types.Contains("integer")
                && double.TryParse(value!.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && Math.Floor(number) == number
            );
    }

    /// <summary>Whether a keyword says something of values of a type.</summary>
    public static bool IsAbout(string keyword, string type) =>
        keyword switch
        {
            "pattern" or "minLength" or "maxLength" => type == String,
            "format" => type is String or "number" or "integer",
            "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum" or "multipleOf" => type is "number" or "integer",
            "items" or "prefixItems" or "minItems" or "maxItems" or "uniqueItems" => type == Array,
            "properties" or "required" or "additionalProperties" or "minProperties" or "maxProperties" => type == Object,
            _ => true,
        };

    /// <summary>What a schema says of values of one type; null where it allows none.</summary>
    public static JsonObject? Only(JsonObject schema, string type)
    {
        var only = new JsonObject { ["type"] = type };
        foreach (var member in schema)
        {
            if (
                member.Key is "type" or "description" or "title" or "default" or "examples" or SchemaNotes.Keyword
                || !IsAbout(member.Key, type)
            )
            {
                continue;
            }

            only[member.Key] = member.Value?.DeepClone();
        }

        return SchemaAlignment.KeepFitting(only) ? only : null;
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
