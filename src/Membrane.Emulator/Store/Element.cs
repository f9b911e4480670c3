using System;
using System.Text;
using System.Text.Json;
using Membrane.Emulator.Apps;
using Membrane.Emulator.Json;
using Membrane.Emulator.Search;
using Membrane.Emulator.Store;

namespace Membrane.Emulator;

/// <summary>
/// One stored thing: its JSON, which never changes, and what lookups need, read out of it once.
/// Members of the JSON whose names begin with an underscore are the emulator's own and are never shown.
/// </summary>
internal sealed class Element
{
    private readonly JsonElement body;
    private readonly byte[]? text;
    private readonly ElementHeader header;
    private SearchTerms? terms;
    private ActionPlan? plan;

    public Element(string collection, long sequence, JsonElement body)
    {
        Collection = collection;
        Sequence = sequence;
        Id = IdOf(body);
        var isRecord = collection.StartsWith(Collections.AllRecords, StringComparison.Ordinal);
        header = isRecord ? ElementHeader.None : new ElementHeader(body);

        // Records and runs are many and looked into seldom: they are kept as text, which takes a third of the memory.
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

    /// <summary>The JSON. Of a record and of a run it is read anew each time.</summary>
    public JsonElement Body => text is null ? body : JsonText.Parse(text);

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

    /// <summary>The words of name, key and description, for ranking; made when first asked for.</summary>
    public SearchTerms Terms => terms ??= SearchTerms.Of(this);

    /// <summary>What it does when it is an action; made when first asked for.</summary>
    public ActionPlan Plan => plan ??= ActionPlan.Of(Text("_planKey") ?? Key, Name);

    /// <summary>The id in the JSON of an element.</summary>
    public static string IdOf(JsonElement body) => body.Text("id") ?? body.Text("requestId") ?? "";

    public string? Text(string name) => Body.Text(name);
}
