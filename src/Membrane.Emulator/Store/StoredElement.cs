using System;
using System.Text;
using System.Text.Json;
using Membrane.Emulator.Json;

namespace Membrane.Emulator.Store;

/// <summary>
/// One stored thing: its JSON, which never changes, and what lookups need, read out of it once.
/// Members of the JSON whose names begin with an underscore are the emulator's own and are never shown.
/// </summary>
internal sealed class StoredElement
{
    private readonly JsonElement body;
    private readonly byte[]? text;
    private readonly ElementHeader header;
    private Derived? derived;

    public StoredElement(string collection, long sequence, JsonElement body)
    {
        Collection = collection;
        Sequence = sequence;
        Id = IdOf(body);
        var isRecord = collection.StartsWith(Collections.AllRecords, StringComparison.Ordinal);
        header = isRecord ? ElementHeader.None : new ElementHeader(body);

        // Records and runs are many and rarely looked into: they are kept as text, which takes a third of the memory.
        if (isRecord || collection == Collections.ActionRunLogs)
        {
            text = Encoding.UTF8.GetBytes(body.GetRawText());
        }
        else
        {
            this.body = body;
        }
    }

    public string Collection { get; }

    /// <summary>The order of creation; lists and cursors follow it.</summary>
    public long Sequence { get; }

    /// <summary>The JSON. Of a record and of a run it is parsed again each time.</summary>
    public JsonElement Body => text is null ? body : EmulatorJson.Parse(text);

    public string Id { get; }

    public string? Key => header.Key;

    public string? Uuid => header.Uuid;

    public string Name => header.Name;

    /// <summary>The tenant that alone may see it; null when the whole workspace may.</summary>
    public string? TenantId => header.TenantId;

    public string? IntegrationId => header.IntegrationId;

    public string? ConnectionId => header.ConnectionId;

    public string? ConnectorId => header.ConnectorId;

    public string? ExternalAppId => header.ExternalAppId;

    public string? ParentId => header.ParentId;

    public string? InstanceKey => header.InstanceKey;

    public string? State => header.State;

    public bool IsArchived => header.IsArchived;

    /// <summary>Returns the id in the JSON of an element.</summary>
    public static string IdOf(JsonElement body) => body.Text("id") ?? body.Text("requestId") ?? "";

    public string? Text(string name) => Body.Text(name);

    /// <summary>Gets what another layer makes of the element: made once, since the element never changes.</summary>
    public T Derive<T>(Func<StoredElement, T> make)
        where T : class
    {
        for (var one = derived; one is not null; one = one.Next)
        {
            if (one.Value is T known)
            {
                return known;
            }
        }

        var made = make(this);
        derived = new Derived(made, derived);
        return made;
    }

    private sealed record Derived(object Value, Derived? Next);
}
