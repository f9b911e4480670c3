using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Client.Json;

namespace Membrane.Client.Tools.Schemas;

/// <summary>
/// What a tool returns, in a form that the tool can keep to. A client rejects an output that does not match its schema, although the
/// action has run, and a model then runs it again. So the schema says only which members there are and of which types, each or null,
/// and a member that an app sends otherwise is left out of the structured output; the text has all of it.
/// </summary>
internal sealed class OutputShape
{
    private OutputShape(JsonObject schema) => Schema = schema;

    /// <summary>The schema: always that of an object with properties.</summary>
    public JsonObject Schema { get; }

    /// <summary>Returns the shape of what a schema describes; null where that is not an object with known members.</summary>
    /// <exception cref="MembraneInputException">The schema cannot be written as JSON.</exception>
    public static OutputShape? Of(object? schema, IObjectAdapter objects) =>
        schema is null ? null : Of(JsonNodes.Element(schema, objects, "OutputSchema"));

    /// <inheritdoc cref="Of(object, IObjectAdapter)"/>
    public static OutputShape? Of(JsonElement schema)
    {
        var plain = SchemaNormalizer.Normalize(schema);
        if (!SchemaTypes.Of(plain).Contains(SchemaTypes.Object) || plain["properties"] is not JsonObject { Count: > 0 })
        {
            return null;
        }

        var relaxed = Relax(plain);
        relaxed["type"] = SchemaTypes.Object;
        return new OutputShape(relaxed);
    }

    /// <summary>Returns the part of an output that matches the schema, always an object.</summary>
    public JsonObject Fit(JsonNode? output) => output is JsonObject && TryFit(output, Schema, out var fitted) ? (JsonObject)fitted! : [];

    private static JsonObject Relax(JsonObject plain)
    {
        var relaxed = new JsonObject();
        foreach (var keyword in (string[])["title", "description"])
        {
            if (plain[keyword] is { } text)
            {
                relaxed[keyword] = text.DeepClone();
            }
        }

        var types = SchemaTypes.Of(plain);
        if (plain["anyOf"] is not null || types.Count == 0)
        {
            return relaxed;
        }

        SchemaTypes.Set(relaxed, types.Contains(SchemaTypes.Null) ? types : [.. types, SchemaTypes.Null]);
        if (plain["properties"] is JsonObject properties)
        {
            var copy = new JsonObject();
            foreach (var property in properties)
            {
                copy[property.Key] = Relax((JsonObject)property.Value!);
            }

            relaxed["properties"] = copy;
        }

        if (plain["items"] is JsonObject items)
        {
            relaxed["items"] = Relax(items);
        }

        return relaxed;
    }

    private static bool TryFit(JsonNode? value, JsonObject schema, out JsonNode? fitted)
    {
        fitted = null;
        var types = SchemaTypes.Of(schema);
        if (types.Count > 0 && !types.Any(type => IsOfType(value, type)))
        {
            return false;
        }

        switch (value)
        {
            case JsonObject members:
                fitted = FitMembers(members, schema["properties"] as JsonObject);
                return true;
            case JsonArray items when schema["items"] is JsonObject each:
                var kept = new List<JsonNode?>();
                foreach (var item in items)
                {
                    if (!TryFit(item, each, out var one))
                    {
                        return false;
                    }

                    kept.Add(one);
                }

                fitted = new JsonArray([.. kept]);
                return true;
            default:
                fitted = value?.DeepClone();
                return true;
        }
    }

    private static JsonObject FitMembers(JsonObject members, JsonObject? properties)
    {
        var kept = new JsonObject();
        foreach (var member in members)
        {
            if (properties?[member.Key] is not JsonObject schema)
            {
                kept[member.Key] = member.Value?.DeepClone();
            }
            else if (TryFit(member.Value, schema, out var one))
            {
                kept[member.Key] = one;
            }
        }

        return kept;
    }

    private static bool IsOfType(JsonNode? value, string type) =>
        value switch
        {
            null => type == SchemaTypes.Null,
            JsonObject => type == SchemaTypes.Object,
            JsonArray => type == SchemaTypes.Array,
            _ => JsonNodes.ToElement(value) switch
            {
                { ValueKind: JsonValueKind.String } => type == SchemaTypes.String,
                { ValueKind: JsonValueKind.Number } number => type == "number" || (type == "integer" && number.TryGetInt64(out _)),
                _ => type == "boolean",
            },
        };
}
