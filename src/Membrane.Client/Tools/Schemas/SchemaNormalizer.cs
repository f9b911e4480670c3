using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Client.Json;

namespace Membrane.Client.Tools.Schemas;

/// <summary>
/// Brings a JSON Schema of any draft into one plain form: references are written out, allOf is merged, types are stated. What
/// models do not use is left out, so the plain form may allow more than the schema does: the input is checked before each run.
/// </summary>
internal sealed class SchemaNormalizer
{
    // References inside references can grow without bound.
    private const int MaxNodes = 5000;
    private const int MaxDepth = 32;

    private static readonly string[] PlainKeywords =
    [
        "title",
        "description",
        "default",
        "enum",
        "const",
        "format",
        "pattern",
        "minLength",
        "maxLength",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
        "minItems",
        "maxItems",
        "uniqueItems",
        "minProperties",
        "maxProperties",
        "examples",
    ];

    private readonly JsonElement document;
    private readonly HashSet<string> openReferences = new(StringComparer.Ordinal);
    private int nodes;

    private SchemaNormalizer(JsonElement document) => this.document = document;

    /// <summary>Returns the plain form of a schema.</summary>
    public static JsonObject Normalize(JsonElement schema) => new SchemaNormalizer(schema).Visit(schema, 0);

    private JsonObject Visit(JsonElement schema, int depth)
    {
        if (schema.ValueKind != JsonValueKind.Object || depth > MaxDepth || ++nodes > MaxNodes)
        {
            return [];
        }

        var result = Follow(schema, depth);
        if (Member(schema, "allOf") is { ValueKind: JsonValueKind.Array } parts)
        {
            foreach (var part in parts.EnumerateArray())
            {
                SchemaMerge.Into(result, Visit(part, depth + 1));
            }
        }

        SchemaMerge.Into(result, ReadOwn(schema, depth));
        return result;
    }

    // A recursive structure is cut off where it repeats: any value is allowed there.
    private JsonObject Follow(JsonElement schema, int depth)
    {
        if (
            Member(schema, "$ref") is not { ValueKind: JsonValueKind.String } reference
            || reference.GetString() is not { } address
            || !openReferences.Add(address)
        )
        {
            return [];
        }

        var found = Resolve(address) is { } target ? Visit(target, depth + 1) : [];
        openReferences.Remove(address);
        return found;
    }

    private JsonElement? Resolve(string address)
    {
        if (address.Length == 0 || address[0] != '#')
        {
            return null;
        }

        JsonElement? place = document;
        foreach (var step in Uri.UnescapeDataString(address.Substring(1)).Split('/').Skip(1))
        {
            var name = step.Replace("~1", "/").Replace("~0", "~");
            place = place switch
            {
                { ValueKind: JsonValueKind.Object } members => Member(members, name),
                { ValueKind: JsonValueKind.Array } items
                    when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                        && index < items.GetArrayLength() => items[index],
                _ => null,
            };
        }

        return place;
    }

    private JsonObject ReadOwn(JsonElement schema, int depth)
    {
        var own = new JsonObject();
        foreach (var keyword in PlainKeywords)
        {
            if (Member(schema, keyword) is { } value && IsUsable(keyword, value))
            {
                own[keyword] = JsonNodes.Of(value);
            }
        }

        AddExclusive(own, schema, "exclusiveMinimum", "minimum");
        AddExclusive(own, schema, "exclusiveMaximum", "maximum");
        AddStructure(own, schema, depth);
        AddTypes(own, schema);
        return own;
    }

    private void AddStructure(JsonObject own, JsonElement schema, int depth)
    {
        if (Member(schema, "properties") is { ValueKind: JsonValueKind.Object } properties)
        {
            var read = new JsonObject();
            foreach (var property in properties.EnumerateObject())
            {
                read[property.Name] = Visit(property.Value, depth + 1);
            }

            own["properties"] = read;
        }

        if (Member(schema, "required") is { ValueKind: JsonValueKind.Array } required)
        {
            var names = required
                .EnumerateArray()
                .Where(static name => name.ValueKind == JsonValueKind.String)
                .Select(static name => name.GetString()!)
                .Distinct(StringComparer.Ordinal)
                .ToArray();
            own["required"] = new JsonArray(names.Select(static name => (JsonNode?)name).ToArray());
        }

        foreach (var keyword in (string[])["additionalProperties", "items"])
        {
            switch (Member(schema, keyword))
            {
                case { ValueKind: JsonValueKind.Object } one:
                    own[keyword] = Visit(one, depth + 1);
                    break;
                case { ValueKind: JsonValueKind.False } when keyword == "additionalProperties":
                    own[keyword] = false;
                    break;
                case { ValueKind: JsonValueKind.True } when keyword == "additionalProperties":
                    own[keyword] = true;
                    break;
                case { ValueKind: JsonValueKind.Array } tuple when keyword == "items":
                    own["prefixItems"] = VisitAll(tuple, depth);
                    break;
            }
        }

        foreach (var keyword in (string[])["anyOf", "oneOf", "prefixItems"])
        {
            if (Member(schema, keyword) is { ValueKind: JsonValueKind.Array } several && several.GetArrayLength() > 0)
            {
                own[keyword == "oneOf" ? "anyOf" : keyword] = VisitAll(several, depth);
            }
        }
    }

    private JsonArray VisitAll(JsonElement schemas, int depth) =>
        new(schemas.EnumerateArray().Select(one => (JsonNode?)Visit(one, depth + 1)).ToArray());

    private static void AddTypes(JsonObject own, JsonElement schema)
    {
        var types = Member(schema, "type") switch
        {
            { ValueKind: JsonValueKind.String } one => [one.GetString()!],
            { ValueKind: JsonValueKind.Array } several => several
                .EnumerateArray()
                .Where(static type => type.ValueKind == JsonValueKind.String)
                .Select(static type => type.GetString()!)
                .ToArray(),
            _ => [],
        };
        types = types.Where(SchemaTypes.All.Contains).Distinct(StringComparer.Ordinal).ToArray();
        if (types.Length == 0)
        {
            types = SchemaTypes.Guess(own);
        }

        if (types.Length > 0 && Member(schema, "nullable") is { ValueKind: JsonValueKind.True } && !types.Contains(SchemaTypes.Null))
        {
            types = [.. types, SchemaTypes.Null];
            if (own["enum"] is JsonArray words && words.All(static word => word is not null))
            {
                words.Add((JsonNode?)null);
            }
        }

        SchemaTypes.Set(own, types);
    }

    private static void AddExclusive(JsonObject own, JsonElement schema, string keyword, string bound)
    {
        if (Member(schema, keyword) is { ValueKind: JsonValueKind.True } && own[bound] is { } limit)
        {
            own.Remove(bound);
            own[keyword] = limit;
        }
    }

    private static bool IsUsable(string keyword, JsonElement value) =>
        keyword switch
        {
            "title" or "description" or "format" or "pattern" => value.ValueKind == JsonValueKind.String,
            "enum" or "examples" => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0,
            "default" or "const" => true,
            "uniqueItems" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            _ => value.ValueKind == JsonValueKind.Number,
        };

    private static JsonElement? Member(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) ? member : null;
}
