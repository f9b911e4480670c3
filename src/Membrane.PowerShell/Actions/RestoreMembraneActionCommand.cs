using System.Management.Automation;
using Membrane.Client;

namespace Membrane.PowerShell.Actions;

/// <summary>Brings archived actions back (POST /actions/{selector}/restore).</summary>
[Cmdlet(VerbsData.Restore, "MembraneAction", SupportsShouldProcess = true, HelpUri = OnlineHelp.Pages + "Restore-MembraneAction.md")]
[OutputType(typeof(Action))]
public sealed class RestoreMembraneActionCommand : MembraneActionsCommand
{
    /// <summary>Emit the action.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void Process(ActionReference action, ActionSelector selector)
    {
        if (!ShouldProcess(action.Words, "Restore action"))
        {
            return;
        }

        var restored = Await(token => Client.Actions.RestoreAsync(selector, token));
        if (PassThru)
        {
            WriteObject(restored);
        }
    }
}
