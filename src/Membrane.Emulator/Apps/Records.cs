using System;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Apps;

/// <summary>The records of a connection's data collections: what actions and data collections both work on.</summary>
internal sealed class Records(WorkspaceStore store, EmulatorClock clock)
{
    /// <summary>The size of a page unless the request says.</summary>
    public const int DefaultPage = 100;

    /// <summary>Occurs after each change of a record, on the thread that made it.</summary>
    public event Action<RecordChange>? Changed;

    /// <summary>Returns the record, or the error of an external app that does not have it.</summary>
    public StoredElement Get(string connectionId, string collection, string id) =>
        store.Find(Collections.Records(connectionId, collection), id)
        ?? throw ApiException.NotFound($"There is no record '{UrlEncoding.Shorten(id)}' in '{collection}'.");

    public StoredElement Create(string connectionId, string collection, JsonObject fields)
    {
        var created = store.Change(transaction =>
        {
            var now = EmulatorJson.Time(clock.Now);
            fields.Remove("id");
            return transaction.Put(
                Collections.Records(connectionId, collection),
                new JsonObject
                {
                    ["id"] = transaction.NewId("rec"),
                    ["fields"] = fields,
                    ["createdTime"] = now,
                    ["updatedTime"] = now,
                }
            );
        });
        Changed?.Invoke(new RecordChange(connectionId, collection, RecordChangeKind.Created, created));
        return created;
    }

    public StoredElement Update(string connectionId, string collection, string id, JsonObject fields) =>
        Write(
            connectionId,
            collection,
            id,
            fields,
            _ => throw ApiException.NotFound($"There is no record '{UrlEncoding.Shorten(id)}' in '{collection}'.")
        );

    /// <summary>Changes the record with the id, or makes it.</summary>
    public StoredElement Upsert(string connectionId, string collection, string id, JsonObject fields) =>
        Write(
            connectionId,
            collection,
            id,
            fields,
            now => new JsonObject
            {
                ["id"] = id,
                ["fields"] = new JsonObject(),
                ["createdTime"] = now,
            }
        );

    private StoredElement Write(string connectionId, string collection, string id, JsonObject fields, Func<string, JsonObject> missing)
    {
        var kind = RecordChangeKind.Updated;
        var written = store.Change(transaction =>
        {
            var table = Collections.Records(connectionId, collection);
            var now = EmulatorJson.Time(clock.Now);
            var old = transaction.Find(table, id);
            kind = old is null ? RecordChangeKind.Created : RecordChangeKind.Updated;
            var body = old is null ? missing(now) : EmulatorJson.Edit(old.Body);
            var kept = (JsonObject)body["fields"]!;
            fields.Remove("id");
            foreach (var field in fields.ToArray())
            {
                kept[field.Key] = field.Value?.DeepClone();
            }

            body["updatedTime"] = now;
            return transaction.Put(table, body);
        });
        Changed?.Invoke(new RecordChange(connectionId, collection, kind, written));
        return written;
    }

    public void Delete(string connectionId, string collection, string id)
    {
        var deleted = store.Change(transaction =>
        {
            var table = Collections.Records(connectionId, collection);
            var old =
                transaction.Find(table, id)
                ?? throw ApiException.NotFound($"There is no record '{UrlEncoding.Shorten(id)}' in '{collection}'.");
            transaction.Remove(table, id);
            return old;
        });
        Changed?.Invoke(new RecordChange(connectionId, collection, RecordChangeKind.Deleted, deleted));
    }

    /// <summary>Returns a page of the records that pass the filter, and the cursor of the next page.</summary>
    public (StoredElement[] Records, string? Cursor) Page(
        string connectionId,
        string collection,
        string? cursor,
        int limit,
        Func<StoredElement, bool> filter
    )
    {
        var table = Collections.Records(connectionId, collection);
        var found = store.From(table, Cursor.Read(table, cursor), limit + 1, descending: false, filter);
        return found.Length <= limit ? (found, null) : (found.Take(limit).ToArray(), Cursor.Write(table, found[limit - 1].Sequence));
    }

    /// <summary>Whether the record has every field of the query, with that value.</summary>
    public static bool Matches(StoredElement record, JsonElement? query)
    {
        if (query is not { ValueKind: JsonValueKind.Object } wanted)
        {
            return true;
        }

        var fields = record.Body.GetProperty("fields");
        foreach (var property in wanted.EnumerateObject())
        {
            if (
                property.Name == "id"
                    ? property.Value.ToString() != record.Id
                    : !fields.TryGetProperty(property.Name, out var value) || !Same(value, property.Value)
            )
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether any text of the record holds the query, in any case.</summary>
    public static bool Matches(StoredElement record, string query) => ContainsText(record.Body.GetProperty("fields"), query);

    private static bool Same(JsonElement left, JsonElement right) =>
        left.ValueKind == JsonValueKind.String || right.ValueKind == JsonValueKind.String
            ? string.Equals(left.ToString(), right.ToString(), StringComparison.OrdinalIgnoreCase)
            : left.GetRawText() == right.GetRawText();

    private static bool ContainsText(JsonElement value, string query) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => value.EnumerateObject().Any(member => ContainsText(member.Value, query)),
            JsonValueKind.Array => value.EnumerateArray().Any(item => ContainsText(item, query)),
            JsonValueKind.String or JsonValueKind.Number => value.ToString().IndexOf(query, StringComparison.OrdinalIgnoreCase) >= 0,
            _ => false,
        };
}
