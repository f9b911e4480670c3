using System.Text.Json;
using Membrane.Emulator.Apps;
using Membrane.Emulator.Json;
using Membrane.Emulator.Search;

namespace Membrane.Emulator;

/// <summary>
/// One stored thing (in this namespace, because outside of it Element is the contract of that name): its JSON, which never changes, and what lookups need, read out of it once.
/// Members of the JSON whose names begin with an underscore are the emulator's own and are never shown.
/// </summary>
internal sealed class Element
{
    private SearchTerms? terms;
    private ActionPlan? plan;

    public Element(string collection, long sequence, JsonElement body)
    {
        Collection = collection;
        Sequence = sequence;
        Body = body;
        Id = body.Text("id") ?? body.Text("requestId") ?? "";
        Key = body.Text("key");
        Uuid = body.Text("uuid");
        Name = body.Text("name") ?? "";
        TenantId = body.Text("tenantId") ?? body.Text("_tenantId");
        IntegrationId = body.Text("integrationId");
        ConnectionId = body.Text("connectionId");
        ConnectorId = body.Text("connectorId");
        ExternalAppId = body.Text("externalAppId");
        ParentId = body.Text("parentId");
        InstanceKey = body.Text("instanceKey");
        State = body.Text("state");
        IsArchived = body.Text("archivedAt") is not null;
    }

    public string Collection { get; }

    /// <summary>The order of creation; lists and cursors follow it.</summary>
    public long Sequence { get; }

    public JsonElement Body { get; }

    public string Id { get; }

    public string? Key { get; }

    public string? Uuid { get; }

    public string Name { get; }

    /// <summary>The tenant that alone may see it; null when the whole workspace may.</summary>
    public string? TenantId { get; }

    public string? IntegrationId { get; }

    public string? ConnectionId { get; }

    public string? ConnectorId { get; }

    public string? ExternalAppId { get; }

    public string? ParentId { get; }

    public string? InstanceKey { get; }

    public string? State { get; }

    public bool IsArchived { get; }

    /// <summary>The words of name, key and description, for ranking; made when first asked for.</summary>
    public SearchTerms Terms => terms ??= SearchTerms.Of(this);

    /// <summary>What it does when it is an action; made when first asked for.</summary>
    public ActionPlan Plan => plan ??= ActionPlan.Of(Text("_planKey") ?? Key, Name);

    public string? Text(string name) => Body.Text(name);
}
