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
    private const int MaxDepth = 9;

    private static readonly string[] Kept =
    [
        "enum",
        "const",
        "pattern",
        "multipleOf",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "minItems",
        "maxItems",
    ];

    private static readonly string[] Told = ["default", "minLength", "maxLength", "uniqueItems", "minProperties", "maxProperties"];

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

    public JsonObject Write(JsonObject parameters) => Closed(parameters, 0);

    private static JsonObject Any(JsonObject schema, int depth)
    {
        var one = SchemaMerge.Forms(schema) ?? schema;
        if (one["anyOf"] is JsonArray forms && depth < MaxDepth)
        {
            var several = new JsonObject
            {
                ["anyOf"] = new JsonArray(forms.Select(form => (JsonNode?)Any((JsonObject)form!, depth + 1)).ToArray()),
            };
            SchemaNotes.Describe(several, one, Told);
            return several;
        }

        var types = SchemaTypes.Of(one);
        var real = types.Where(static type => type != SchemaTypes.Null).ToArray();
        var written = (real.Length, real.FirstOrDefault()) switch
        {
            (0, _) when types.Count > 0 => new JsonObject { ["type"] = SchemaTypes.Null },
            (0, _) => SchemaNotes.AsJsonText(one, SchemaTypes.String),
            (1, SchemaTypes.Object) when one["properties"] is JsonObject { Count: > 0 } && depth < MaxDepth => Closed(one, depth),
            (1, SchemaTypes.Array) when depth < MaxDepth => List(one, depth),
            (1, SchemaTypes.Object or SchemaTypes.Array) => SchemaNotes.AsJsonText(one, SchemaTypes.String),
            (1, _) => Scalar(one, real[0]),
            _ => new JsonObject { ["anyOf"] = new JsonArray(real.Select(type => (JsonNode?)Any(Only(one, type), depth + 1)).ToArray()) },
        };
        return real.Length > 0 && types.Contains(SchemaTypes.Null) ? OrNull(written) : written;
    }

    private static JsonObject Closed(JsonObject schema, int depth)
    {
        var properties = new JsonObject();
        var required = SchemaMerge.Names(schema["required"] as JsonArray ?? []).ToArray();
        foreach (var property in (JsonObject)schema["properties"]!)
        {
            var written = Any((JsonObject)property.Value!, depth + 1);
            properties[property.Key] = required.Contains(property.Key, StringComparer.Ordinal) ? written : OrNull(written);
        }

        var closed = new JsonObject
        {
            ["type"] = SchemaTypes.Object,
            ["properties"] = properties,
            ["required"] = SchemaMerge.Names(properties.Select(static property => property.Key)),
            ["additionalProperties"] = false,
        };
        SchemaNotes.Describe(closed, schema, []);
        return closed;
    }

    private static JsonObject List(JsonObject schema, int depth)
    {
        var list = new JsonObject
        {
            ["type"] = SchemaTypes.Array,
            ["items"] = schema["prefixItems"] is JsonArray places
                ? new JsonObject
                {
                    ["anyOf"] = new JsonArray(places.Select(place => (JsonNode?)Any((JsonObject)place!, depth + 1)).ToArray()),
                }
                : Any(schema["items"] as JsonObject ?? [], depth + 1),
        };
        Copy(list, schema, ["minItems", "maxItems"]);
        SchemaNotes.Describe(list, schema, Told);
        return list;
    }

    private static JsonObject Scalar(JsonObject schema, string type)
    {
        var scalar = new JsonObject { ["type"] = type };
        Copy(scalar, schema, Kept);
        var hasFormat = schema["format"] is JsonValue format && Formats.Contains(format.GetValue<string>());
        Copy(scalar, schema, hasFormat ? ["format"] : []);
        SchemaNotes.Describe(scalar, schema, hasFormat ? Told : Told.Append("format"));
        return scalar;
    }

    private static JsonObject Only(JsonObject schema, string type)
    {
        var one = (JsonObject)schema.DeepClone();
        one["type"] = type;
        return one;
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

        SchemaTypes.Set(schema, SchemaTypes.Of(schema).Append(SchemaTypes.Null).Distinct(StringComparer.Ordinal).ToArray());
        if (schema["enum"] is JsonArray words && words.All(static word => word is not null))
        {
            words.Add((JsonNode?)null);
        }

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
