using System;
using System.Linq;
using System.Management.Automation;
using Membrane.Client;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connections;
using Membrane.PowerShell.Integrations;

namespace Membrane.PowerShell.Actions;

/// <summary>
/// Waits until actions are built, and emits them (GET /actions/{selector}?wait=true). A setup that failed is an error with its reason.
/// </summary>
[Cmdlet(VerbsLifecycle.Wait, "MembraneAction", HelpUri = OnlineHelp.Pages + "Wait-MembraneAction.md")]
[OutputType(typeof(Action))]
public sealed class WaitMembraneActionCommand : MembraneWaitCommand
{
    private static readonly string[] FailedStates = ["SETUP_FAILED", "CONFIGURATION_ERROR"];

    /// <summary>The actions: objects, ids or keys.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ActionId", "Id")]
    [ReferenceTransformation(typeof(ActionReference), RefusesOthers = true)]
    [ArgumentCompleter(typeof(ActionCompleter))]
    public ActionReference[]? Action { get; set; }

    /// <summary>The connection that the actions belong to: the object, its id or its key.</summary>
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
    protected override void Process() => ForEach(Action!, Wait);

    private void Wait(ActionReference reference)
    {
        var activity = $"Action {reference.IdOrKey}";
        var selector = new ActionSelector(reference.IdOrKey)
        {
            ConnectionId = Connection is null ? reference.ConnectionId : this.ResolveId(Connection),
            IntegrationKey = IntegrationKey,
        };
        MembraneAction action;
        try
        {
            action = Await(token => Client.Actions.WaitAsync(selector, WaitFor<MembraneAction>(activity, Describe), token));
        }
        finally
        {
            EndProgress(activity);
        }

        if (FailedStates.Contains(action.State, StringComparer.OrdinalIgnoreCase))
        {
            object? reason = action.Errors is { Count: > 0 } errors ? errors[0] : null;
            throw new MembraneException(
                ErrorIds.SetupFailed,
                $"The action {action.Name} ({action.Id}) is in state {action.State}{(reason is null ? "." : ": " + reason)}",
                "Look at Errors of the action (Get-MembraneAction). Have it repaired with New-MembraneAgentSession -Agent "
                    + "action-building, naming its id."
            );
        }

        WriteObject(action);
    }

    private static string Describe(MembraneAction action) =>
        action.AgentSessionId is null ? action.State ?? string.Empty : $"{action.State} by the agent session {action.AgentSessionId}";
}
