using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Connections;

/// <summary>A connection: the object, its id, its key, or the key of an app that is connected once.</summary>
public sealed class ConnectionReference : ElementReference
{
    internal static readonly ReferenceReader Reader = new(
        "a connection (the object, its id or its key)",
        static (id, source) => new ConnectionReference(id, source)
    )
    {
        Ids =
        [
            new IdRule(nameof(Connection), nameof(Connection.Id)),
            new IdRule(nameof(ConnectionRequest), nameof(ConnectionRequest.ResultConnectionId)),
            new IdRule(nameof(SearchResult), nameof(SearchResult.Id)) { ElementType = "connection" },
        ],
        ForeignKeys =
        [
            nameof(Membrane.Action.ConnectionId),
            nameof(Membrane.Action.FoundOnConnectionId),
            nameof(Integration.Connection) + "." + nameof(Connection.Id),
        ],
    };

    private ConnectionReference(string idOrKey, GivenObject? source)
        : base(idOrKey, source) { }

    /// <summary>Whether <see cref="ElementReference.IdOrKey"/> is known to be an id.</summary>
    internal bool IsId => Source is not null;

    /// <summary>Whether it is text with wildcards, which no id or key has.</summary>
    internal bool IsPattern => !IsId && System.Management.Automation.WildcardPattern.ContainsWildcardCharacters(IdOrKey);

    /// <summary>The connection that an object, an id or a key means; null where it is something else.</summary>
    internal static ConnectionReference? From(object? value) => (ConnectionReference?)Reader.Read(value);
}
