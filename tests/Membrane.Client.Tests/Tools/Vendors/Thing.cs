using System;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Membrane.Client.Tests.Tools.Vendors;

/// <summary>
/// Something that an input can be, which knows its schema, makes values, and says them as a model does that reads the schema of a tool:
/// properties in their order under the names of the tool, JSON text where the description asks for it, null for what strict mode wants.
/// </summary>
internal abstract class Thing(Random random)
{
    private static readonly string[] Texts =
    [
        "",
        "plain",
        "[1,2]",
        "{\"a\":1}",
        "\"quoted\"",
        "5",
        "null",
        "true",
        "日本 🎈",
        "line\u2028end\n\t\\",
        "<b>&amp;'",
    ];

    protected Random Random { get; } = random;

    /// <summary>Makes something.</summary>
    public static Thing Make(Random random, int depth) =>
        random.Next(depth > 4 ? 4 : 11) switch
        {
            0 or 1 => new Text(random),
            2 => new Number(random),
            3 => new Choice(random),
            4 => new List(random, depth),
            5 => new Tuple(random),
            6 => new Map(random, depth),
            7 => new Anything(random),
            8 => new Either(random, depth),
            _ => new Record(random, depth),
        };

    /// <summary>The schema of it, as an app writes it.</summary>
    public abstract JsonObject Schema();

    /// <summary>A valid value.</summary>
    public abstract JsonNode? Value();

    /// <summary>A value as a model says it.</summary>
    public JsonNode? Say(JsonNode? value, JsonObject written, bool isStrict)
    {
        if (IsText(written))
        {
            return value?.ToJsonString() ?? "null";
        }

        return SaySo(value, written, isStrict);
    }

    /// <summary>Whether a value is one of this.</summary>
    public abstract bool Is(JsonNode? value);

    protected virtual JsonNode? SaySo(JsonNode? value, JsonObject written, bool isStrict) => value?.DeepClone();

    protected static bool IsText(JsonObject written) =>
        Written.Types(written).Contains("string")
        && ((string?)written["description"] ?? "").Contains("written as JSON text", StringComparison.Ordinal);

    // What is left of a schema when null is taken off.
    private static JsonObject Real(JsonObject written) =>
        written["anyOf"] is JsonArray forms && forms.Count(static form => !IsNull(form)) == 1
            ? (JsonObject)forms.Single(static form => !IsNull(form))!
            : written;

    private static bool IsNull(JsonNode? form) => Written.Types((JsonObject)form!) is ["null"];

    private static JsonNode AnyText(Random random) => Texts[random.Next(Texts.Length)];

    private sealed class Text(Random random) : Thing(random)
    {
        public override JsonObject Schema() =>
            Random.Next(3) switch
            {
                0 => new JsonObject { ["type"] = "string", ["description"] = "日本 \"text\"" },
                1 => new JsonObject { ["type"] = "string", ["pattern"] = @"^(?!\u0000)" },
                _ => new JsonObject { ["type"] = "string", ["maxLength"] = 100 },
            };

        public override JsonNode? Value() => AnyText(Random);

        public override bool Is(JsonNode? value) => value?.GetValueKind() == JsonValueKind.String;
    }

    private sealed class Number(Random random) : Thing(random)
    {
        public override JsonObject Schema() => new() { ["type"] = "number" };

        public override JsonNode? Value() =>
            JsonNode.Parse(((string[])["0", "-5", "2.50", "12345678901234567890.123", "1e3"])[Random.Next(5)]);

        public override bool Is(JsonNode? value) => value?.GetValueKind() == JsonValueKind.Number;
    }

    private sealed class Choice(Random random) : Thing(random)
    {
        private readonly JsonArray values = random.Next(2) == 0 ? new JsonArray("web", "", "a b") : new JsonArray("web", 1, true, null);
        private readonly bool isOpen = random.Next(3) == 0;

        public override JsonObject Schema()
        {
            var schema = new JsonObject { ["enum"] = values.DeepClone() };
            if (isOpen)
            {
                schema["allowCustom"] = true;
            }

            return schema;
        }

        public override JsonNode? Value() =>
            isOpen && Random.Next(2) == 0 ? "anything else" : values[Random.Next(values.Count)]?.DeepClone();

        public override bool Is(JsonNode? value) =>
            value is not JsonArray && value is not JsonObject && (isOpen || values.Any(one => JsonNode.DeepEquals(one, value)));
    }

    private sealed class List(Random random, int depth) : Thing(random)
    {
        private readonly Thing item = Make(random, depth + 1);

        public override JsonObject Schema() => new() { ["type"] = "array", ["items"] = item.Schema() };

        public override JsonNode? Value() => new JsonArray(Enumerable.Range(0, Random.Next(3)).Select(_ => item.Value()).ToArray());

        public override bool Is(JsonNode? value) => value is JsonArray items && items.All(item.Is);

        protected override JsonNode? SaySo(JsonNode? value, JsonObject written, bool isStrict) =>
            new JsonArray(((JsonArray)value!).Select(one => item.Say(one, (JsonObject)Real(written)["items"]!, isStrict)).ToArray());
    }

    private sealed class Tuple(Random random) : Thing(random)
    {
        public override JsonObject Schema() =>
            new()
            {
                ["type"] = "array",
                ["prefixItems"] = new JsonArray(new JsonObject { ["type"] = "string" }, new JsonObject { ["type"] = "integer" }),
                ["items"] = false,
            };

        public override JsonNode? Value() => new JsonArray(AnyText(Random), Random.Next(9));

        public override bool Is(JsonNode? value) =>
            value is JsonArray { Count: 2 } items && items[0]?.GetValueKind() == JsonValueKind.String;
    }

    private sealed class Map(Random random, int depth) : Thing(random)
    {
        private readonly Thing value = Make(random, depth + 1);

        public override JsonObject Schema() => new() { ["type"] = "object", ["additionalProperties"] = value.Schema() };

        public override JsonNode? Value()
        {
            var map = new JsonObject();
            for (var count = Random.Next(3); count > 0; count--)
            {
                map[((string[])["x", "a key!", "日本"])[Random.Next(3)]] = value.Value();
            }

            return map;
        }

        public override bool Is(JsonNode? value) => value is JsonObject map && map.All(one => this.value.Is(one.Value));

        protected override JsonNode? SaySo(JsonNode? value, JsonObject written, bool isStrict)
        {
            var said = new JsonObject();
            foreach (var (name, one) in (JsonObject)value!)
            {
                said[name] = this.value.Say(one, (JsonObject)Real(written)["additionalProperties"]!, isStrict);
            }

            return said;
        }
    }

    private sealed class Anything(Random random) : Thing(random)
    {
        public override JsonObject Schema() => Random.Next(2) == 0 ? [] : new JsonObject { ["description"] = "Whatever you like" };

        public override JsonNode? Value() =>
            Random.Next(5) switch
            {
                0 => null,
                1 => new JsonArray(1, "two"),
                2 => new JsonObject { ["First Name"] = 1 },
                3 => 5,
                _ => AnyText(Random),
            };

        public override bool Is(JsonNode? value) => true;
    }

    /// <summary>A text, a number or a record: which of them shows.</summary>
    private sealed class Either(Random random, int depth) : Thing(random)
    {
        private readonly Thing[] forms = random.Next(3) switch
        {
            0 => [new Text(random), new Number(random)],
            1 => [new Text(random), new Record(random, depth + 1)],
            _ => [new Number(random), new List(random, depth + 1), new Record(random, depth + 1)],
        };

        public override JsonObject Schema() =>
            new()
            {
                ["description"] = "One of these",
                [Random.Next(2) == 0 ? "anyOf" : "oneOf"] = new JsonArray(forms.Select(static form => (JsonNode?)form.Schema()).ToArray()),
            };

        public override JsonNode? Value() => forms[Random.Next(forms.Length)].Value();

        public override bool Is(JsonNode? value) => forms.Any(form => form.Is(value));

        protected override JsonNode? SaySo(JsonNode? value, JsonObject written, bool isStrict)
        {
            var index = Array.FindIndex(forms, form => form.Is(value));
            return forms[index].Say(value, (JsonObject)((JsonArray)written["anyOf"]!)[index]!, isStrict);
        }
    }

    /// <summary>An object, some of whose names no vendor takes.</summary>
    internal sealed class Record(Random random, int depth) : Thing(random)
    {
        private static readonly string[] Names =
        [
            "id",
            "First Name",
            "First_Name",
            "first name",
            "$top",
            "a.b",
            "a-b",
            "a_b",
            "日本",
            "日曜",
            "9lives",
            "",
            new string('n', 300),
            "input",
        ];

        private readonly (string Name, Thing Thing, bool IsRequired, bool IsNullable)[] members = Names
            .OrderBy(_ => random.Next())
            .Take(random.Next(1, 5))
            .Select(name => (name, Make(random, depth + 1), random.Next(2) == 0, random.Next(4) == 0))
            .ToArray();

        public override JsonObject Schema()
        {
            var properties = new JsonObject();
            foreach (var (name, thing, _, isNullable) in members)
            {
                var schema = thing.Schema();
                properties[name] = isNullable
                    ? new JsonObject { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) }
                    : schema;
            }

            return new JsonObject
            {
                ["type"] = "object",
                ["properties"] = properties,
                ["required"] = new JsonArray(
                    members.Where(static one => one.IsRequired).Select(static one => (JsonNode?)one.Name).ToArray()
                ),
                ["additionalProperties"] = false,
            };
        }

        public override JsonNode? Value()
        {
            var value = new JsonObject();
            foreach (var (name, thing, isRequired, isNullable) in members)
            {
                // Strict mode cannot say a null where the property may be missing.
                var own = isNullable && Random.Next(3) == 0 ? null : thing.Value();
                if (isRequired || (own is not null && Random.Next(2) == 0))
                {
                    value[name] = own;
                }
            }

            return value;
        }

        public override bool Is(JsonNode? value) =>
            value is JsonObject given
            && given.All(one => members.Any(member => member.Name == one.Key))
            && members.All(member =>
                given.TryGetPropertyValue(member.Name, out var own)
                    ? (own is null && member.IsNullable) || member.Thing.Is(own)
                    : !member.IsRequired
            );

        protected override JsonNode? SaySo(JsonNode? value, JsonObject written, bool isStrict)
        {
            var properties = ((JsonObject)Real(written)["properties"]!).ToArray();
            var given = (JsonObject)value!;
            var said = new JsonObject();
            foreach (var ((name, thing, _, _), property) in members.Zip(properties))
            {
                if (given.TryGetPropertyValue(name, out var own))
                {
                    said[property.Key] =
                        own is null && !IsText((JsonObject)property.Value!)
                            ? null
                            : thing.Say(own, Bare((JsonObject)property.Value!), isStrict);
                }
                else if (isStrict)
                {
                    said[property.Key] = null;
                }
            }

            return said;
        }

        private static JsonObject Bare(JsonObject written) =>
            written["anyOf"] is JsonArray forms && forms.Any(IsNull) ? Real(written) : written;
    }
}
