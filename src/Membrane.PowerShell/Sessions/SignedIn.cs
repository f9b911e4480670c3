using System.Collections.Generic;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client;

namespace Membrane.PowerShell.Sessions;

/// <summary>Asks the service who the tokens of a context are for, which also proves that they are good.</summary>
internal static class SignedIn
{
    /// <summary>Gets the tenant, the manager, or the account with its workspaces.</summary>
    public static async Task<Identity> FindAsync(MembraneContext context, MembraneClient client, CancellationToken cancellationToken)
    {
        var identity = MembraneSession.Of(context).IsAccount
            ? await GetAccountAsync(client, cancellationToken).ConfigureAwait(false)
            : await GetSelfAsync(context, client, cancellationToken).ConfigureAwait(false);
        identity.Email ??= context.Email;
        return identity;
    }

    private static async Task<Identity> GetAccountAsync(MembraneClient client, CancellationToken cancellationToken)
    {
        var workspaces = new List<Workspace>();
        await foreach (var workspace in client.Workspaces.List().WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            workspaces.Add(workspace);
        }

        return new Identity { Kind = IdentityKind.Account, Workspaces = workspaces.AsReadOnly() };
    }

    private static async Task<Identity> GetSelfAsync(MembraneContext context, MembraneClient client, CancellationToken cancellationToken)
    {
        try
        {
            var identity = await client.Identity.GetAsync(cancellationToken).ConfigureAwait(false);
            identity.WorkspaceKey ??= context.WorkspaceKey;
            return identity;
        }
        catch (MembraneApiException exception) when (context.IsManager && exception.StatusCode == HttpStatusCode.NotFound)
        {
            // Answered, not refused: the token is good, and there is no tenant behind it.
            return new Identity { Kind = IdentityKind.Manager, WorkspaceKey = context.WorkspaceKey };
        }
    }
}
