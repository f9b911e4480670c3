using System.Management.Automation;
using Membrane.Client;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connections;
using Membrane.PowerShell.Integrations;

namespace Membrane.PowerShell.Actions;

/// <summary>
/// The base of the commands that do the same thing to each of several actions. An action of a connection is changed with its
/// connection named; objects know theirs.
/// </summary>
public abstract class MembraneActionsCommand : MembraneApiCommand
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

    /// <inheritdoc/>
    protected override object? ErrorTarget => Action;

    /// <inheritdoc/>
    protected sealed override void Process() =>
        ForEach(Action!, action => Process(action, action.Select(this, Connection, IntegrationKey)));

    /// <summary>What is done to one of them.</summary>
    private protected abstract void Process(ActionReference action, ActionSelector selector);
}
