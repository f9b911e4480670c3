using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Membrane.Client.Schemas.Reading;

namespace Membrane.Client.Rows;

/// <summary>
/// Reads of a schema what a person can be asked for. It decides nothing about validity: inputs are checked against the whole
/// schema before they are sent. Schemas may be hostile: what refers to itself, is nested deep or has no end is cut.
/// </summary>
internal sealed class InputSchemaReader(JsonElement root)
{
    private const int MaxDepth = 12;
    private const int MaxReferences = 40;
    private const int MaxProperties = 20_000;

    private readonly Lazy<SchemaReferences> references = new(() => new SchemaReferences(root));

    /// <summary>The schema itself, with what it refers to.</summary>
    public JsonElement Root => Resolve(root);

    /// <summary>What a schema refers to; itself where it refers to nothing in this document.</summary>
    public JsonElement Resolve(JsonElement schema)
    {
        for (var count = 0; count < MaxReferences && Member(schema, "$ref") is { ValueKind: JsonValueKind.String } reference; count++)
        {
            if (Find(reference.GetString()!) is not { } target)
            {
                return schema;
            }

            schema = target;
        }

        return schema;
    }

    /// <summary>The properties, where the schema is one of an object.</summary>
    public ObjectShape? Shape(JsonElement schema)
    {
        var properties = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var order = new List<string>();
        HashSet<string> required = new(StringComparer.Ordinal);
        var allowsMore = true;
        var isObject = Collect(Resolve(schema), 0, properties, order, required, ref allowsMore);
        return isObject
            ? new ObjectShape(
                order.Select(name => new KeyValuePair<string, JsonElement>(name, Resolve(properties[name]))).ToArray(),
                required,
                allowsMore
            )
            : null;
    }

    /// <summary>The types that the schema allows, without null; empty where it does not say.</summary>
    public IReadOnlyList<string> Types(JsonElement schema, int depth = 0)
    {
        schema = Resolve(schema);
        if (Member(schema, "type") is { } type)
        {
            return (type.ValueKind == JsonValueKind.Array ? type.EnumerateArray() : Enumerable.Repeat(type, 1))
                .Where(static one => one.ValueKind == JsonValueKind.String)
                .Select(static one => Text(one)!)
                .Where(static one => one != "null")
                .Distinct(StringComparer.Ordinal)
                .ToArray();
        }

        if (Values(schema) is { } values)
        {
            return values.Select(TypeOf).Where(static one => one != "null").Distinct(StringComparer.Ordinal).ToArray();
        }

        if (depth < MaxDepth && Alternatives(schema) is { Count: > 0 } alternatives)
        {
            var each = alternatives
                .Where(static one => Text(one, "type") != "null")
                .Select(one => Types(one, depth + 1).ToArray())
                .ToArray();
            return each.Any(static one => one.Length == 0)
                ? []
                : each.SelectMany(static one => one).Distinct(StringComparer.Ordinal).ToArray();
        }

        return Member(schema, "properties") is not null || Member(schema, "allOf") is not null ? ["object"]
            : Member(schema, "items") is not null ? ["array"]
            : [];
    }

    /// <summary>The one type that the schema allows, without null; null where it allows several or does not say.</summary>
    public string? OnlyType(JsonElement schema)
    {
        var types = Types(schema);
        return types.Count == 1 ? types[0]
            : types.Count == 2 && types.Contains("integer") && types.Contains("number") ? "number"
            : null;
    }

    /// <summary>The values that the schema allows; null where it names none.</summary>
    public static IReadOnlyList<JsonElement>? Values(JsonElement schema) =>
        Member(schema, "enum") is { ValueKind: JsonValueKind.Array } values && values.GetArrayLength() > 0
            ? values.EnumerateArray().ToArray()
        : Member(schema, "const") is { } value ? [value]
        : null;

    /// <summary>Whether the values of the schema are suggestions (<c>allowCustom</c>).</summary>
    public static bool AllowsOthers(JsonElement schema) => Member(schema, "allowCustom") is { ValueKind: JsonValueKind.True };

    /// <summary>A member of a schema.</summary>
    public static JsonElement? Member(JsonElement schema, string name) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(name, out var member) ? member : null;

    /// <summary>The text of a member; null where it is not one.</summary>
    public static string? Text(JsonElement schema, string name) => Member(schema, name) is { } member ? Text(member) : null;

    /// <summary>Text of a schema; half a surrogate pair makes it none.</summary>
    public static string? Text(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string TypeOf(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => "string",
            JsonValueKind.Number => value.TryGetInt64(out _) ? "integer" : "number",
            JsonValueKind.True or JsonValueKind.False => "boolean",
            JsonValueKind.Array => "array",
            JsonValueKind.Object => "object",
            _ => "null",
        };

    /// <summary>The alternatives of which one must fit; null where there are none.</summary>
    public static List<JsonElement>? Alternatives(JsonElement schema) =>
        Member(schema, "oneOf") is { ValueKind: JsonValueKind.Array } one ? one.EnumerateArray().ToList()
        : Member(schema, "anyOf") is { ValueKind: JsonValueKind.Array } any ? any.EnumerateArray().ToList()
        : null;

    private bool Collect(
        JsonElement schema,
        int depth,
        Dictionary<string, JsonElement> properties,
        List<string> order,
        HashSet<string> required,
        ref bool allowsMore
    )
    {
        if (depth > MaxDepth || schema.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        var isObject =
            Text(schema, "type") == "object"
            || (Member(schema, "type") is { ValueKind: JsonValueKind.Array } && OnlyType(schema) == "object");
        if (Member(schema, "properties") is { ValueKind: JsonValueKind.Object } own)
        {
            isObject = true;
            foreach (var property in own.EnumerateObject())
            {
                if (order.Count < MaxProperties && Name(property) is { } name && !properties.ContainsKey(name))
                {
                    properties[name] = property.Value;
                    order.Add(name);
                }
            }
        }

        if (Member(schema, "required") is { ValueKind: JsonValueKind.Array } names)
        {
            required.UnionWith(names.EnumerateArray().Select(Text).Where(static name => name is not null)!);
        }

        allowsMore &= Member(schema, "additionalProperties") is not { ValueKind: JsonValueKind.False };
        if (Member(schema, "allOf") is { ValueKind: JsonValueKind.Array } all)
        {
            foreach (var part in all.EnumerateArray())
            {
                isObject |= Collect(Resolve(part), depth + 1, properties, order, required, ref allowsMore);
            }
        }

        return CollectAlternatives(schema, depth, properties, order, required, ref allowsMore) ?? isObject;
    }

    // Of alternatives that all are objects, what each of them needs is needed, and what any of them has can be given.
    private bool? CollectAlternatives(
        JsonElement schema,
        int depth,
        Dictionary<string, JsonElement> properties,
        List<string> order,
        HashSet<string> required,
        ref bool allowsMore
    )
    {
        if (Alternatives(schema) is not { Count: > 0 } alternatives)
        {
            return null;
        }

        HashSet<string>? shared = null;
        var areObjects = true;
        foreach (var alternative in alternatives)
        {
            HashSet<string> needed = new(StringComparer.Ordinal);
            var constrainsOnly = Member(schema, "properties") is not null && Member(alternative, "required") is not null;
            areObjects &= Collect(Resolve(alternative), depth + 1, properties, order, needed, ref allowsMore) || constrainsOnly;
            if (shared is null)
            {
                shared = needed;
            }
            else
            {
                shared.IntersectWith(needed);
            }
        }

        required.UnionWith(shared!);
        return areObjects;
    }

    private static string? Name(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private JsonElement? Find(string reference) => references.Value.Find(references.Value.Root, reference)?.Element;
}
