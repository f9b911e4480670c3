using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Client.Json;
using Membrane.Client.Schemas.Reading;
using Membrane.Client.Schemas.Values;

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

    private static readonly string[] PlainKeywords = ["title", "description", .. SchemaNotes.Rules, "examples"];

    private readonly Lazy<SchemaReferences> references;
    private readonly HashSet<string> openReferences = new(StringComparer.Ordinal);

    // The schemas with an address of their own on the way to the one that is read.
    private readonly List<SchemaLocation> way = [];
    private int nodes;

    private SchemaNormalizer(JsonElement document) => references = new Lazy<SchemaReferences>(() => new SchemaReferences(document));

    /// <summary>Returns the plain form of a schema.</summary>
    public static JsonObject Normalize(JsonElement schema) => new SchemaNormalizer(schema).Visit(schema, 0);

    private JsonObject Visit(JsonElement schema, int depth)
    {
        if (schema.ValueKind != JsonValueKind.Object || depth > MaxDepth || ++nodes > MaxNodes)
        {
            return [];
        }

        if (depth > 0 && Text(schema, "$id") is { Length: > 0 } address && address[0] != '#' && FindFrom(address) is { } own)
        {
            way.Add(own);
            var read = VisitAll(schema, depth);
            way.RemoveAt(way.Count - 1);
            return read;
        }

        return VisitAll(schema, depth);
    }

    private JsonObject VisitAll(JsonElement schema, int depth)
    {
        var result = Follow(schema, depth);
        if (Member(schema, "allOf") is { ValueKind: JsonValueKind.Array } parts)
        {
            foreach (var part in parts.EnumerateArray())
            {
                SchemaMerge.Into(result, Visit(part, depth + 1));
            }
        }

        SchemaMerge.Into(result, ReadOwn(schema, depth));
        if (Member(schema, "nullable") is { ValueKind: JsonValueKind.True })
        {
            SchemaAlignment.AllowNull(result);
        }

        SchemaAlignment.Align(result);
        return result;
    }

    // A recursive structure is cut off where it repeats: any value is allowed there.
    private JsonObject Follow(JsonElement schema, int depth)
    {
        if (Resolve(schema) is not { } target || !openReferences.Add(target.Pointer))
        {
            return [];
        }

        way.Add(target);
        var found = Visit(target.Element, depth + 1);
        way.RemoveAt(way.Count - 1);
        openReferences.Remove(target.Pointer);
        return found;
    }

    private SchemaLocation? Resolve(JsonElement schema) =>
        Text(schema, "$ref") is { } reference ? FindFrom(reference)
        : Text(schema, "$recursiveRef") is { } recursive ? FindFrom(recursive)
        : Text(schema, "$dynamicRef") is { } dynamic ? references.Value.FindDynamic(Way(), dynamic)
        : null;

    private SchemaLocation? FindFrom(string reference)
    {
        var around = Way();
        return references.Value.Find(around[around.Count - 1], reference);
    }

    private List<SchemaLocation> Way()
    {
        if (way.Count == 0)
        {
            way.Add(references.Value.Root);
        }

        return way;
    }

    private JsonObject ReadOwn(JsonElement schema, int depth)
    {
        var own = new JsonObject();
        foreach (var keyword in PlainKeywords)
        {
            if (Member(schema, keyword) is { } value && IsUsable(keyword, value))
            {
                own[keyword] = Read(keyword, value);
            }
        }

        AddExclusive(own, schema, "exclusiveMinimum", "minimum");
        AddExclusive(own, schema, "exclusiveMaximum", "maximum");
        AddStructure(own, schema, depth);
        AddTypes(own, schema);
        if (own["enum"] is JsonArray suggested && Member(schema, "allowCustom") is { ValueKind: JsonValueKind.True })
        {
            SchemaNotes.Add(own, $"Suggested values: {SchemaNotes.List(suggested)}.");
            own.Remove("enum");
        }

        if (own["pattern"] is JsonValue pattern && !PortablePattern.Takes(pattern.GetValue<string>()))
        {
            SchemaNotes.Add(own, $"({SchemaNotes.Rule("pattern", pattern)})");
            own.Remove("pattern");
        }

        return own;
    }

    private static JsonNode? Read(string keyword, JsonElement value) =>
        keyword switch
        {
            "enum" => new JsonArray(value.EnumerateArray().Distinct(JsonValueComparer.Instance).Select(JsonNodes.Of).ToArray()),
            "minLength" or "maxLength" or "minItems" or "maxItems" or "minProperties" or "maxProperties" => (int)value.GetDouble(),
            _ => JsonNodes.Of(value),
        };

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

        // What the patterns of names allow has no place in the plain form, so the object has to stay open for it.
        var hasPatterns =
            Member(schema, "patternProperties") is { ValueKind: JsonValueKind.Object } patterns && patterns.EnumerateObject().Any();
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
                    own[keyword] = hasPatterns;
                    break;
                case { ValueKind: JsonValueKind.True } when keyword == "additionalProperties":
                    own[keyword] = true;
                    break;
                case { ValueKind: JsonValueKind.Array } tuple when keyword == "items":
                    own["prefixItems"] = VisitEach(tuple, depth);
                    break;
            }
        }

        foreach (var keyword in (string[])["anyOf", "oneOf", "prefixItems"])
        {
            if (Member(schema, keyword) is { ValueKind: JsonValueKind.Array } several && several.GetArrayLength() > 0)
            {
                own[keyword == "oneOf" ? "anyOf" : keyword] = VisitEach(several, depth);
            }
        }
    }

    private JsonArray VisitEach(JsonElement schemas, int depth) =>
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
            "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum" => IsNumber(value, out _),
            "multipleOf" => IsNumber(value, out var step) && step > 0,
            _ => IsNumber(value, out var count) && count is >= 0 and <= int.MaxValue && Math.Floor(count) == count,
        };

    private static bool IsNumber(JsonElement value, out double number)
    {
        number = 0;
        return value.ValueKind == JsonValueKind.Number
            && value.TryGetDouble(out number)
            && !double.IsInfinity(number)
            && !double.IsNaN(number);
    }

    private static string? Text(JsonElement schema, string name) =>
        Member(schema, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement? Member(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) ? member : null;
}
