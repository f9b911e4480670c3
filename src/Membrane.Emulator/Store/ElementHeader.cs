using System.Text.Json;
using Membrane.Emulator.Json;

namespace Membrane.Emulator.Store;

/// <summary>What lookups need of an element.</summary>
internal sealed class ElementHeader
{
    public ElementHeader(JsonElement body)
    {
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

    /// <summary>Of what is only ever found by its id.</summary>
    public static ElementHeader None { get; } = new(JsonText.EmptyObject);

    public string? Key { get; }

    public string? Uuid { get; }

    public string Name { get; }

    public string? TenantId { get; }

    public string? IntegrationId { get; }

    public string? ConnectionId { get; }

    public string? ConnectorId { get; }

    public string? ExternalAppId { get; }

    public string? ParentId { get; }

    public string? InstanceKey { get; }

    public string? State { get; }

    public bool IsArchived { get; }
}
