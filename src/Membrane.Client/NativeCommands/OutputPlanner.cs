using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Membrane.Client.Actions;
using Membrane.Client.Rows;

namespace Membrane.Client.NativeCommands;

/// <summary>Says of the output of an action what its objects are.</summary>
internal static class OutputPlanner
{
    private const int MaxProperties = 500;
    private const int MaxColumns = 4;
    private const int MaxEnvelopeDepth = 2;

    private static readonly HashSet<string> Cursors = new(StringComparer.Ordinal)
    {
        "cursor",
        "nextcursor",
        "nextpagetoken",
        "nextpagecursor",
        "endcursor",
        "pagetoken",
    };

    private static readonly string[] First =
    [
        "id",
        "key",
        "number",
        "name",
        "title",
        "subject",
        "email",
        "text",
        "label",
        "displayName",
        "status",
        "state",
        "type",
    ];

    /// <summary>What is emitted; null where the schema says nothing of objects.</summary>
    public static OutputPlan? Plan(InputSchemaReader reader, string typeName)
    {
        var schema = reader.Root;
        string? itemsProperty = null;
        string? cursorProperty = null;
        if (IsArray(reader, schema))
        {
            schema = Items(reader, schema);
        }
        else if (reader.Shape(schema) is { } answer && List(reader, answer) is { } list)
        {
            itemsProperty = list.Key;
            cursorProperty = Cursor(reader, answer, string.Empty, 0);
            schema = Items(reader, list.Value);
        }

        if (schema.ValueKind != JsonValueKind.Object || reader.Shape(schema) is not { } shape)
        {
            return itemsProperty is null ? null : new OutputPlan(typeName, itemsProperty, cursorProperty, [], []);
        }

        var properties = shape.Properties.Where(static property => property.Key.Length is > 0 and < 200).Take(MaxProperties).ToArray();
        var columns = properties
            .Where(property => reader.OnlyType(property.Value) is not (null or "object" or "array"))
            .Select(static property => property.Key)
            .Where(ScriptText.IsVisible)
            .OrderBy(Rank)
            .Take(MaxColumns)
            .ToArray();
        return new OutputPlan(
            typeName,
            itemsProperty,
            cursorProperty,
            properties.Select(static property => property.Key).ToArray(),
            columns
        );
    }

    // The response of a list is an envelope: exactly one array, and what says where the page ends.
    private static KeyValuePair<string, JsonElement>? List(InputSchemaReader reader, ObjectShape answer)
    {
        var lists = answer.Properties.Where(property => IsArray(reader, property.Value)).ToArray();
        var isEnvelope =
            lists.Length == 1 && answer.Properties.All(property => property.Key == lists[0].Key || AnswerEnvelope.IsPaging(property.Key));
        return isEnvelope ? lists[0] : null;
    }

    // In the envelope itself or in its paging object: response_metadata.next_cursor, paging.next.after.
    private static string? Cursor(InputSchemaReader reader, ObjectShape shape, string parent, int depth)
    {
        var members = shape
            .Properties.Where(static property => property.Key.IndexOf('.') < 0 && ScriptText.IsVisible(property.Key))
            .ToArray();
        var own = members
            .Where(property => IsCursor(Plain(property.Key), parent) && reader.OnlyType(property.Value) is not ("object" or "array"))
            .Select(static property => property.Key)
            .ToArray();
        return own.Length > 0 || depth == MaxEnvelopeDepth
            ? own.FirstOrDefault()
            : members
                .Where(property => AnswerEnvelope.IsPaging(property.Key) && reader.OnlyType(property.Value) == "object")
                .Select(property =>
                    reader.Shape(property.Value) is { } inner && Cursor(reader, inner, Plain(property.Key), depth + 1) is { } nested
                        ? $"{property.Key}.{nested}"
                        : null
                )
                .FirstOrDefault(static path => path is not null);
    }

    private static bool IsCursor(string name, string parent) =>
        Cursors.Contains(name) || (name == "after" && parent is "next" or "cursors") || (name == "next" && parent is "cursor" or "cursors");

    private static string Plain(string name) => string.Concat(NameWords.Split(name));

    private static bool IsArray(InputSchemaReader reader, JsonElement schema) => reader.OnlyType(schema) == "array";

    private static JsonElement Items(InputSchemaReader reader, JsonElement schema) =>
        InputSchemaReader.Member(schema, "items") is { } items ? reader.Resolve(items) : default;

    private static int Rank(string name)
    {
        var index = Array.FindIndex(First, first => first.Equals(name, StringComparison.OrdinalIgnoreCase));
        return index < 0 ? First.Length : index;
    }
}
