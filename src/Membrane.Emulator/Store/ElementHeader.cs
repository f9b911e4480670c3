using System.Text.Json;
using Membrane.Emulator.Json;

namespace Membrane.Emulator.Store;

/// <summary>What lookups need of an element.</summary>
internal sealed class ElementHeader(JsonElement body)
{
    /// <summary>Of what is only ever found by its id.</summary>
    public static ElementHeader None { get; } = new(EmulatorJson.EmptyObject);

    public string? Key { get; } = body.Text("key");

    public string? Uuid { get; } = body.Text("uuid");

    public string Name { get; } = body.Text("name") ?? "";

    public string? TenantId { get; } = body.Text("tenantId") ?? body.OwnerId;

    public string? IntegrationId { get; } = body.Text("integrationId");

    public string? ConnectionId { get; } = body.Text("connectionId");

    public string? ConnectorId { get; } = body.Text("connectorId");

    public string? ExternalAppId { get; } = body.Text("externalAppId");

    public string? ParentId { get; } = body.Text("parentId");

    public string? InstanceKey { get; } = body.Text("instanceKey");

    public string? State { get; } = body.Text("state");

    public bool IsArchived { get; } = body.Text("archivedAt") is not null;
}
