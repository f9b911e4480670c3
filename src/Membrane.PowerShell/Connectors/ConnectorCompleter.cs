using Membrane.Client;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Connectors;

/// <summary>Completes connectors by key, or by id where there is none.</summary>
public class ConnectorCompleter : ListCompleter<Connector>
{
    private protected override Listing<Connector> List(MembraneClient client, string? search, ListingOptions options) =>
        client.Connectors.List(new ConnectorFilter { Search = search }, options);

    private protected override CompletionWord? Describe(Connector item) => new(Word(item) ?? string.Empty, item.Name, item.Key, item.Name);

    private protected virtual string? Word(Connector item) => string.IsNullOrEmpty(item.Key) ? item.Id : item.Key;
}
