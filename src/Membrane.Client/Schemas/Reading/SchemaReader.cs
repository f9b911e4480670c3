using System;
using System.Collections.Generic;
using System.Text.Json;
using Membrane.Client.Schemas.Checking;
using Membrane.Client.Schemas.Patterns;
using Membrane.Client.Schemas.Values;

namespace Membrane.Client.Schemas.Reading;

/// <summary>Reads those keywords of one schema that its dialect has, and refuses invalid ones.</summary>
internal sealed class SchemaReader(
    SchemaLibrary library,
    SchemaLocation location,
    bool checksFormats,
    Func<SchemaLocation, SchemaNode> nodeAt
)
{
    public SchemaDialect Dialect => location.Resource.Dialect;

    public bool ChecksFormats => checksFormats;

    /// <summary>Returns whether the schema has one of the keywords, be it of its dialect or not.</summary>
    public bool HasAny(string first, string? second = null, string? third = null, string? fourth = null) =>
        Has(first) || (second is not null && Has(second)) || (third is not null && Has(third)) || (fourth is not null && Has(fourth));

    public bool TryGet(string keyword, out JsonElement value)
    {
        value = default;
        return Dialect.Knows(keyword) && location.Element.TryGetProperty(keyword, out value);
    }

    private bool Has(string keyword) => location.Element.TryGetProperty(keyword, out _);

    public bool TryReadNumber(string keyword, out JsonElement number)
    {
        if (!TryGet(keyword, out number))
        {
            return false;
        }

        return number.ValueKind == JsonValueKind.Number ? true : throw Invalid(keyword, $"'{keyword}' must be a number");
    }

    public bool TryReadCount(string keyword, out long count)
    {
        count = 0;
        if (!TryGet(keyword, out var value))
        {
            return false;
        }

        if (value.ValueKind != JsonValueKind.Number || !ExactNumber.IsIntegral(value) || ExactNumber.Read(value).IsNegative)
        {
            throw Invalid(keyword, $"'{keyword}' must be a whole number, not negative");
        }

        count = ExactNumber.Read(value).ToCount();
        return true;
    }

    public string? ReadText(string keyword)
    {
        if (!TryGet(keyword, out var value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String ? JsonStrings.Read(value) : throw Invalid(keyword, $"'{keyword}' must be a string");
    }

    public bool IsTrue(string keyword)
    {
        if (!TryGet(keyword, out var value))
        {
            return false;
        }

        return value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw Invalid(keyword, $"'{keyword}' must be true or false"),
        };
    }

    /// <summary>Whether an annotation that is not a keyword of JSON Schema is true. Any other value counts as false.</summary>
    public bool HasMark(string name) => location.Element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    public string[] ReadNames(string keyword, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            throw Invalid(keyword, $"'{keyword}' must be an array of names");
        }

        var names = new List<string>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var element in value.EnumerateArray())
        {
            var name =
                element.ValueKind == JsonValueKind.String
                    ? JsonStrings.Read(element)
                    : throw Invalid(keyword, $"'{keyword}' must be an array of names");
            if (known.Add(name))
            {
                names.Add(name);
            }
        }

        return names.ToArray();
    }

    public bool TryReadObject(string keyword, out JsonElement members)
    {
        if (!TryGet(keyword, out members))
        {
            return false;
        }

        return members.ValueKind == JsonValueKind.Object ? true : throw Invalid(keyword, $"'{keyword}' must be an object");
    }

    public SchemaNode? ReadNode(string keyword) => TryGet(keyword, out _) ? Node("/" + keyword) : null;

    public SchemaNode[]? ReadNodes(string keyword)
    {
        if (!TryGet(keyword, out var value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0
            ? Nodes(keyword, value)
            : throw Invalid(keyword, $"'{keyword}' must be an array of at least one schema");
    }

    public SchemaNode[] Nodes(string keyword, JsonElement list)
    {
        var nodes = new SchemaNode[list.GetArrayLength()];
        for (var index = 0; index < nodes.Length; index++)
        {
            nodes[index] = Node($"/{keyword}/{index}");
        }

        return nodes;
    }

    public bool TryReadNodeMap(string keyword, out Dictionary<string, SchemaNode> nodes)
    {
        nodes = new Dictionary<string, SchemaNode>(StringComparer.Ordinal);
        if (!TryReadObject(keyword, out var members))
        {
            return false;
        }

        foreach (var member in members.EnumerateObject())
        {
            var name = JsonStrings.Name(member);
            nodes[name] = Node(keyword, name);
        }

        return true;
    }

    public SchemaNode Node(string keyword, string member) => Node($"/{keyword}/{JsonPointer.Escape(member)}");

    public SchemaPattern ReadPattern(string keyword, string pattern)
    {
        try
        {
            return new SchemaPattern(pattern);
        }
        catch (ArgumentException exception)
        {
            throw Invalid(keyword, $"the pattern {pattern} is refused: {exception.Message.TrimEnd('.')}", exception);
        }
    }

    /// <summary>Finds the schema that a reference points to.</summary>
    public SchemaLocation Resolve(string keyword, string reference) => library.Resolve(location, keyword, reference);

    public SchemaNode NodeAt(SchemaLocation target) => nodeAt(target);

    public JsonSchemaException Invalid(string keyword, string reason, Exception? cause = null) =>
        new(location.Pointer, keyword, reason + ".", cause);

    private SchemaNode Node(string step) => nodeAt(location.Resource.Document.Find(location.Pointer + step)!);
}
