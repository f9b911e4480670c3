using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Elements;

/// <summary>An element of any type: the object, its id or its key.</summary>
public sealed class AnyElementReference : ElementReference
{
    private AnyElementReference(string idOrKey, object? source, string? elementType, string? connectionId)
        : base(idOrKey, source)
    {
        ElementType = elementType;
        ConnectionId = connectionId;
    }

    /// <summary>The type of the object that was given; null where text was given.</summary>
    internal string? ElementType { get; }

    /// <summary>The connection that the element belongs to, where it belongs to one.</summary>
    internal string? ConnectionId { get; }

    internal static AnyElementReference? From(object value) => value switch
    {
        string text => new AnyElementReference(text, null, null, null),
        Element { Id: { } id } element => new AnyElementReference(id, element, element.ElementType, element.ConnectionId),
        SearchResult { Id: { } id } result => new AnyElementReference(id, result, result.ElementType, result.Element?.ConnectionId),
        Connection { Id: { } id } connection => new AnyElementReference(id, connection, "connection", null),
        Action { Id: { } id } action => new AnyElementReference(id, action, "action", action.ConnectionId),
        ActionRunLog { Id: { } id } log => new AnyElementReference(id, log, "action-run-log-record", null),
        Connector { Id: { } id } connector => new AnyElementReference(id, connector, "connector", null),
        ExternalApp { Id: { } id } app => new AnyElementReference(id, app, "app", null),
        Integration { Id: { } id } integration => new AnyElementReference(id, integration, "integration", null),
        Flow { Id: { } id } flow => new AnyElementReference(id, flow, "flow", flow.ConnectionId),
        FlowRun { Id: { } id } run => new AnyElementReference(id, run, "flow-run", null),
        Tenant { Id: { } id } tenant => new AnyElementReference(id, tenant, "customer", null),
        _ => null,
    };
}
