using System;
using System.Globalization;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Elements;

/// <summary>What the six selector parameters of the query narrow a layered element to.</summary>
internal sealed class LayerScope(Layer? layer, string? integrationId, StoredElement? connection, string? instanceKey)
{
    private readonly string? connectionId = connection?.Id;
    private readonly string? connectionIntegrationId = connection?.IntegrationId;

    /// <summary>Whether of several layers the narrowest is meant.</summary>
    public bool Picks => layer is null && (connectionId is not null || integrationId is not null);

    public static LayerScope Of(OperationRequest request, ElementFinder finder)
    {
        var query = request.Query;
        Layer? layer = query.Text("layer") is { } name
            ? (Layer)Enum.Parse(typeof(Layer), CultureInfo.InvariantCulture.TextInfo.ToTitleCase(name))
            : null;
        var connectionSelector = query.Text("connectionId") ?? query.Text("connectionKey");
        var connection = connectionSelector is null
            ? null
            : finder.FindCurrent(ElementKinds.Connection, connectionSelector, request.Caller);
        var integrationSelector = query.Text("integrationId") ?? query.Text("integrationKey");
        var integrationId = integrationSelector is null
            ? null
            : finder.FindCurrent(ElementKinds.Integration, integrationSelector, request.Caller).Id;
        return new LayerScope(layer, integrationId, connection, query.Text("instanceKey"));
    }

    public bool Contains(StoredElement element)
    {
        var own = Layers.Of(element);
        if (layer is not null && own != layer)
        {
            return false;
        }

        if (instanceKey is not null && element.InstanceKey != instanceKey)
        {
            return false;
        }

        if (connectionId is not null)
        {
            return own switch
            {
                Layer.Connection => element.ConnectionId == connectionId,
                Layer.Integration => element.IntegrationId == connectionIntegrationId,
                _ => true,
            };
        }

        return integrationId is null || own == Layer.Universal || element.IntegrationId == integrationId;
    }
}
