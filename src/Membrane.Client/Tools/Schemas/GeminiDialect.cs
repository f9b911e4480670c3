using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Membrane.Client.Tools.Schemas;

/// <summary>
/// Gemini's part of OpenAPI 3: one type for each value, null as a flag, words as the only enumeration, objects with named members.
/// What cannot be said that way is passed as JSON text.
/// </summary>
internal sealed class GeminiDialect : ISchemaDialect
{
    private const int MaxDepth = 16;
    private const string Text = "STRING";

    private static readonly string[] Kept = ["minItems", "maxItems", "minimum", "maximum", "minLength", "maxLength", "pattern"];
    private static readonly string[] Told =
    [
        "default",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
        "uniqueItems",
        "minProperties",
        "maxProperties",
    ];
    private static readonly HashSet<string> Formats = new(StringComparer.Ordinal) { "date-time", "float", "double", "int32", "int64" };

    public JsonObject? Write(JsonObject parameters) =>
        parameters["properties"] is JsonObject { Count: > 0 } ? Members(parameters, 0) : null;

    private static JsonObject Any(JsonObject schema, int depth)
    {
        var one = SchemaMerge.Forms(schema) ?? schema;
        var types = SchemaTypes.Of(one);
        var real = types.Where(static type => type != SchemaTypes.Null).ToArray();
        if (one["anyOf"] is JsonArray forms && depth < MaxDepth)
        {
            return Several(one, forms.Cast<JsonObject>().ToArray(), depth, types.Contains(SchemaTypes.Null));
        }

        if (real.Length > 1 && depth < MaxDepth)
        {
            return Several(one, real.Select(type => Only(one, type)).ToArray(), depth, types.Contains(SchemaTypes.Null));
        }

        var written = real.FirstOrDefault() switch
        {
            SchemaTypes.Object when one["properties"] is JsonObject { Count: > 0 } && depth < MaxDepth => Members(one, depth),
            SchemaTypes.Array when depth < MaxDepth => List(one, depth),
            "string" or "number" or "integer" or "boolean" => Scalar(one, real[0]),
            _ => SchemaNotes.AsJsonText(one, Text),
        };
        return types.Contains(SchemaTypes.Null) ? OrNull(written) : written;
    }

    private static JsonObject Several(JsonObject schema, JsonObject[] forms, int depth, bool isNullable)
    {
        var real = forms.Where(static form => SchemaTypes.Of(form) is not { Count: 1 } types || types[0] != SchemaTypes.Null).ToArray();
        isNullable |= real.Length < forms.Length;
        JsonObject several;
        if (real.Length == 1)
        {
            several = Any(real[0], depth + 1);
            if (schema["description"] is JsonValue said)
            {
                several["description"] = said.DeepClone();
            }
        }
        else
        {
            several = new JsonObject { ["anyOf"] = new JsonArray(real.Select(form => (JsonNode?)Any(form, depth + 1)).ToArray()) };
            SchemaNotes.Describe(several, schema, Told);
        }

        return isNullable ? OrNull(several) : several;
    }

    private static JsonObject Members(JsonObject schema, int depth)
    {
        var properties = new JsonObject();
        foreach (var property in (JsonObject)schema["properties"]!)
        {
            properties[PropertyNames.Sanitize(property.Key, ToolDialect.Gemini)] = Any((JsonObject)property.Value!, depth + 1);
        }

        var members = new JsonObject { ["type"] = "OBJECT" };
        SchemaNotes.Describe(members, schema, []);
        var required = SchemaMerge
            .Names(schema["required"] as JsonArray ?? [])
            .Select(static name => PropertyNames.Sanitize(name, ToolDialect.Gemini))
            .Where(properties.ContainsKey)
            .ToArray();
        members["properties"] = properties;
        if (required.Length > 0)
        {
            members["required"] = SchemaMerge.Names(required);
        }

        return members;
    }

    private static JsonObject List(JsonObject schema, int depth)
    {
        var places = (schema["prefixItems"] as JsonArray ?? []).Cast<JsonObject>().ToArray();
        var list = new JsonObject
        {
            ["type"] = "ARRAY",
            ["items"] =
                places.Length > 0 ? Several([], places, depth, isNullable: false) : Any(schema["items"] as JsonObject ?? [], depth + 1),
        };
        Finish(list, schema);
        return list;
    }

    private static JsonObject Scalar(JsonObject schema, string type)
    {
        var scalar = new JsonObject { ["type"] = type.ToUpperInvariant() };
        var values =
            schema["enum"] is JsonArray several ? several.Where(static one => one is not null).ToArray()
            : schema.ContainsKey("const") ? [schema["const"]]
            : [];
        var hasWords =
            values.Length > 0 && type == SchemaTypes.String && values.All(static one => one?.GetValueKind() == JsonValueKind.String);
        if (hasWords)
        {
            scalar["format"] = "enum";
            scalar["enum"] = new JsonArray(values.Select(static one => one!.DeepClone()).ToArray());
        }
        else if (schema["format"] is JsonValue format && Formats.Contains(format.GetValue<string>()))
        {
            scalar["format"] = format.DeepClone();
        }

        string[] more = [.. hasWords ? (string[])[] : ["enum", "const"], .. scalar.ContainsKey("format") ? (string[])[] : ["format"]];
        Finish(scalar, schema, more);
        return scalar;
    }

    private static void Finish(JsonObject target, JsonObject schema, params string[] told)
    {
        foreach (var keyword in Kept.Where(schema.ContainsKey))
        {
            target[keyword] = schema[keyword]?.DeepClone();
        }

        SchemaNotes.Describe(target, schema, told.Concat(Told));
    }

    private static JsonObject OrNull(JsonObject schema)
    {
        schema["nullable"] = true;
        return schema;
    }

    private static JsonObject Only(JsonObject schema, string type)
    {
        var one = (JsonObject)schema.DeepClone();
        one["type"] = type;
        return one;
    }
}
