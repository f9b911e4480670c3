using Membrane.Client.Transport;

namespace Membrane.Client.Actions;

/// <summary>Names an action by id or key, and where a key is not enough, the scope that it is looked up in.</summary>
/// <remarks>Names an action.</remarks>
/// <param name="idOrKey">The id or key.</param>
/// <exception cref="MembraneInputException">It is empty, or would lead elsewhere.</exception>
public sealed class ActionSelector(string idOrKey)
{
    /// <summary>The id or key.</summary>
    public string IdOrKey { get; } = Selector.Check(idOrKey, "Action");

    /// <summary>The connection, by id.</summary>
    public string? ConnectionId { get; set; }

    /// <summary>The integration, by key.</summary>
    public string? IntegrationKey { get; set; }

    /// <summary>The integration, by id.</summary>
    public string? IntegrationId { get; set; }

    /// <summary>The layer: universal, integration or connection.</summary>
    public string? Layer { get; set; }

    /// <summary>What tells apart several instances on one connection.</summary>
    public string? InstanceKey { get; set; }

    internal ApiRequest Narrow(ApiRequest request) =>
        request
            .Query("connectionId", ConnectionId)
            .Query("integrationKey", IntegrationKey)
            .Query("integrationId", IntegrationId)
            .Query("layer", Layer)
            .Query("instanceKey", InstanceKey);
}
