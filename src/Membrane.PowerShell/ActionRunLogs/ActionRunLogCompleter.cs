using Membrane.Client;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.ActionRunLogs;

/// <summary>Completes records of runs by id, for what was typed of the id or the name of the action.</summary>
public sealed class ActionRunLogCompleter : ListCompleter<ActionRunLog>
{
    private protected override bool HasSearch => false;

    private protected override Listing<ActionRunLog> List(MembraneClient client, string? search, ListingOptions options) =>
        client.ActionRunLogs.List(null, options);

    private protected override CompletionWord? Describe(ActionRunLog item) =>
        new(item.Id ?? string.Empty, $"{item.Name}, {item.Status}, {ShownValue.Of(item.CreatedAt)}", item.Name);
}
