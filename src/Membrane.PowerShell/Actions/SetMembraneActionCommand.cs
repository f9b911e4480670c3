using System.Management.Automation;
using Membrane.Client;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connections;
using Membrane.PowerShell.Integrations;

namespace Membrane.PowerShell.Actions;

/// <summary>
/// Changes an action: the given fields (PATCH /actions/{selector}), or all of them with -Replace (PUT /actions/{selector}).
/// </summary>
[Cmdlet(VerbsCommon.Set, "MembraneAction", SupportsShouldProcess = true, HelpUri = OnlineHelp.Pages + "Set-MembraneAction.md")]
[OutputType(typeof(Action))]
public sealed class SetMembraneActionCommand : MembraneActionContentCommand
{
    /// <summary>The actions: objects, ids or keys.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ActionId", "Id")]
    [ReferenceTransformation(typeof(ActionReference), RefusesOthers = true)]
    [ArgumentCompleter(typeof(ActionCompleter))]
    public ActionReference[]? Action { get; set; }

    /// <summary>The connection that the actions belong to: the object, its id or its key. Needed where a key alone is not enough.</summary>
    [Parameter]
    [Alias("ConnectionId")]
    [ReferenceTransformation(typeof(ConnectionReference), RefusesOthers = true)]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionReference? Connection { get; set; }

    /// <summary>The key of the integration that the actions belong to. Needed where a key alone is not enough.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(IntegrationCompleter))]
    [RefuseNothing]
    public string? IntegrationKey { get; set; }

    /// <summary>The name.</summary>
    [Parameter]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Name { get; set; }

    /// <summary>Replace the action as a whole: what is not given is gone.</summary>
    [Parameter]
    public SwitchParameter Replace { get; set; }

    /// <summary>Emit the changed action.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => Action;

    /// <inheritdoc/>
    protected override void Process() => ForEach(Action!, action => Change(action, action.Select(this, Connection, IntegrationKey)));

    private void Change(ActionReference action, ActionSelector selector)
    {
        var change = Client.Actions.PrepareChange(selector, MakeContent(Name), Replace);
        if (!ShouldProcess(action.Words, Replace ? "Replace action" : "Change action"))
        {
            return;
        }

        var changed = Await(change);
        if (PassThru)
        {
            WriteObject(changed);
        }
    }
}
