using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Connections;

/// <summary>A connection: the object, its id, its key, or the key of an app that is connected once.</summary>
public sealed class ConnectionReference : ElementReference
{
    private ConnectionReference(string idOrKey, object? source)
        : base(idOrKey, source)
    {
    }

    /// <summary>Whether <see cref="ElementReference.IdOrKey"/> is known to be an id.</summary>
    internal bool IsId => Source is not null;

    internal static ConnectionReference? From(object value) => value switch
    {
        string text => new ConnectionReference(text, null),
        Connection { Id: { } id } connection => new ConnectionReference(id, connection),
        ConnectionRequest { ResultConnectionId: { } id } request => new ConnectionReference(id, request),
        SearchResult { ElementType: "connection", Id: { } id } result => new ConnectionReference(id, result),
        _ => null,
    };
}
