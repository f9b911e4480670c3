using Membrane.Client.Transport;

namespace Membrane.Client;

/// <summary>Where a key is looked up: the layers of a workspace have elements of the same key. Null means anywhere.</summary>
public sealed class ElementScope
{
    /// <summary>The layer: universal, integration or connection.</summary>
    public string? Layer { get; set; }

    /// <summary>The integration, by id.</summary>
    public string? IntegrationId { get; set; }

    /// <summary>The integration, by key.</summary>
    public string? IntegrationKey { get; set; }

    /// <summary>The connection, by id.</summary>
    public string? ConnectionId { get; set; }

    /// <summary>The connection, by key.</summary>
    public string? ConnectionKey { get; set; }

    /// <summary>What tells apart several instances on one connection.</summary>
    public string? InstanceKey { get; set; }

    /// <summary>Whether nothing is narrowed.</summary>
    public bool IsEmpty =>
        string.IsNullOrEmpty(Layer)
        && string.IsNullOrEmpty(IntegrationId)
        && string.IsNullOrEmpty(IntegrationKey)
        && string.IsNullOrEmpty(ConnectionId)
        && string.IsNullOrEmpty(ConnectionKey)
        && string.IsNullOrEmpty(InstanceKey);

    internal ApiRequest Narrow(ApiRequest request) =>
        request
            .Query("layer", Layer)
            .Query("integrationKey", IntegrationKey)
            .Query("integrationId", IntegrationId)
            .Query("connectionId", ConnectionId)
            .Query("connectionKey", ConnectionKey)
            .Query("instanceKey", InstanceKey);
}
