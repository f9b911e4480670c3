using System;
using System.Buffers;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using Membrane.Client.Json;

namespace Membrane.Client.Paging;

/// <summary>Finds the items and the cursor in an answer of any shape.</summary>
internal static class LenientPageReader
{
    private static readonly string[] UsualNames = ["items", "records", "outputs", "runs", "data"];

    /// <summary>The items of a bare array, those of the envelope's list, or the answer itself where it holds none.</summary>
    public static Page<object?> From(object? answer, IObjectAdapter objects)
    {
        if (answer is null)
        {
            return new Page<object?>([], null);
        }

        if (answer is object?[] array)
        {
            return new Page<object?>(array, null);
        }

        var members = ObjectMembers.Of(answer, objects)?.ToArray() ?? [];
        var cursor = CursorOf(members.FirstOrDefault(static member => member.Key == "cursor").Value);
        var items = UsualNames
            .Select(name => members.FirstOrDefault(member => member.Key == name).Value as object?[])
            .FirstOrDefault(static list => list is not null);
        return new Page<object?>(items ?? [answer], items is null ? null : cursor);
    }

    /// <summary>The same of a large answer: each item is read when it is its turn.</summary>
    /// <param name="reader">A reader of the body, which stands on its first token.</param>
    /// <param name="body">The body, which stays.</param>
    /// <param name="objects">What JSON objects are in memory.</param>
    /// <param name="describe">Turns what an item cannot be read for into the error of the request.</param>
    public static Page<object?> FromLarge(
        ref Utf8JsonReader reader,
        ReadOnlySequence<byte> body,
        IObjectAdapter objects,
        Func<Exception, MembraneException> describe
    )
    {
        // What is passed over below is not decoded, and an answer that is not valid UTF-8 is refused whatever its size.
        LenientJsonText.RequireUtf8(body);
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            return new Page<object?>(Later(ref reader), null);
        }

        var lists = new LargePageItems<object?>?[UsualNames.Length];
        string? cursor = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetText();
            reader.Read();
            var usual = Array.IndexOf(UsualNames, name);
            if (usual >= 0 && reader.TokenType == JsonTokenType.StartArray)
            {
                lists[usual] = Later(ref reader);
                continue;
            }

            if (usual >= 0)
            {
                lists[usual] = null;
            }

            if (name == "cursor")
            {
                cursor = CursorOf(JsonValueReader.Read(ref reader, objects));
            }
            else
            {
                reader.Skip();
            }
        }

        return lists.FirstOrDefault(static list => list is not null) is { } items
            ? new Page<object?>(items, cursor)
            : From(Whole(body), objects);

        LargePageItems<object?> Later(ref Utf8JsonReader atItems) =>
            LargePageItems<object?>.Find(
                ref atItems,
                body,
                isOfObjects: false,
                (ref Utf8JsonReader atItem) => JsonValueReader.Read(ref atItem, objects),
                describe
            );

        object? Whole(ReadOnlySequence<byte> bytes)
        {
            var again = new Utf8JsonReader(bytes);
            again.Read();
            return JsonValueReader.Read(ref again, objects);
        }
    }

    // Cursors are text, except those of org-workspaces, which are numbers.
    private static string? CursorOf(object? value) =>
        value switch
        {
            string { Length: > 0 } text => text,
            long number => number.ToString(CultureInfo.InvariantCulture),
            _ => null,
        };
}
