using System.Management.Automation;
using Membrane.Client;

namespace Membrane.PowerShell.Actions;

/// <summary>
/// Archives actions: they are no longer listed or run. Restore-MembraneAction brings them back (DELETE /actions/{selector}).
/// </summary>
[Cmdlet(
    VerbsCommon.Remove,
    "MembraneAction",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.High,
    HelpUri = OnlineHelp.Pages + "Remove-MembraneAction.md"
)]
[OutputType(typeof(Action))]
public sealed class RemoveMembraneActionCommand : MembraneActionsCommand
{
    /// <summary>Emit the action as it was before.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void Process(ActionReference action, ActionSelector selector)
    {
        if (!ShouldProcess(action.Words, "Archive action"))
        {
            return;
        }

        var before = PassThru ? action.Known ?? Await(token => Client.Actions.GetAsync(selector, token)) : null;
        Await(token => Client.Actions.ArchiveAsync(selector, token));
        if (before is not null)
        {
            WriteObject(before);
        }
    }
}
