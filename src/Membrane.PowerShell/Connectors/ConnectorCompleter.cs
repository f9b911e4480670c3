using Membrane.Client;
using Membrane.PowerShell.Commands;

namespace Membrane.PowerShell.Connectors;

/// <summary>Completes connectors by key, or by id where there is none.</summary>
public sealed class ConnectorCompleter : ListCompleter<Connector>
{
    private protected override Listing<Connector> List(MembraneClient client, ListingOptions options) =>
        client.Connectors.List(null, options);

    private protected override (string? Word, string? Hint) Describe(Connector item) => (item.Key ?? item.Id, item.Name);
}
