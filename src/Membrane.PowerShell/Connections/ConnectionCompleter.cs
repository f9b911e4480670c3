using Membrane.Client;
using Membrane.PowerShell.Commands;

namespace Membrane.PowerShell.Connections;

/// <summary>Completes connections by key, or by id where there is none.</summary>
public sealed class ConnectionCompleter : ListCompleter<Connection>
{
    private protected override Listing<Connection> List(MembraneClient client, ListingOptions options) =>
        client.Connections.List(null, options);

    private protected override (string? Word, string? Hint) Describe(Connection item) =>
        (item.Key ?? item.Id, $"{item.Name} ({item.State})");
}
