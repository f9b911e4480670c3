using System;
using System.Buffers;
using System.Collections.Generic;
using System.Text.Json;
using Membrane.Client.Json;

namespace Membrane.Client.Paging;

/// <summary>Reads the items of a page, all at once or each when it is its turn.</summary>
/// <param name="item">Reads one.</param>
/// <param name="objects">What JSON objects are in memory.</param>
/// <param name="mark">Notes on an item what the service does not say.</param>
internal sealed class PageItemReader<T>(ModelReader<T> item, IObjectAdapter objects, Action<T>? mark)
    where T : MembraneModel
{
    /// <summary>Reads the items of the array that the reader stands on.</summary>
    public IReadOnlyList<T> ReadAll(ref Utf8JsonReader reader)
    {
        var items = new List<T>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(Read(ref reader));
        }

        return items;
    }

    /// <summary>Counts the items of the array that the reader stands on, to read each of them later.</summary>
    /// <param name="reader">A reader of the body.</param>
    /// <param name="body">The body, which stays.</param>
    /// <param name="describe">Turns what an item cannot be read for into the error of the request.</param>
    public IReadOnlyList<T> ReadLater(
        ref Utf8JsonReader reader,
        ReadOnlySequence<byte> body,
        Func<Exception, MembraneException> describe
    ) => LargePageItems<T>.Find(ref reader, body, isOfObjects: true, Read, describe);

    private T Read(ref Utf8JsonReader reader)
    {
        var read = item.Read(ref reader, objects);
        mark?.Invoke(read);
        return read;
    }
}
