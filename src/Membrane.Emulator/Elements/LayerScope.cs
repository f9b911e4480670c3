using System;
using System.Globalization;
using Membrane.Emulator.Http;

namespace Membrane.Emulator.Elements;

/// <summary>What the six selector parameters of the query narrow a layered element to.</summary>
internal sealed class LayerScope
{
    private readonly Layer? layer;
    private readonly string? integrationId;
    private readonly string? connectionId;
    private readonly string? connectionIntegrationId;
    private readonly string? instanceKey;

    public LayerScope(Layer? layer, string? integrationId, Element? connection, string? instanceKey)
    {
        this.layer = layer;
        this.integrationId = integrationId;
        connectionId = connection?.Id;
        connectionIntegrationId = connection?.IntegrationId;
        this.instanceKey = instanceKey;
    }

    /// <summary>Whether of several layers the narrowest is meant.</summary>
    public bool Picks => layer is null && (connectionId is not null || integrationId is not null);

    public static LayerScope Of(ApiRequest request, ElementFinder finder)
    {
        QueryValues query = request.Query;
        Layer? layer = query.Text("layer") is { } name
            ? (Layer)Enum.Parse(typeof(Layer), CultureInfo.InvariantCulture.TextInfo.ToTitleCase(name))
            : null;
        string? connectionSelector = query.Text("connectionId") ?? query.Text("connectionKey");
        Element? connection = connectionSelector is null ? null : finder.FindCurrent(ElementKinds.Connection, connectionSelector, request.Caller);
        string? integrationSelector = query.Text("integrationId") ?? query.Text("integrationKey");
        string? integrationId = integrationSelector is null ? null : finder.FindCurrent(ElementKinds.Integration, integrationSelector, request.Caller).Id;
        return new LayerScope(layer, integrationId, connection, query.Text("instanceKey"));
    }

    public bool Holds(Element element)
    {
        Layer own = Layers.Of(element);
        if (layer is not null && own != layer)
            return false;

        if (instanceKey is not null && element.InstanceKey != instanceKey)
            return false;

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
