using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Http;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Elements;

/// <summary>Pages of lists, in the API's envelope.</summary>
internal sealed class ElementLists(WorkspaceStore store, ElementView view)
{
    /// <summary>The size of a page when the caller does not say; the contract gives one for actions only.</summary>
    public const int DefaultLimit = 25;

    /// <summary>Returns a page in the order of creation, or of what was made last first.</summary>
    public Reply Page(
        OperationRequest request,
        string collection,
        Func<StoredElement, bool> filter,
        bool newestFirst = false,
        int defaultLimit = DefaultLimit,
        Action<Utf8JsonWriter, StoredElement>? write = null
    )
    {
        var limit = Limit(request, defaultLimit);
        var after = Cursor.Read(request.Operation.Id, request.Query.Text("cursor"));
        var found = store.From(collection, after, limit + 1, newestFirst, element => request.Caller.Sees(element) && filter(element));
        var cursor = found.Length > limit ? Cursor.Write(request.Operation.Id, found[limit - 1].Sequence) : null;
        return Envelope(found.Take(limit), cursor, write ?? view.Write);
    }

    /// <summary>Returns a page of something that has been put in order already.</summary>
    public Reply PageOf(
        OperationRequest request,
        IReadOnlyList<StoredElement> ranked,
        int defaultLimit = DefaultLimit,
        Action<Utf8JsonWriter, StoredElement>? write = null
    )
    {
        var limit = Limit(request, defaultLimit);
        var start = (int)Math.Max(0, Math.Min(int.MaxValue - 2000, Cursor.Read(request.Operation.Id, request.Query.Text("cursor")) ?? 0));
        var cursor = ranked.Count - start > limit ? Cursor.Write(request.Operation.Id, start + limit) : null;
        return Envelope(ranked.Skip(start).Take(limit), cursor, write ?? view.Write);
    }

    public static int Limit(OperationRequest request, int defaultLimit)
    {
        var limit = request.Query.Number("limit") ?? defaultLimit;
        return Math.Max(1, Math.Min(1000, limit));
    }

    private static Reply Envelope(IEnumerable<StoredElement> items, string? cursor, Action<Utf8JsonWriter, StoredElement> write) =>
        Reply.Json(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("items");
            foreach (var element in items)
            {
                write(writer, element);
            }

            writer.WriteEndArray();
            if (cursor is not null)
            {
                writer.WriteString("cursor", cursor);
            }

            writer.WriteEndObject();
        });
}
