using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Membrane.Client.Json;
using Membrane.Client.Schemas.Reading;
using Membrane.Client.Schemas.Values;

namespace Membrane.Client.Rows;

/// <summary>
/// Makes values that meet a schema: what it says itself (const, default, examples, enum) before what follows from its types. A value is
/// made of the parts that must all hold, and tried; alternatives are tried one after the other.
/// </summary>
internal sealed class SampleMaker(JsonElement root, bool includesOptional, SampleCheck check)
{
    private const int MaxDepth = 16;
    private const int MaxChoices = 32;
    private const int MaxItems = 200;

    private static readonly TimeSpan PatternTime = TimeSpan.FromMilliseconds(100);

    private readonly SchemaReferences references = new(root);
    private readonly HashSet<string> under = new(StringComparer.Ordinal);
    private int left = 3_000;

    /// <summary>Makes a value of the whole schema.</summary>
    public bool TryMake(out JsonNode? value) => TryMake([references.Root], "value", 0, static _ => true, out value);

    private bool TryMake(IReadOnlyList<SchemaLocation> parts, string name, int depth, Func<JsonNode?, bool> fits, out JsonNode? value)
    {
        value = null;
        if (depth > MaxDepth || --left < 0)
        {
            return false;
        }

        var entered = parts.Select(static part => part.Pointer).Where(under.Add).ToArray();
        try
        {
            foreach (var choice in Choices(parts).Take(MaxChoices))
            {
                foreach (var candidate in Candidates(choice, parts, name, depth))
                {
                    if (--left < 0)
                    {
                        return false;
                    }

                    if (fits(candidate) && check.Takes(parts, candidate))
                    {
                        value = candidate;
                        return true;
                    }
                }
            }

            return false;
        }
        finally
        {
            under.ExceptWith(entered);
        }
    }

    // All that must hold together, for each way through the alternatives.
    private IEnumerable<List<SchemaLocation>> Choices(IReadOnlyList<SchemaLocation> parts)
    {
        var certain = new List<SchemaLocation>();
        var groups = new List<List<SchemaLocation[]>>();
        foreach (var part in parts)
        {
            Expand(part, certain, groups, 0);
        }

        return Combine(certain, groups, 0);
    }

    private IEnumerable<List<SchemaLocation>> Combine(List<SchemaLocation> certain, List<List<SchemaLocation[]>> groups, int index)
    {
        if (index == groups.Count || index >= MaxDepth)
        {
            yield return certain;
            yield break;
        }

        foreach (var alternative in groups[index])
        {
            var more = new List<SchemaLocation>(certain);
            var inner = new List<List<SchemaLocation[]>>(groups);
            foreach (var part in alternative)
            {
                Expand(part, more, inner, 0);
            }

            foreach (var rest in Combine(more, inner, index + 1))
            {
                yield return rest;
            }
        }
    }

    private void Expand(SchemaLocation part, List<SchemaLocation> certain, List<List<SchemaLocation[]>> groups, int depth)
    {
        if (depth > MaxDepth || certain.Exists(one => one.Pointer == part.Pointer))
        {
            return;
        }

        certain.Add(part);
        foreach (var keyword in new[] { "$ref", "$dynamicRef", "$recursiveRef" })
        {
            if (InputSchemaReader.Text(part.Element, keyword) is { } reference && references.Find(part, reference) is { } target)
            {
                Expand(target, certain, groups, depth + 1);
            }
        }

        foreach (var one in List(part, "allOf"))
        {
            Expand(one, certain, groups, depth + 1);
        }

        foreach (var keyword in new[] { "oneOf", "anyOf" })
        {
            if (List(part, keyword) is { Count: > 0 } alternatives)
            {
                groups.Add([
                    .. alternatives
                        .Where(static one => !IsNull(one))
                        .Concat(alternatives.Where(IsNull))
                        .Select(static one => new[] { one }),
                ]);
            }
        }

        if (Child(part, "if") is { } condition)
        {
            groups.Add([
                Child(part, "else") is { } otherwise ? [otherwise] : [],
                Child(part, "then") is { } then ? [condition, then] : [condition],
            ]);
        }
    }

    private IEnumerable<JsonNode?> Candidates(List<SchemaLocation> all, IReadOnlyList<SchemaLocation> parts, string name, int depth)
    {
        foreach (var said in all.SelectMany(static part => Said(part.Element)))
        {
            yield return JsonNodes.Of(said);
        }

        var types = Types(all);
        foreach (var type in types.Where(static type => type != "null").Concat(types.Where(static type => type == "null")))
        {
            var made = type switch
            {
                "object" => Objects(all, parts, depth),
                "array" => Arrays(all, name, depth),
                "string" => SampleText.Of(all.ConvertAll(static part => part.Element), name),
                "integer" or "number" => SampleNumber.Of(all.ConvertAll(static part => part.Element), type == "integer"),
                "boolean" => [JsonValue.Create(false), JsonValue.Create(true)],
                _ => [null],
            };
            foreach (var candidate in made)
            {
                yield return candidate;
            }
        }
    }

    private static IEnumerable<JsonElement> Said(JsonElement schema)
    {
        foreach (var keyword in new[] { "const", "default", "example" })
        {
            if (InputSchemaReader.Member(schema, keyword) is { } value)
            {
                yield return value;
            }
        }

        foreach (var keyword in new[] { "examples", "enum" })
        {
            if (InputSchemaReader.Member(schema, keyword) is { ValueKind: JsonValueKind.Array } values)
            {
                foreach (
                    var value in values.EnumerateArray().Take(MaxItems).OrderBy(static one => one.ValueKind == JsonValueKind.Null ? 1 : 0)
                )
                {
                    yield return value;
                }
            }
        }
    }

    private static IReadOnlyList<string> Types(List<SchemaLocation> all)
    {
        IReadOnlyList<string>? types = null;
        foreach (var part in all)
        {
            if (InputSchemaReader.Member(part.Element, "type") is not { } type)
            {
                continue;
            }

            var named = (type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().ToArray() : [type])
                .Select(static one => InputSchemaReader.Text(one) ?? string.Empty)
                .ToArray();
            types = types is null
                ? named
                :
                [
                    .. types.Where(one => named.Contains(one) || (one == "integer" && named.Contains("number"))),
                    .. named.Where(one => one == "integer" && types.Contains("number")),
                ];
        }

        return types ?? Guess(all);
    }

    // What a schema speaks of first, where it says no type; a text can be anything a person types.
    private static string[] Guess(List<SchemaLocation> all)
    {
        bool Has(params string[] keywords) =>
            all.Exists(part => Array.Exists(keywords, keyword => InputSchemaReader.Member(part.Element, keyword) is not null));
        List<string> guessed = [];
        if (
            Has("properties", "required", "additionalProperties", "patternProperties", "minProperties")
            || all.Exists(static part => part.Pointer.Length == 0)
        )
        {
            guessed.Add("object");
        }

        if (Has("items", "prefixItems", "minItems", "contains"))
        {
            guessed.Add("array");
        }

        if (
            !Has("pattern", "minLength", "maxLength", "format")
            && Has("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
        )
        {
            guessed.Add("number");
        }

        string[] others = ["string", "number", "boolean", "object", "array", "null"];
        return [.. guessed.Concat(others).Distinct()];
    }

    private IEnumerable<JsonNode?> Objects(List<SchemaLocation> all, IReadOnlyList<SchemaLocation> parts, int depth)
    {
        var properties = new Dictionary<string, List<SchemaLocation>>(StringComparer.Ordinal);
        var order = new List<string>();
        var required = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in all)
        {
            foreach (var property in Map(part, "properties"))
            {
                if (!properties.TryGetValue(property.Name, out var schemas))
                {
                    properties.Add(property.Name, schemas = []);
                    order.Add(property.Name);
                }

                schemas.Add(property.Schema);
            }

            required.UnionWith(Names(part.Element, "required"));
        }

        order.AddRange(required.Where(name => !properties.ContainsKey(name)));
        var least = new JsonObject();
        var whole = new JsonObject();
        foreach (var name in order.Take(MaxItems))
        {
            var schemas = properties.TryGetValue(name, out var own) ? own : [];
            schemas = [.. schemas, .. Others(all, properties, name)];
            var isRequired = required.Contains(name);
            if (!isRequired && (schemas.Exists(schema => under.Contains(Target(schema).Pointer)) || !IsOptionalOfInterest(depth)))
            {
                continue;
            }

            if (TryMake(schemas, name, depth + 1, static _ => true, out var value))
            {
                whole[name] = value;
                if (isRequired)
                {
                    least[name] = value?.DeepClone();
                }
            }
            else if (isRequired)
            {
                yield break;
            }
        }

        Fill(least, whole, all);
        if (includesOptional)
        {
            yield return whole.DeepClone();
            yield return Most(least, whole, parts);
        }

        yield return least.DeepClone();
        yield return whole.DeepClone();
        foreach (var optional in whole.Where(one => !least.ContainsKey(one.Key)).ToArray())
        {
            var one = (JsonObject)least.DeepClone();
            one[optional.Key] = optional.Value?.DeepClone();
            yield return one;
        }
    }

    // Of what is optional, deeper levels are only looked at when all is asked for: they are alternatives for what cannot do without.
    private bool IsOptionalOfInterest(int depth) => includesOptional || depth < 2;

    // As much as the schema takes together: some members exclude each other.
    private JsonObject Most(JsonObject least, JsonObject whole, IReadOnlyList<SchemaLocation> parts)
    {
        var most = (JsonObject)least.DeepClone();
        foreach (var member in whole.Where(member => !least.ContainsKey(member.Key)).ToArray())
        {
            most[member.Key] = member.Value?.DeepClone();
            if (!check.Takes(parts, most))
            {
                most.Remove(member.Key);
            }
        }

        return most;
    }

    // What other members ask for, and how many there must be.
    private void Fill(JsonObject least, JsonObject whole, List<SchemaLocation> all)
    {
        foreach (var part in all)
        {
            foreach (var keyword in new[] { "dependentRequired", "dependencies" })
            {
                foreach (var dependency in Map(part, keyword))
                {
                    if (least.ContainsKey(dependency.Name) && dependency.Schema.Element.ValueKind == JsonValueKind.Array)
                    {
                        foreach (var needed in dependency.Schema.Element.EnumerateArray().Select(InputSchemaReader.Text).OfType<string>())
                        {
                            if (!least.ContainsKey(needed))
                            {
                                least[needed] = whole.TryGetPropertyValue(needed, out var value) ? value?.DeepClone() : "<" + needed + ">";
                            }
                        }
                    }
                }
            }
        }

        var count = all.Max(static part => Number(part.Element, "minProperties") ?? 0);
        foreach (var member in whole.ToArray())
        {
            if (least.Count < count && !least.ContainsKey(member.Key))
            {
                least[member.Key] = member.Value?.DeepClone();
            }
        }

        for (var index = 1; least.Count < Math.Min(count, MaxItems); index++)
        {
            var name = "property" + index;
            TryMake(
                [.. Others(all, new Dictionary<string, List<SchemaLocation>>(StringComparer.Ordinal), name)],
                name,
                MaxDepth / 2,
                static _ => true,
                out var value
            );
            least[name] = value;
        }
    }

    private static IEnumerable<SchemaLocation> Others(
        List<SchemaLocation> all,
        Dictionary<string, List<SchemaLocation>> properties,
        string name
    )
    {
        foreach (var part in all)
        {
            var isMatched = false;
            foreach (var pattern in Map(part, "patternProperties"))
            {
                if (IsMatch(pattern.Name, name))
                {
                    isMatched = true;
                    yield return pattern.Schema;
                }
            }

            if (
                !isMatched
                && !(InputSchemaReader.Member(part.Element, "properties") is { } own && InputSchemaReader.Member(own, name) is not null)
                && !properties.ContainsKey(name)
                && Child(part, "additionalProperties") is { } other
            )
            {
                yield return other;
            }
        }
    }

    private static bool IsMatch(string pattern, string name)
    {
        try
        {
            return Regex.IsMatch(name, pattern, RegexOptions.ECMAScript, PatternTime);
        }
        catch (Exception exception) when (exception is ArgumentException or RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private IEnumerable<JsonNode?> Arrays(List<SchemaLocation> all, string name, int depth)
    {
        var first = all.Select(static part => Prefix(part)).FirstOrDefault(static items => items.Count > 0) ?? [];
        SchemaLocation[] rest =
        [
            .. all.Select(static part =>
                    Child(part, Prefix(part).Count > 0 && Child(part, "prefixItems") is null ? "additionalItems" : "items")
                )
                .OfType<SchemaLocation>()
                .Where(static items => items.Element.ValueKind != JsonValueKind.Array),
        ];
        var least = (int)Math.Min(MaxItems, all.Max(static part => Number(part.Element, "minItems") ?? 0));
        var isUnique = all.Exists(static part =>
            InputSchemaReader.Member(part.Element, "uniqueItems") is { ValueKind: JsonValueKind.True }
        );
        SchemaLocation[] contained = [.. all.Select(static part => Child(part, "contains")).OfType<SchemaLocation>()];
        if (contained.Length > 0 && TryMake([.. rest, .. contained], name, depth + 1, static _ => true, out var held))
        {
            var times = (int)Math.Min(MaxItems, all.Max(static part => Number(part.Element, "minContains") ?? 1));
            var holding = Items(first, rest, name, depth, Math.Max(least, first.Count) - times, isUnique);
            if (holding is not null)
            {
                for (var index = 0; index < times; index++)
                {
                    holding.Add(held?.DeepClone());
                }

                yield return holding;
            }
        }

        // One item shows what the others look like.
        var wanted = rest.Length > 0 && !Array.Exists(rest, one => under.Contains(Target(one).Pointer)) ? 1 : 0;
        if (Items(first, rest, name, depth, Math.Max(least, Math.Max(first.Count, wanted)), isUnique) is { } items)
        {
            yield return items;
        }

        if (Items(first, rest, name, depth, least, isUnique) is { } fewest)
        {
            yield return fewest;
        }
    }

    private JsonArray? Items(List<SchemaLocation> first, SchemaLocation[] rest, string name, int depth, int count, bool isUnique)
    {
        var items = new JsonArray();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < count; index++)
        {
            var schemas = index < first.Count ? [first[index]] : rest;
            if (!TryMake(schemas, name, depth + 1, one => !isUnique || !taken.Contains(one?.ToJsonString() ?? "null"), out var item))
            {
                return null;
            }

            taken.Add(item?.ToJsonString() ?? "null");
            items.Add(item);
        }

        return items;
    }

    private SchemaLocation Target(SchemaLocation schema) =>
        InputSchemaReader.Text(schema.Element, "$ref") is { } reference && references.Find(schema, reference) is { } target
            ? target
            : schema;

    private static List<SchemaLocation> Prefix(SchemaLocation part) =>
        List(part, "prefixItems") is { Count: > 0 } prefix ? prefix : List(part, "items");

    private static SchemaLocation? Child(SchemaLocation part, string keyword) =>
        InputSchemaReader.Member(part.Element, keyword) is { } child ? part.Step("/" + keyword, child) : null;

    private static List<SchemaLocation> List(SchemaLocation part, string keyword) =>
        InputSchemaReader.Member(part.Element, keyword) is { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray().Take(MaxItems).Select((one, index) => part.Step($"/{keyword}/{index}", one))]
            : [];

    private static IEnumerable<(string Name, SchemaLocation Schema)> Map(SchemaLocation part, string keyword) =>
        InputSchemaReader.Member(part.Element, keyword) is { ValueKind: JsonValueKind.Object } map
            ? map.EnumerateObject().Select(one => (one.Name, part.Step($"/{keyword}/{JsonPointer.Escape(one.Name)}", one.Value)))
            : [];

    private static IEnumerable<string> Names(JsonElement schema, string keyword) =>
        InputSchemaReader.Member(schema, keyword) is { ValueKind: JsonValueKind.Array } names
            ? names.EnumerateArray().Select(InputSchemaReader.Text).OfType<string>()
            : [];

    private static long? Number(JsonElement schema, string keyword) =>
        InputSchemaReader.Member(schema, keyword) is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var value)
            ? (long)Math.Max(0, Math.Min(int.MaxValue, value))
            : null;

    private static bool IsNull(SchemaLocation part) => InputSchemaReader.Text(part.Element, "type") == "null";
}
