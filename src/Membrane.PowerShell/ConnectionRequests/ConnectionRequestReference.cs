using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.ConnectionRequests;

/// <summary>A connection request: the object or its id.</summary>
public sealed class ConnectionRequestReference : ElementReference
{
    internal static readonly ReferenceReader Reader = new(
        "a connection request (the object or its id)",
        static (id, source) => new ConnectionRequestReference(id, source)
    )
    {
        Ids = [new IdRule(nameof(ConnectionRequest), nameof(ConnectionRequest.RequestId))],
    };

    private ConnectionRequestReference(string id, GivenObject? source)
        : base(id, source) { }
}
