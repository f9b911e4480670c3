using System;
using System.Linq;
using System.Text.Json.Nodes;

namespace Membrane.Client.Tests.Tools.Vendors;

/// <summary>Schemas as strangers write them: right ones, odd ones, and some that are none.</summary>
internal sealed class OddSchemas(int seed)
{
    private const int MostNodes = 60;

    private static readonly string[] Types = ["object", "array", "string", "number", "integer", "boolean", "null"];

    private static readonly string[] Names =
    [
        "id",
        "email",
        "First Name",
        "first_name",
        "a b",
        "a-b",
        "a.b",
        "$top",
        "@odata.type",
        "9lives",
        "",
        "日本",
        "é",
        "emoji 🎈",
        "properties",
        "type",
        "input",
        "fields[0].value",
        "x\ty",
        new string('n', 64),
        new string('n', 65),
        new string('n', 300),
    ];

    private static readonly string[] Patterns =
    [
        "^[a-z]+$",
        @"^\d{4}-\d{2}$",
        @"^(?!\.)[^@]+@.+$",
        @"^\p{L}+$",
        @"(a)\1",
        "(?<year>[0-9]+)",
        "(?<=x)y",
        "^.{1,5000}$",
        "[",
        "a**",
        @"\u0041",
        "[[:alpha:]]",
        "[]a]",
        "^[^]$",
        "a{",
        "^(?:a|b)+$",
        @"\-\/\.\_",
        "日+",
        @"[\w.%+-]+@[\w.-]+",
        "a&&b",
        "[a-z&&[^b]]",
        "",
        @"\cA",
        "(?i)a",
        "x{2,1}",
        @"\k<n>",
    ];

    private static readonly string[] Formats = ["date-time", "date", "email", "uuid", "int32", "double", "enum", "binary", "uri", "phone"];

    private readonly Random random = new(seed);
    private int nodes;

    public JsonObject Next()
    {
        nodes = 0;
        var schema = Chance(15) ? Any(0) : Object(0);
        if (Chance(30))
        {
            schema["$defs"] = new JsonObject
            {
                ["node"] = new JsonObject
                {
                    ["$anchor"] = "node",
                    ["type"] = "object",
                    ["properties"] = new JsonObject
                    {
                        ["next"] = new JsonObject { ["$ref"] = Chance(50) ? "#node" : "#/$defs/node" },
                        ["value"] = Any(3),
                    },
                    ["required"] = new JsonArray("value"),
                },
                ["plain"] = Any(3),
            };
        }

        if (Chance(3))
        {
            schema = Wrap(schema, random.Next(4, 16));
        }

        return schema;
    }

    private static JsonObject Wrap(JsonObject schema, int levels)
    {
        var inner = (JsonObject)schema.DeepClone();
        inner.Remove("$defs");
        for (var level = 0; level < levels; level++)
        {
            inner =
                level % 3 == 2
                    ? new JsonObject { ["type"] = "array", ["items"] = inner }
                    : new JsonObject
                    {
                        ["type"] = "object",
                        ["properties"] = new JsonObject { ["in"] = inner },
                    };
        }

        return inner["type"]?.ToString() == "array"
            ? new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject { ["list"] = inner },
            }
            : inner;
    }

    private JsonObject Any(int depth)
    {
        if (++nodes > MostNodes || depth > 5)
        {
            return new JsonObject { ["type"] = "string" };
        }

        var schema = random.Next(14) switch
        {
            0 or 1 or 2 => Object(depth),
            3 or 4 => Array(depth),
            5 => Forms(depth),
            6 => new JsonObject
            {
                ["$ref"] = Pick(["#/$defs/node", "#node", "#/$defs/plain", "#", "#gone", "other.json", "#/$defs/none", "#/properties/id"]),
            },
            7 => [],
            8 => new JsonObject { ["type"] = new JsonArray(Types.Where(_ => Chance(40)).Select(static type => (JsonNode?)type).ToArray()) },
            9 => new JsonObject { ["enum"] = Values() },
            10 => new JsonObject { ["const"] = Value(1) },
            _ => new JsonObject { ["type"] = Pick(Types) },
        };
        Decorate(schema, depth);
        return schema;
    }

    private JsonObject Object(int depth)
    {
        var properties = new JsonObject();
        for (var count = random.Next(0, 6); count > 0; count--)
        {
            properties[Pick(Names)] = Any(depth + 1);
        }

        var schema = new JsonObject();
        if (!Chance(15))
        {
            schema["type"] = Chance(15) ? new JsonArray("object", "null") : "object";
        }

        if (!Chance(10))
        {
            schema["properties"] = properties;
        }

        if (Chance(60))
        {
            schema["required"] = Chance(4)
                ? true
                : new JsonArray(
                    properties
                        .Where(_ => Chance(50))
                        .Select(static one => (JsonNode?)one.Key)
                        .Concat(Chance(10) ? ["gone", "gone"] : [])
                        .ToArray()
                );
        }

        if (Chance(35))
        {
            schema["additionalProperties"] = Chance(50) ? Chance(50) : Any(depth + 1);
        }

        if (Chance(5))
        {
            schema["patternProperties"] = new JsonObject { ["^x-"] = Any(depth + 1) };
        }

        return schema;
    }

    private JsonObject Array(int depth)
    {
        var schema = new JsonObject { ["type"] = Chance(20) ? new JsonArray("array", "null") : "array" };
        switch (random.Next(6))
        {
            case 0:
                break;
            case 1:
                schema["items"] = Chance(50);
                break;
            case 2:
                schema[Chance(50) ? "items" : "prefixItems"] = new JsonArray(
                    Enumerable.Range(0, random.Next(1, 4)).Select(_ => (JsonNode?)Any(depth + 1)).ToArray()
                );
                break;
            default:
                schema["items"] = Any(depth + 1);
                break;
        }

        return schema;
    }

    private JsonObject Forms(int depth)
    {
        var forms = new JsonArray(
            Enumerable
                .Range(0, random.Next(1, 4))
                .Select(_ => (JsonNode?)(Chance(20) ? new JsonObject { ["type"] = "null" } : Any(depth + 1)))
                .ToArray()
        );
        var schema = new JsonObject { [Pick(["anyOf", "oneOf", "allOf"])] = forms };
        if (Chance(15))
        {
            schema["type"] = Pick(Types);
        }

        return schema;
    }

    private void Decorate(JsonObject schema, int depth)
    {
        Add(schema, "description", 25, () => Pick(["An id", "日本語の \"text\" 🎈", "", "<b>&'", new string('d', 1500)]));
        Add(schema, "title", 10, () => Pick(["Title", ""]));
        Add(schema, "enum", 10, Values);
        Add(schema, "allowCustom", 8, () => Chance(80));
        Add(schema, "const", 3, () => Value(1));
        Add(schema, "nullable", 10, () => Chance(70));
        Add(schema, "default", 8, () => Value(2));
        Add(schema, "examples", 3, () => new JsonArray(Value(1)));
        Add(schema, "pattern", 12, () => Pick(Patterns));
        Add(schema, "format", 12, () => Pick(Formats));
        foreach (
            var keyword in (string[])
                ["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties", "minimum", "maximum", "multipleOf"]
        )
        {
            Add(schema, keyword, 6, Number);
        }

        Add(schema, "exclusiveMinimum", 5, () => Chance(50) ? Chance(50) : Number());
        Add(schema, "uniqueItems", 4, () => Chance(80));
        Add(schema, "not", 3, () => Any(depth + 1));
        Add(schema, "x-unknown", 3, () => Value(2));
    }

    private void Add(JsonObject schema, string keyword, int percent, Func<JsonNode?> value)
    {
        if (Chance(percent) && !schema.ContainsKey(keyword))
        {
            schema[keyword] = value();
        }
    }

    private JsonNode Number() =>
        JsonNode.Parse(Chance(1) ? "1e400" : Pick(["0", "1", "5", "5.0", "2.5", "-1", "1e3", "100000000000000000000", "\"3\"", "0.1"]))!;

    private JsonArray Values() =>
        Chance(2)
            ? new JsonArray(Enumerable.Range(0, 2000).Select(static index => (JsonNode?)$"value number {index}").ToArray())
            : new JsonArray(Enumerable.Range(0, random.Next(0, 6)).Select(_ => Value(1)).ToArray());

    private JsonNode? Value(int depth) =>
        random.Next(depth > 0 ? 12 : 8) switch
        {
            0 => null,
            1 => true,
            2 => random.Next(5),
            3 => JsonNode.Parse("1.0"),
            4 => "",
            5 => "日本 🎈 \"q\"",
            6 or 7 => Pick(["a", "b", "5", "null", "[1]"]),
            8 => new JsonArray(Value(depth - 1)),
            9 => new JsonObject { [Pick(Names)] = Value(depth - 1) },
            _ => Pick(["a", "b", "c"]),
        };

    private bool Chance(int percent) => random.Next(100) < percent;

    private string Pick(string[] several) => several[random.Next(several.Length)];
}
