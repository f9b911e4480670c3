using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Membrane.Client.Json;
using Membrane.Client.Rows;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Actions;

/// <summary>A place in the input of an action, and what its schema allows there.</summary>
internal sealed class InputPlace
{
    private readonly InputSchemaReader reader;
    private readonly JsonElement schema;

    private InputPlace(InputSchemaReader reader, JsonElement schema)
    {
        this.reader = reader;
        this.schema = schema;
    }

    /// <summary>Finds the place; null where the schema knows of none.</summary>
    /// <param name="inputSchema">The schema of the input.</param>
    /// <param name="path">The keys that lead to it. Items of lists are looked through.</param>
    public static InputPlace? Find(object inputSchema, IEnumerable<string?> path)
    {
        var reader = new InputSchemaReader(JsonNodes.Element(inputSchema, PowerShellObjectAdapter.Instance, "InputSchema"));
        var schema = ItemOf(reader, reader.Root);
        foreach (var key in path)
        {
            var properties = reader.Shape(schema)?.Properties ?? [];
            var found = properties.FirstOrDefault(property => string.Equals(property.Key, key, StringComparison.OrdinalIgnoreCase));
            if (found.Key is null)
            {
                return null;
            }

            schema = ItemOf(reader, found.Value);
        }

        return new InputPlace(reader, schema);
    }

    /// <summary>Returns the properties that are not there yet, those that must be there first.</summary>
    public IEnumerable<CompletionWord> Keys(IReadOnlyCollection<string> present)
    {
        if (reader.Shape(schema) is not { } shape)
        {
            return [];
        }

        return shape
            .Properties.Where(property => !present.Contains(property.Key, StringComparer.OrdinalIgnoreCase))
            .OrderByDescending(property => shape.Required.Contains(property.Key))
            .Select(property => new CompletionWord(
                property.Key,
                Describe(property.Value, shape.Required.Contains(property.Key)),
                InputSchemaReader.Text(property.Value, "title")
            ));
    }

    /// <summary>Returns the values that the schema names, as they are written in script.</summary>
    public IEnumerable<CompletionWord> Values()
    {
        var values = InputSchemaReader.Values(schema);
        return values is null && reader.OnlyType(schema) == "boolean"
            ? [new("$true", null), new("$false", null)]
            : (values ?? []).Select(Write).OfType<CompletionWord>();
    }

    private static CompletionWord? Write(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String when InputSchemaReader.Text(value) is { Length: > 0 } text => new(CompletionText.Quoted(text), text, text),
            JsonValueKind.Number => new(value.GetRawText(), null),
            JsonValueKind.True => new("$true", null),
            JsonValueKind.False => new("$false", null),
            _ => null,
        };

    private static JsonElement ItemOf(InputSchemaReader reader, JsonElement schema)
    {
        schema = reader.Resolve(schema);
        return reader.OnlyType(schema) == "array" && InputSchemaReader.Member(schema, "items") is { } items
            ? reader.Resolve(items)
            : schema;
    }

    private string Describe(JsonElement property, bool isRequired)
    {
        var types = string.Join(" or ", reader.Types(property));
        var need = isRequired ? "required" : null;
        var about = InputSchemaReader.Text(property, "description") ?? InputSchemaReader.Text(property, "title");
        var facts = string.Join(", ", new[] { types, need }.Where(static fact => !string.IsNullOrEmpty(fact)));
        return facts.Length == 0 ? about ?? string.Empty
            : about is null ? facts
            : $"{facts}: {about}";
    }
}
