using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Client.Json;
using Membrane.Client.Tools.Schemas;

namespace Membrane.Client.Tools;

/// <summary>
/// Makes the input of an action from what a model passed, by undoing what the dialects did to the schema: a null that stands
/// for a missing field is left out, original names are restored, and values in JSON text are parsed.
/// </summary>
internal static class ToolArguments
{
    /// <summary>Returns the input.</summary>
    /// <param name="arguments">What the model passed; it is left as it is.</param>
    /// <param name="shape">The shape that the tool was described with.</param>
    /// <param name="format">The format that it was described in.</param>
    public static JsonNode? Restore(JsonNode? arguments, InputShape shape, ToolDialect format)
    {
        var input = Value(arguments ?? new JsonObject(), shape.Schema, format);
        return shape.IsWrapped && input is JsonObject wrapped ? wrapped[InputShape.WrapName]?.DeepClone() : input;
    }

    private static JsonNode? Value(JsonNode? value, JsonObject schema, ToolDialect format)
    {
        switch (value)
        {
            case JsonObject members:
                return Members(members, schema, format);
            case JsonArray items:
                return new JsonArray(items.Select((item, index) => Value(item, Item(schema, index), format)).ToArray());
            case JsonValue scalar
                when scalar.GetValueKind() == JsonValueKind.String && Read(scalar.GetValue<string>(), schema, format) is { } read:
                return Value(read, schema, format);
            default:
                return value?.DeepClone();
        }
    }

    private static JsonObject Members(JsonObject members, JsonObject schema, ToolDialect format)
    {
        var restored = new JsonObject();
        var properties = Properties(schema, format);
        foreach (var member in members)
        {
            if (!properties.TryGetValue(member.Key, out var property))
            {
                restored[member.Key] = Value(member.Value, schema["additionalProperties"] as JsonObject ?? [], format);
            }
            else if (member.Value is not null || property.IsRequired || SchemaTypes.AllowsNull(property.Schema))
            {
                restored[property.Name] = Value(member.Value, property.Schema, format);
            }
        }

        return restored;
    }

    private static Dictionary<string, (string Name, JsonObject Schema, bool IsRequired)> Properties(JsonObject schema, ToolDialect format)
    {
        var found = new Dictionary<string, (string Name, JsonObject Schema, bool IsRequired)>(StringComparer.Ordinal);
        var forms = (schema["anyOf"] as JsonArray ?? []).OfType<JsonObject>();
        foreach (var one in new[] { schema }.Concat(forms))
        {
            var required = SchemaMerge.Names(one["required"] as JsonArray ?? []).ToArray();
            foreach (var property in one["properties"] as JsonObject ?? [])
            {
                var name = PropertyNames.Sanitize(property.Key, format);
                if (!found.ContainsKey(name))
                {
                    found.Add(name, (property.Key, (JsonObject)property.Value!, required.Contains(property.Key, StringComparer.Ordinal)));
                }
            }
        }

        return found;
    }

    private static JsonNode? TryParse(string text)
    {
        try
        {
            return JsonNodes.TryParse(text) is { } value ? JsonNodes.Of(value) : null;
        }
        catch (InvalidOperationException)
        {
            // It has half a surrogate pair, and so stays the text that it is.
            return null;
        }
    }

    private static JsonObject Item(JsonObject schema, int index)
    {
        if (schema["prefixItems"] is JsonArray places && index < places.Count)
        {
            return (JsonObject)places[index]!;
        }

        return schema["items"] as JsonObject
            ?? (schema["anyOf"] as JsonArray ?? [])
                .OfType<JsonObject>()
                .Select(static form => form["items"])
                .OfType<JsonObject>()
                .FirstOrDefault()
            ?? [];
    }

    // A string is JSON text where the schema does not allow a string, or allows anything and the dialect wrote a string.
    private static JsonNode? Read(string text, JsonObject schema, ToolDialect format)
    {
        var types = SchemaTypes.Of(schema);
        var isUnsaid = types.Count == 0 && schema["anyOf"] is null && schema["enum"] is null;
        var isStructure = !types.Contains(SchemaTypes.String) && types.Any(static type => type is SchemaTypes.Object or SchemaTypes.Array);
        var isDialectal = format is ToolDialect.Gemini or ToolDialect.OpenAI or ToolDialect.OpenAIResponses;
        if (!isStructure && !(isUnsaid && isDialectal))
        {
            return null;
        }

        var trimmed = text.TrimStart();
        var isMarked = trimmed.Length > 0 && trimmed[0] is '{' or '[' or '"';
        if (!isMarked && (isStructure || format != ToolDialect.Gemini))
        {
            return null;
        }

        var read = TryParse(text);
        return read is JsonValue inner && inner.GetValueKind() == JsonValueKind.String && isStructure ? null : read;
    }
}
