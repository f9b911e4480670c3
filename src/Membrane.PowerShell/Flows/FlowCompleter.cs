using Membrane.Client;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Flows;

/// <summary>Completes flows by key, or by id where there is none.</summary>
public sealed class FlowCompleter : ListCompleter<Flow>
{
    private protected override Listing<Flow> List(MembraneClient client, string? search, ListingOptions options) =>
        client.Flows.List(new FlowFilter { Search = search }, options);

    private protected override CompletionWord? Describe(Flow item) =>
        new((string.IsNullOrEmpty(item.Key) ? item.Id : item.Key) ?? string.Empty, item.Description ?? item.Name, item.Name);
}
