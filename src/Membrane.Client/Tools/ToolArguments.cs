using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Client.Json;
using Membrane.Client.Schemas;
using Membrane.Client.Tools.Schemas;

namespace Membrane.Client.Tools;

/// <summary>
/// Makes the input of an action from what a model passed, by undoing what the dialects did to the schema: a null that stands
/// for a missing field is left out, original names are restored, and values in JSON text are parsed.
/// </summary>
internal sealed class ToolArguments
{
    private readonly ToolDialect format;
    private readonly bool? isStrict;
    private readonly TextPlaces? texts;

    private ToolArguments(ToolDialect format, bool? isStrict)
    {
        this.format = format;
        this.isStrict = isStrict;
        texts =
            format == ToolDialect.Gemini ? GeminiDialect.Texts
            : format is ToolDialect.OpenAI or ToolDialect.OpenAIResponses && isStrict != false ? StrictDialect.Texts
            : null;
    }

    // Where it is not known whether the tool was strict, only what can hardly be anything else is taken for JSON text.
    private bool IsSure => format == ToolDialect.Gemini || isStrict == true;

    /// <summary>Returns the input.</summary>
    /// <param name="arguments">What the model passed; it is left as it is.</param>
    /// <param name="shape">The shape that the tool was described with.</param>
    /// <param name="format">The format that it was described in.</param>
    /// <param name="isStrict">Whether it was described for the strict mode; null where it is not known.</param>
    public static JsonNode? Restore(JsonNode? arguments, InputShape shape, ToolDialect format, bool? isStrict = null)
    {
        var input = new ToolArguments(format, isStrict).Value(arguments ?? new JsonObject(), shape.Schema, 0);
        return shape.IsWrapped && input is JsonObject wrapped ? wrapped[InputShape.WrapName]?.DeepClone() : input;
    }

    private JsonNode? Value(JsonNode? value, JsonObject schema, int depth)
    {
        if (value is JsonValue scalar && scalar.GetValueKind() == JsonValueKind.String)
        {
            return Text(scalar, schema, depth);
        }

        if (value is not (JsonObject or JsonArray))
        {
            return value?.DeepClone();
        }

        if (SchemaMerge.Forms(schema) is { } merged)
        {
            schema = merged;
        }
        else if (schema["anyOf"] is JsonArray forms)
        {
            return OneOf(value, forms.Cast<JsonObject>().ToArray(), depth);
        }

        return value is JsonArray items
            ? new JsonArray(items.Select((item, index) => Value(item, Item(schema, index), depth + 1)).ToArray())
            : Members((JsonObject)value, schema, depth);
    }

    // The alternative that the value was made for shows by what it becomes.
    private JsonNode? OneOf(JsonNode value, JsonObject[] forms, int depth)
    {
        JsonNode? likely = null;
        foreach (var form in forms)
        {
            var restored = Value(value, form, depth);
            if (IsValid(restored, form))
            {
                return restored;
            }

            var type = value is JsonArray ? SchemaTypes.Array : SchemaTypes.Object;
            likely ??= SchemaTypes.Of(form).Contains(type) ? restored : null;
        }

        return likely ?? value.DeepClone();
    }

    private static bool IsValid(JsonNode? value, JsonObject form) =>
        !JsonSchema.TryParse(JsonNodes.ToElement(form), out var schema, out _) || schema!.IsValid(JsonNodes.ToElement(value));

    private JsonObject Members(JsonObject members, JsonObject schema, int depth)
    {
        var restored = new JsonObject();
        var properties = schema["properties"] as JsonObject ?? [];
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in PropertyNames.Map(properties, format))
        {
            names[name.Value] = name.Key;
        }

        var required = new HashSet<string>(SchemaMerge.Names(schema["required"] as JsonArray ?? []), StringComparer.Ordinal);
        foreach (var member in members)
        {
            var name = names.TryGetValue(member.Key, out var own) ? own : member.Key;
            if (properties[name] is not JsonObject property)
            {
                restored[name] = Value(member.Value, schema["additionalProperties"] as JsonObject ?? [], depth + 1);
            }
            else if (member.Value is not null || required.Contains(name) || (isStrict != true && SchemaTypes.AllowsNull(property)))
            {
                restored[name] = Value(member.Value, property, depth + 1);
            }
        }

        return restored;
    }

    private static JsonObject Item(JsonObject schema, int index) =>
        schema["prefixItems"] is JsonArray places && index < places.Count
            ? (JsonObject)places[index]!
            : schema["items"] as JsonObject ?? [];

    // A string is JSON text where the dialect asked for that, or where the schema wants an object or a list: models write text there, too.
    private JsonNode? Text(JsonValue value, JsonObject schema, int depth)
    {
        var text = value.GetValue<string>();
        var isAskedFor = texts is not null && texts.IsText(schema, depth);
        var isStructure = !AllowsString(schema);
        if (!isAskedFor && !isStructure)
        {
            return value.DeepClone();
        }

        var trimmed = text.TrimStart();
        var isMarked = trimmed.Length > 0 && trimmed[0] is '{' or '[' or '"';
        if ((!isMarked && !(isAskedFor && IsSure)) || !TryParse(text, out var node))
        {
            return value.DeepClone();
        }

        if (isAskedFor && (IsSure || !isStructure))
        {
            return node;
        }

        return node is JsonObject or JsonArray ? Value(node, schema, depth) : value.DeepClone();
    }

    private static bool TryParse(string text, out JsonNode? node)
    {
        node = null;
        if (JsonNodes.TryParse(text) is not { } value)
        {
            return false;
        }

        try
        {
            node = JsonNodes.Of(value);
            return true;
        }
        catch (InvalidOperationException)
        {
            // It has half a surrogate pair, and so stays the text that it is.
            return false;
        }
    }

    private static bool AllowsString(JsonObject schema) =>
        schema["anyOf"] is JsonArray forms
            ? !SchemaMerge.AreForms(schema) && forms.Cast<JsonObject>().Any(AllowsString)
            : SchemaTypes.Of(schema) is not { Count: > 0 } types
                || types.Contains(SchemaTypes.String)
                || !types.Any(static type => type is SchemaTypes.Object or SchemaTypes.Array);
}
