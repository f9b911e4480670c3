using System.Collections.Generic;
using System.Text.Json;
using Membrane.Client.Json;

namespace Membrane.Client.Paging;

/// <summary>Reads a page: the envelope <c>{ items, cursor? }</c> (or one or two other names for the items), or a bare array.</summary>
internal sealed class PageReader<T>(ModelReader<T> item, string itemsName = "items", string? otherItemsName = null)
    where T : MembraneModel
{
    /// <summary>Reads the items of the array that the reader stands on, to its end.</summary>
    public delegate IReadOnlyList<T> ReadItems(ref Utf8JsonReader reader);

    /// <summary>Reads one item.</summary>
    public ModelReader<T> Item => item;

    /// <summary>Reads a page.</summary>
    /// <exception cref="JsonException">The answer is neither.</exception>
    public Page<T> Read(ref Utf8JsonReader reader, ReadItems readItems)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            return new Page<T>(readItems(ref reader), null);
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("A list was expected.");
        }

        IReadOnlyList<T>? items = null;
        string? cursor = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (reader.ValueTextEquals(itemsName) || (otherItemsName is not null && reader.ValueTextEquals(otherItemsName)))
            {
                reader.Read();
                items =
                    reader.TokenType == JsonTokenType.StartArray
                        ? readItems(ref reader)
                        : throw new JsonException($"'{itemsName}' is not an array.");
            }
            else if (reader.ValueTextEquals("cursor"))
            {
                reader.Read();
                cursor = ReadCursor(ref reader);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return new Page<T>(items ?? throw new JsonException($"The list has no '{itemsName}'."), cursor);
    }

    // Cursors are text, except those of org-workspaces, which are numbers.
    private static string? ReadCursor(ref Utf8JsonReader reader) =>
        reader.TokenType switch
        {
            JsonTokenType.String => reader.GetText() is { Length: > 0 } text ? text : null,
            JsonTokenType.Number => reader.GetNumberText(),
            JsonTokenType.Null => null,
            _ => throw new JsonException("'cursor' is not text."),
        };
}
