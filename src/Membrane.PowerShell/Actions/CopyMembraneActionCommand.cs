using System.Management.Automation;
using Membrane.Client;

namespace Membrane.PowerShell.Actions;

/// <summary>Makes copies of actions, and emits the copies (POST /actions/{selector}/clone).</summary>
[Cmdlet(VerbsCommon.Copy, "MembraneAction", SupportsShouldProcess = true, HelpUri = OnlineHelp.Pages + "Copy-MembraneAction.md")]
[OutputType(typeof(Action))]
public sealed class CopyMembraneActionCommand : MembraneActionsCommand
{
    private protected override void Process(ActionReference action, ActionSelector selector)
    {
        if (ShouldProcess(action.Words, "Copy action"))
        {
            WriteObject(Await(token => Client.Actions.CloneAsync(selector, token)));
        }
    }
}
