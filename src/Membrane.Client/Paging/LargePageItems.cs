using System;
using System.Buffers;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace Membrane.Client.Paging;

/// <summary>
/// The items of a large page, each read from the bytes of the answer when it is its turn: a page of 30 MB is some hundred megabytes of
/// objects, of which the reader of a list needs one at a time.
/// </summary>
/// <param name="body">The items and what follows them, from behind the beginning of their array.</param>
/// <param name="state">The state of a reader that has come so far.</param>
/// <param name="count">How many there are.</param>
/// <param name="read">Reads an item.</param>
/// <param name="describe">Turns what an item cannot be read for into the error of the request.</param>
internal sealed class LargePageItems<T>(
    ReadOnlySequence<byte> body,
    JsonReaderState state,
    int count,
    LargePageItems<T>.ReadItem read,
    Func<Exception, MembraneException> describe
) : IReadOnlyList<T>
{
    /// <summary>Reads the object that the reader stands on.</summary>
    public delegate T ReadItem(ref Utf8JsonReader reader);

    /// <summary>Counts the items of the array that the reader stands on, to read each of them later.</summary>
    /// <param name="reader">A reader of the body.</param>
    /// <param name="whole">The body, which stays.</param>
    /// <param name="isOfObjects">Whether anything but an object is an error.</param>
    /// <param name="read">Reads an item.</param>
    /// <param name="describe">Turns what an item cannot be read for into the error of the request.</param>
    public static LargePageItems<T> Find(
        ref Utf8JsonReader reader,
        ReadOnlySequence<byte> whole,
        bool isOfObjects,
        ReadItem read,
        Func<Exception, MembraneException> describe
    )
    {
        var items = whole.Slice(reader.Position);
        var state = reader.CurrentState;
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (isOfObjects && reader.TokenType != JsonTokenType.StartObject)
            {
                throw new JsonException($"An object was expected where the list has a {reader.TokenType}.");
            }

            reader.Skip();
            count++;
        }

        return new LargePageItems<T>(items, state, count, read, describe);
    }

    public int Count { get; } = count;

    /// <summary>Gets one item, by reading all up to it: to take them in any order, make an array of them first.</summary>
    public T this[int index] => this.ElementAt(index);

    public IEnumerator<T> GetEnumerator()
    {
        var rest = body;
        var position = state;
        for (var index = 0; index < Count; index++)
        {
            yield return Next(ref rest, ref position);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private T Next(ref ReadOnlySequence<byte> rest, ref JsonReaderState position)
    {
        try
        {
            var reader = new Utf8JsonReader(rest, isFinalBlock: true, position);
            reader.Read();
            var item = read(ref reader);
            rest = rest.Slice(reader.Position);
            position = reader.CurrentState;
            return item;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw describe(exception);
        }
    }
}
