using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace Membrane.Client.Tools.Schemas;

/// <summary>
/// OpenAI's strict mode: every object is closed and every property required; one that may be missing may be null instead. What
/// cannot be said that way is passed as JSON text.
/// </summary>
internal sealed class StrictDialect : ISchemaDialect
{
    /// <summary>Where it asks for JSON text.</summary>
    public static readonly TextPlaces Texts = new(maxLevels: 9);

    private static readonly string[] Kept =
    [
        "pattern",
        "multipleOf",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "minItems",
        "maxItems",
    ];

    private static readonly HashSet<string> Formats = new(StringComparer.Ordinal)
    {
        "date-time",
        "time",
        "date",
        "duration",
        "email",
        "hostname",
        "ipv4",
        "ipv6",
        "uuid",
    };

    public JsonObject Write(JsonObject parameters)
    {
        var budget = new StrictBudget();
        budget.TryTakeProperties((JsonObject)parameters["properties"]!);
        return Closed(parameters, 0, budget);
    }

    private static JsonObject Any(JsonObject schema, int depth, StrictBudget budget)
    {
        var one = SchemaMerge.Forms(schema) ?? schema;
        if (Texts.IsText(one, depth))
        {
            var text = SchemaNotes.AsJsonText(one, SchemaTypes.String);
            return SchemaTypes.Of(one).Contains(SchemaTypes.Null) ? OrNull(text) : text;
        }

        if (one["anyOf"] is JsonArray forms)
        {
            return Several(one, forms.Cast<JsonObject>(), depth, budget);
        }

        var real = SchemaTypes.Real(one);
        if (real.Length > 1)
        {
            var several = Several(one, real.Select(type => SchemaTypes.Only(one, type)).OfType<JsonObject>(), depth, budget);
            return SchemaTypes.AllowsNull(one) ? OrNull(several) : several;
        }

        var written = real.FirstOrDefault() switch
        {
            null => new JsonObject { ["type"] = SchemaTypes.Null },
            SchemaTypes.Object => budget.TryTakeProperties((JsonObject)one["properties"]!)
                ? Closed(one, depth, budget)
                : SchemaNotes.AsJsonText(one, SchemaTypes.String),
            SchemaTypes.Array => List(one, depth, budget),
            _ => Scalar(one, real[0], budget),
        };
        return real.Length > 0 && SchemaTypes.AllowsNull(one) ? OrNull(written) : written;
    }

    private static JsonObject Several(JsonObject schema, IEnumerable<JsonObject> forms, int depth, StrictBudget budget)
    {
        var written = forms.Select(form => (JsonNode?)Any(form, depth, budget)).ToArray();
        var several = new JsonObject { ["anyOf"] = new JsonArray(written) };
        SchemaNotes.Describe(several, Words(schema));
        return several;
    }

    // The rules stand in the forms.
    private static JsonObject Words(JsonObject schema)
    {
        var words = new JsonObject();
        Copy(words, schema, ["title", "description", "default", SchemaNotes.Keyword]);
        return words;
    }

    private static JsonObject Closed(JsonObject schema, int depth, StrictBudget budget)
    {
        var properties = new JsonObject();
        var required = new HashSet<string>(SchemaMerge.Names(schema["required"] as JsonArray ?? []), StringComparer.Ordinal);
        foreach (var property in (JsonObject)schema["properties"]!)
        {
            var plain = (JsonObject)property.Value!;
            var written = Any(plain, depth + 1, budget);
            if (!required.Contains(property.Key))
            {
                written = OrNull(written);
                if (SchemaTypes.Of(plain).Contains(SchemaTypes.Null))
                {
                    SchemaNotes.Say(written, "Null leaves it out.");
                }
            }

            properties[property.Key] = written;
        }

        var closed = new JsonObject
        {
            ["type"] = SchemaTypes.Object,
            ["properties"] = properties,
            ["required"] = SchemaMerge.Names(properties.Select(static property => property.Key)),
            ["additionalProperties"] = false,
        };
        SchemaNotes.Describe(closed, schema, SchemaNotes.MissingOf(schema));
        return closed;
    }

    private static JsonObject List(JsonObject schema, int depth, StrictBudget budget)
    {
        var list = new JsonObject { ["type"] = SchemaTypes.Array, ["items"] = Any(SchemaTypes.ItemsOf(schema), depth + 1, budget) };
        Copy(list, schema, ["minItems", "maxItems"]);
        SchemaNotes.Describe(list, schema, SchemaNotes.PlacesOf(schema));
        return list;
    }

    private static JsonObject Scalar(JsonObject schema, string type, StrictBudget budget)
    {
        var scalar = new JsonObject { ["type"] = type };
        if (schema["enum"] is JsonArray values && budget.TryTakeValues(values))
        {
            scalar["enum"] = values.DeepClone();
        }

        if (schema.ContainsKey("const") && budget.TryTakeValues(new JsonArray(schema["const"]?.DeepClone())))
        {
            scalar["const"] = schema["const"]?.DeepClone();
        }

        Copy(scalar, schema, Kept.Where(keyword => SchemaTypes.IsAbout(keyword, type)));
        if (type == SchemaTypes.String && schema["format"] is JsonValue format && Formats.Contains(format.GetValue<string>()))
        {
            scalar["format"] = format.DeepClone();
        }

        SchemaNotes.Describe(scalar, schema);
        return scalar;
    }

    private static JsonObject OrNull(JsonObject schema)
    {
        if (schema["anyOf"] is JsonArray forms)
        {
            if (!forms.OfType<JsonObject>().Any(static form => SchemaTypes.Of(form).Contains(SchemaTypes.Null)))
            {
                forms.Add((JsonNode)new JsonObject { ["type"] = SchemaTypes.Null });
            }

            return schema;
        }

        if (schema.ContainsKey("const"))
        {
            return new JsonObject { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = SchemaTypes.Null }) };
        }

        SchemaAlignment.AllowNull(schema);
        return schema;
    }

    private static void Copy(JsonObject target, JsonObject schema, IEnumerable<string> keywords)
    {
        foreach (var keyword in keywords.Where(schema.ContainsKey))
        {
            target[keyword] = schema[keyword]?.DeepClone();
        }
    }
}
