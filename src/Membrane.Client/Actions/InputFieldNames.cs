using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Membrane.Client.English;
using Membrane.Client.Rows;

namespace Membrane.Client.Actions;

/// <summary>The fields that the schema of an action names, to find what a misspelt field was meant to be. Safe for use from several threads.</summary>
/// <param name="schema">The schema.</param>
internal sealed class InputFieldNames(JsonElement schema)
{
    private const int MaxDepth = 8;
    private const int MaxRemembered = 1000;

    private readonly InputSchemaReader reader = new(schema);
    private readonly ConcurrentDictionary<string, Dictionary<string, JsonElement>?> shapes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string?> known = new(StringComparer.Ordinal);

    /// <summary>Finds the fields of an input that the schema does not name, where it names one that is near and that the input lacks.</summary>
    /// <returns>The path of each field as it was written, and as it was meant.</returns>
    public IReadOnlyList<(string Given, string Meant)> Find(JsonElement input)
    {
        List<(string Given, string Meant)>? found = null;
        Collect(input, reader.Root, string.Empty, 0, ref found);
        return found ?? [];
    }

    private void Collect(JsonElement value, JsonElement schema, string path, int depth, ref List<(string Given, string Meant)>? found)
    {
        if (depth > MaxDepth)
        {
            return;
        }

        if (value.ValueKind == JsonValueKind.Array && InputSchemaReader.Member(reader.Resolve(schema), "items") is { } items)
        {
            foreach (var item in value.EnumerateArray())
            {
                Collect(item, items, path, depth + 1, ref found);
            }
        }
        else if (value.ValueKind == JsonValueKind.Object && shapes.GetOrAdd(path, _ => FieldsOf(schema)) is { } fields)
        {
            foreach (var member in value.EnumerateObject())
            {
                if (fields.TryGetValue(member.Name, out var field))
                {
                    if (member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                    {
                        Collect(member.Value, field, path + member.Name + ".", depth + 1, ref found);
                    }
                }
                else if (FindNear(path, member.Name, fields) is { } meant && !value.TryGetProperty(meant, out _))
                {
                    (found ??= []).Add((path + member.Name, path + meant));
                }
            }
        }
    }

    // Where any name is allowed by a schema of its own, names are data.
    private Dictionary<string, JsonElement>? FieldsOf(JsonElement schema)
    {
        var resolved = reader.Resolve(schema);
        var isMap =
            InputSchemaReader.Member(resolved, "additionalProperties") is { ValueKind: JsonValueKind.Object }
            || InputSchemaReader.Member(resolved, "patternProperties") is not null;
        return isMap || reader.Shape(schema) is not { Properties.Count: > 0 } shape
            ? null
            : shape.Properties.ToDictionary(static property => property.Key, static property => property.Value, StringComparer.Ordinal);
    }

    private string? FindNear(string path, string name, Dictionary<string, JsonElement> fields)
    {
        var key = path + name;
        if (known.TryGetValue(key, out var near))
        {
            return near;
        }

        // A name that differs in case alone is as wrong as any other one.
        near =
            fields.Keys.FirstOrDefault(field => string.Equals(field, name, StringComparison.OrdinalIgnoreCase))
            ?? NearName.Find(name, fields.Keys);
        if (known.Count < MaxRemembered)
        {
            known.TryAdd(key, near);
        }

        return near;
    }
}
