using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Connectors;

/// <summary>A connector: the object, its id or its key.</summary>
public sealed class ConnectorReference : ElementReference
{
    internal static readonly ReferenceReader Reader = new(
        "a connector (the object, its id or its key)",
        static (id, source) => new ConnectorReference(id, source)
    )
    {
        Ids =
        [
            new IdRule(nameof(Connector), nameof(Connector.Id)),
            new IdRule(nameof(SearchResult), nameof(SearchResult.Id)) { ElementType = "connector" },
        ],
        ForeignKeys = [nameof(Connection.ConnectorId), nameof(ExternalApp.DefaultConnectorId)],
    };

    private ConnectorReference(string idOrKey, GivenObject? source)
        : base(idOrKey, source) { }
}
