using System.Management.Automation;
using Membrane.Client;
using Membrane.PowerShell.Connections;

namespace Membrane.PowerShell.Actions;

/// <summary>
/// Makes copies of actions, and emits them: beside the action (POST /actions/{selector}/clone), or with -Connection as the connection's
/// own version of it (GET /actions/{selector}, POST /actions).
/// </summary>
[Cmdlet(VerbsCommon.Copy, "MembraneAction", SupportsShouldProcess = true, HelpUri = OnlineHelp.Pages + "Copy-MembraneAction.md")]
[OutputType(typeof(Action))]
public sealed class CopyMembraneActionCommand : MembraneActionsCommand
{
    private protected override void Process(ActionReference action, ActionSelector selector)
    {
        if (!ShouldProcess(action.Words, Connection is null ? "Copy action" : $"Copy action to the connection {Connection}"))
        {
            return;
        }

        if (Connection is null)
        {
            WriteObject(Await(token => Client.Actions.CloneAsync(selector, token)));
            return;
        }

        // An action of another connection is found on that one.
        var connectionId = this.ResolveId(Connection)!;
        selector.ConnectionId = action.OwnConnectionId ?? connectionId;
        WriteObject(Await(token => Client.Actions.CopyToConnectionAsync(selector, connectionId, token)));
    }
}
