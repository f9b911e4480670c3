using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace Membrane.Client.Tools.Schemas;

/// <summary>
/// Gemini's part of OpenAPI 3: one type for each value, null as a flag, words as the only enumeration, objects with named members, and
/// nothing beside alternatives. What cannot be said that way is passed as JSON text.
/// </summary>
internal sealed class GeminiDialect : ISchemaDialect
{
    /// <summary>Where it asks for JSON text. Google publishes no number of levels, but refuses declarations for having too many.</summary>
    public static readonly TextPlaces Texts = new(maxLevels: 5);

    private const string Text = "STRING";

    private static readonly string[] Kept = ["minItems", "maxItems", "minimum", "maximum", "minLength", "maxLength", "pattern"];

    public JsonObject? Write(JsonObject parameters) =>
        parameters["properties"] is JsonObject { Count: > 0 } ? Members(parameters, 0) : null;

    private static JsonObject Any(JsonObject schema, int depth)
    {
        var one = SchemaMerge.Forms(schema) ?? schema;
        var real = SchemaTypes.Real(one);
        var written =
            Texts.IsText(one, depth) ? SchemaNotes.AsJsonText(one, Text)
            : one["anyOf"] is JsonArray forms ? Several(one, forms.Cast<JsonObject>(), depth)
            : real.Length > 1 ? Several(one, real.Select(type => SchemaTypes.Only(one, type)).OfType<JsonObject>(), depth)
            : real.FirstOrDefault() switch
            {
                null => SchemaNotes.AsJsonText(one, Text),
                SchemaTypes.Object => Members(one, depth),
                SchemaTypes.Array => List(one, depth),
                _ => Scalar(one, real[0]),
            };
        return SchemaTypes.Of(one).Contains(SchemaTypes.Null) ? OrNull(written) : written;
    }

    private static JsonObject Several(JsonObject schema, IEnumerable<JsonObject> alternatives, int depth)
    {
        var all = alternatives.ToArray();
        var real = all.Where(static form => !SchemaTypes.IsOnlyNull(form)).Select(form => Any(form, depth)).ToArray();
        var several =
            real.Length == 1
                ? real[0]
                : new JsonObject { ["anyOf"] = new JsonArray(real.Select(static form => (JsonNode?)form).ToArray()) };
        SchemaNotes.SayFirst(several, schema);
        return real.Length < all.Length ? OrNull(several) : several;
    }

    private static JsonObject Members(JsonObject schema, int depth)
    {
        var properties = new JsonObject();
        var plain = (JsonObject)schema["properties"]!;
        var names = PropertyNames.Map(plain, ToolDialect.Gemini);
        foreach (var property in plain)
        {
            var written = Any((JsonObject)property.Value!, depth + 1);
            SchemaNotes.Say(written, SchemaNotes.NameOf(property.Key, names[property.Key]));
            properties[names[property.Key]] = written;
        }

        var members = new JsonObject { ["type"] = "OBJECT" };
        SchemaNotes.Describe(members, schema, SchemaNotes.MissingOf(schema));
        members["properties"] = properties;
        var required = SchemaMerge
            .Names(schema["required"] as JsonArray ?? [])
            .Where(names.ContainsKey)
            .Select(name => names[name])
            .ToArray();
        if (required.Length > 0)
        {
            members["required"] = SchemaMerge.Names(required);
        }

        return members;
    }

    private static JsonObject List(JsonObject schema, int depth)
    {
        var list = new JsonObject { ["type"] = "ARRAY", ["items"] = Any(SchemaTypes.ItemsOf(schema), depth + 1) };
        Finish(list, schema, SchemaTypes.Array, SchemaNotes.PlacesOf(schema));
        return list;
    }

    private static JsonObject Scalar(JsonObject schema, string type)
    {
        var scalar = new JsonObject { ["type"] = type.ToUpperInvariant() };
        var values =
            schema["enum"] is JsonArray several ? several.Where(static one => one is not null).ToArray()
            : schema["const"] is { } only ? [only]
            : [];

        // An empty text among the values is refused, so it is told with the others.
        if (type == SchemaTypes.String && values.Length > 0 && values.All(static one => one!.GetValue<string>().Length > 0))
        {
            scalar["format"] = "enum";
            scalar["enum"] = new JsonArray(values.Select(static one => one!.DeepClone()).ToArray());
        }
        else if (IsFormat(schema, type))
        {
            scalar["format"] = schema["format"]!.DeepClone();
        }

        Finish(scalar, schema, type, null);
        return scalar;
    }

    private static bool IsFormat(JsonObject schema, string type) =>
        schema["format"] is JsonValue format
        && format.GetValue<string>() switch
        {
            "date-time" => type == SchemaTypes.String,
            "float" or "double" => type == "number",
            "int32" or "int64" => type == "integer",
            _ => false,
        };

    private static void Finish(JsonObject target, JsonObject schema, string type, string? more)
    {
        foreach (var keyword in Kept.Where(keyword => schema.ContainsKey(keyword) && SchemaTypes.IsAbout(keyword, type)))
        {
            target[keyword] = schema[keyword]?.DeepClone();
        }

        SchemaNotes.Describe(target, schema, more);
    }

    private static JsonObject OrNull(JsonObject schema)
    {
        SchemaNotes.FirstOf(schema)["nullable"] = true;
        return schema;
    }
}
