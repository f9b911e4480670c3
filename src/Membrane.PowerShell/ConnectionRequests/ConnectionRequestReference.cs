using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.ConnectionRequests;

/// <summary>A connection request: the object or its id.</summary>
public sealed class ConnectionRequestReference : ElementReference
{
    private ConnectionRequestReference(string id, object? source)
        : base(id, source)
    {
    }

    internal static ConnectionRequestReference? From(object value) => value switch
    {
        string text => new ConnectionRequestReference(text, null),
        ConnectionRequest { RequestId: { } id } request => new ConnectionRequestReference(id, request),
        _ => null,
    };
}
