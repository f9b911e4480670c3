using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace Membrane.Client.Rows;

/// <summary>
/// What a schema says of one value, as far as a value can be brought into that form. Whether it is valid is checked later.
/// </summary>
internal sealed class ValueRule
{
    private const int MaxDepth = 12;

    private readonly InputSchemaReader reader;
    private readonly JsonElement schema;
    private readonly HashSet<string> types;
    private IReadOnlyDictionary<string, ValueRule>? members;
    private ValueRule? items;

    /// <summary>The rule of a schema.</summary>
    /// <param name="reader">The reader of the whole document.</param>
    /// <param name="schema">The schema of the value.</param>
    public ValueRule(InputSchemaReader reader, JsonElement schema)
    {
        this.reader = reader;
        this.schema = Effective(reader, schema, 0);
        types = new HashSet<string>(reader.Types(this.schema), StringComparer.Ordinal);
        AllowsNull = TakesNull(reader, schema, 0);
        Format = InputSchemaReader.Text(this.schema, "format");
        Values =
            Only(this.schema)?.Select(InputSchemaReader.Text).Where(static text => text is not null).Select(static text => text!).ToArray()
            ?? [];
    }

    /// <summary>Whether the schema says nothing of types, so that every value is right as it is.</summary>
    public bool TakesAnything => types.Count == 0;

    /// <summary>Whether null is a value.</summary>
    public bool AllowsNull { get; }

    /// <summary>The format of text, such as date; null where none is named.</summary>
    public string? Format { get; }

    /// <summary>The only texts; empty where others are possible.</summary>
    public IReadOnlyList<string> Values { get; }

    /// <summary>The types for people: "a number", "text or true or false".</summary>
    public string Words =>
        string.Join(" or ", types.Where(type => type != "integer" || !types.Contains("number")).Select(WordsOf).Distinct());

    /// <summary>The rule of the items of a list.</summary>
    public ValueRule? Items =>
        items ??= InputSchemaReader.Member(schema, "items") is { ValueKind: JsonValueKind.Object } given
            ? new ValueRule(reader, given)
            : null;

    /// <summary>The rules of the members of an object, by their names.</summary>
    public IReadOnlyDictionary<string, ValueRule> Members => members ??= ReadMembers();

    /// <summary>Whether values of a type of JSON are taken.</summary>
    public bool Takes(string type) => types.Contains(type);

    // Schemas wrap what they say of one value: in a choice between it and null, or in a list of parts.
    private static JsonElement Effective(InputSchemaReader reader, JsonElement schema, int depth)
    {
        schema = reader.Resolve(schema);
        if (depth > MaxDepth || IsPlain(schema))
        {
            return schema;
        }

        if (InputSchemaReader.Alternatives(schema) is { Count: > 0 } alternatives)
        {
            var others = alternatives.Where(one => InputSchemaReader.Text(reader.Resolve(one), "type") != "null").ToArray();
            return others.Length == 1 ? Effective(reader, others[0], depth + 1) : schema;
        }

        return InputSchemaReader.Member(schema, "allOf") is { ValueKind: JsonValueKind.Array } parts
            ? parts
                .EnumerateArray()
                .Select(part => Effective(reader, part, depth + 1))
                .FirstOrDefault(part => reader.Types(part) is { Count: > 0 } known && known[0] != "object")
                is { ValueKind: JsonValueKind.Object } simple
                ? simple
                : schema
            : schema;
    }

    private static bool IsPlain(JsonElement schema) =>
        InputSchemaReader.Member(schema, "type") is not null
        || InputSchemaReader.Member(schema, "properties") is not null
        || InputSchemaReader.Member(schema, "items") is not null
        || InputSchemaReader.Values(schema) is not null;

    private static bool TakesNull(InputSchemaReader reader, JsonElement schema, int depth)
    {
        schema = reader.Resolve(schema);
        if (depth > MaxDepth || InputSchemaReader.Member(schema, "nullable") is { ValueKind: JsonValueKind.True })
        {
            return true;
        }

        return (
                InputSchemaReader.Member(schema, "type") is not { } type
                || IsNull(type)
                || (type.ValueKind == JsonValueKind.Array && type.EnumerateArray().Any(IsNull))
            )
            && (Only(schema) is not { } values || values.Any(static value => value.ValueKind == JsonValueKind.Null))
            && (
                InputSchemaReader.Alternatives(schema) is not { } alternatives || alternatives.Any(one => TakesNull(reader, one, depth + 1))
            )
            && (
                InputSchemaReader.Member(schema, "allOf") is not { ValueKind: JsonValueKind.Array } parts
                || parts.EnumerateArray().All(part => TakesNull(reader, part, depth + 1))
            );
    }

    // The values that alone are taken; null where there are none, or where they are only suggestions.
    private static IReadOnlyList<JsonElement>? Only(JsonElement schema) =>
        InputSchemaReader.AllowsOthers(schema) ? null : InputSchemaReader.Values(schema);

    private static bool IsNull(JsonElement type) => type.ValueKind == JsonValueKind.String && type.ValueEquals("null");

    private static string WordsOf(string type) =>
        type switch
        {
            "string" => "text",
            "integer" => "a whole number",
            "number" => "a number",
            "boolean" => "true or false",
            "array" => "a list",
            _ => "an object",
        };

    private Dictionary<string, ValueRule> ReadMembers()
    {
        var rules = new Dictionary<string, ValueRule>(StringComparer.Ordinal);
        foreach (var property in reader.Shape(schema)?.Properties ?? [])
        {
            rules[property.Key] = new ValueRule(reader, property.Value);
        }

        return rules;
    }
}
