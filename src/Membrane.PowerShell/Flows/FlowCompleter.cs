using Membrane.Client;
using Membrane.PowerShell.Commands;

namespace Membrane.PowerShell.Flows;

/// <summary>Completes flows by key, or by id where there is none.</summary>
public sealed class FlowCompleter : ListCompleter<Flow>
{
    private protected override Listing<Flow> List(MembraneClient client, ListingOptions options) => client.Flows.List(null, options);

    private protected override (string? Word, string? Hint) Describe(Flow item) =>
        (string.IsNullOrEmpty(item.Key) ? item.Id : item.Key, item.Description ?? item.Name);
}
