using System.Threading;
using System.Threading.Tasks;
using Membrane.Client;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connections;

namespace Membrane.PowerShell.Actions;

/// <summary>
/// Completes actions by key, or by id where there is none; those of the connection or the integration that the command line names.
/// </summary>
public sealed class ActionCompleter : LiveCompleter
{
    private protected override async Task ReadAsync(CompletionRequest request, CancellationToken cancellationToken)
    {
        var connectionId = await request.FindConnectionIdAsync(cancellationToken).ConfigureAwait(false);
        var integrationKey = request.Find("IntegrationKey")?.ToString();
        await request.ReadAsync(List, hasSearch: true, Describe, cancellationToken).ConfigureAwait(false);

        Listing<MembraneAction> List(string? search, ListingOptions options) =>
            request.Client.Actions.List(
                new ActionFilter
                {
                    ConnectionId = connectionId,
                    IntegrationKey = integrationKey,
                    Search = search,
                },
                options
            );
    }

    private static CompletionWord Describe(MembraneAction action) =>
        new((string.IsNullOrEmpty(action.Key) ? action.Id : action.Key) ?? string.Empty, action.Description ?? action.Name, action.Name);
}
