using Membrane.Client;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Flows;

/// <summary>Completes runs of flows by id, for what was typed of the id or the name.</summary>
public sealed class FlowRunCompleter : ListCompleter<FlowRun>
{
    // The published contract has no search of runs.
    private protected override bool HasSearch => false;

    private protected override Listing<FlowRun> List(MembraneClient client, string? search, ListingOptions options) =>
        client.FlowRuns.List(null, options);

    private protected override CompletionWord? Describe(FlowRun item) =>
        new(item.Id ?? string.Empty, $"{item.Name}, {item.State}, {ShownValue.Of(item.StartTime)}", item.Name);
}
