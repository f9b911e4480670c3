using Membrane.Client;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Workspaces;

/// <summary>Completes the keys of workspaces.</summary>
public sealed class WorkspaceCompleter : ListCompleter<Workspace>
{
    private protected override Listing<Workspace> List(MembraneClient client, string? search, ListingOptions options) =>
        client.Workspaces.List(search, options: options);

    private protected override CompletionWord? Describe(Workspace item) => new(item.Key ?? item.Id ?? string.Empty, item.Name, item.Name);
}
