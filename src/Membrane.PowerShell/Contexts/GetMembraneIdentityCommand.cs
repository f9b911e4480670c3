using System.Management.Automation;
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
    protected override void Process() =>
        WriteObject(Await(token => SignedIn.FindAsync(Context ?? RunspaceState.Current.DefaultContext!, Client, token)));
}
