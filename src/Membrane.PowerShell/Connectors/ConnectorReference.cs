using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Connectors;

/// <summary>A connector: the object, its id or its key.</summary>
public sealed class ConnectorReference : ElementReference
{
    private ConnectorReference(string idOrKey, object? source)
        : base(idOrKey, source)
    {
    }

    internal static ConnectorReference? From(object value) => value switch
    {
        string text => new ConnectorReference(text, null),
        Connector { Id: { } id } connector => new ConnectorReference(id, connector),
        SearchResult { ElementType: "connector", Id: { } id } result => new ConnectorReference(id, result),
        _ => null,
    };
}
