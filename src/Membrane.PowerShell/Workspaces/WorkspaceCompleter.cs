using Membrane.Client;
using Membrane.PowerShell.Commands;

namespace Membrane.PowerShell.Workspaces;

/// <summary>Completes the keys of workspaces.</summary>
public sealed class WorkspaceCompleter : ListCompleter<Workspace>
{
    private protected override Listing<Workspace> List(MembraneClient client, ListingOptions options) =>
        client.Workspaces.List(options: options);

    private protected override (string? Word, string? Hint) Describe(Workspace item) =>
        (item.Key ?? item.Id ?? string.Empty, item.Name ?? string.Empty);
}
