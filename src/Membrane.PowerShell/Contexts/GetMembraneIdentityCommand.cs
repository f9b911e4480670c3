using System.Collections.Generic;
using System.Management.Automation;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Sessions;

namespace Membrane.PowerShell.Contexts;

/// <summary>
/// Asks the service who one is, which also proves that the sign-in works: the tenant (GET /self), the manager of a
/// workspace, or a person's account with its workspaces (GET /org-workspaces).
/// </summary>
[Cmdlet(VerbsCommon.Get, "MembraneIdentity", HelpUri = OnlineHelp.Pages + "Get-MembraneIdentity.md")]
[OutputType(typeof(Identity))]
public sealed class GetMembraneIdentityCommand : MembraneApiCommand
{
    /// <inheritdoc/>
    protected override void Process()
    {
        var context = Context ?? RunspaceState.Current.DefaultContext!;
        var identity = MembraneSession.Of(context).IsAccount ? Await(GetAccountAsync) : Await(token => GetSelfAsync(context, token));
        identity.Email ??= context.Email;
        WriteObject(identity);
    }

    private async Task<Identity> GetAccountAsync(CancellationToken cancellationToken)
    {
        var workspaces = new List<Workspace>();
        await foreach (var workspace in Client.Workspaces.List().WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            workspaces.Add(workspace);
        }

        return new Identity { Kind = IdentityKind.Account, Workspaces = workspaces.AsReadOnly() };
    }

    private async Task<Identity> GetSelfAsync(MembraneContext context, CancellationToken cancellationToken)
    {
        try
        {
            var identity = await Client.Identity.GetAsync(cancellationToken).ConfigureAwait(false);
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
