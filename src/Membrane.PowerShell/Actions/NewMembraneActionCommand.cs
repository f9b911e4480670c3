using System.Management.Automation;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connections;
using Membrane.PowerShell.Integrations;

namespace Membrane.PowerShell.Actions;

/// <summary>
/// Makes an action (POST /actions): on a connection, on an integration, or for all apps. With -Intent an agent builds it; wait for
/// that with Wait-MembraneAction.
/// </summary>
[Cmdlet(VerbsCommon.New, "MembraneAction", SupportsShouldProcess = true, HelpUri = OnlineHelp.Pages + "New-MembraneAction.md")]
[OutputType(typeof(Action))]
public sealed class NewMembraneActionCommand : MembraneActionContentCommand
{
    /// <summary>The name.</summary>
    [Parameter(Position = 0)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Name { get; set; }

    /// <summary>The connection that the action is for: the object, its id or its key.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ConnectionId")]
    [ReferenceTransformation(typeof(ConnectionReference), RefusesOthers = true)]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionReference? Connection { get; set; }

    /// <summary>The key of the integration that the action is for.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(IntegrationCompleter))]
    [RefuseNothing]
    public string? IntegrationKey { get; set; }

    /// <summary>The id of the integration that the action is for.</summary>
    [Parameter]
    [RefuseNothing]
    [ArgumentCompleter(typeof(IntegrationIdCompleter))]
    public string? IntegrationId { get; set; }

    /// <summary>The id of the parent element.</summary>
    [Parameter]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? ParentId { get; set; }

    /// <summary>What tells apart several instances on one connection.</summary>
    [Parameter]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? InstanceKey { get; set; }

    /// <summary>What the action should do, in plain words: an agent builds it. Experimental at the service.</summary>
    [Parameter]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Intent { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => Name ?? Intent;

    /// <inheritdoc/>
    protected override void Process()
    {
        var connectionId = this.ResolveId(Connection);
        var create = Client.Actions.PrepareCreate(
            MakeContent(Name, connectionId, IntegrationId, IntegrationKey, ParentId, InstanceKey, Intent)
        );
        var name = Name ?? Intent ?? Key ?? "action";
        if (ShouldProcess(connectionId is null ? name : $"{name} on {connectionId}", "Create action"))
        {
            WriteObject(Await(create));
        }
    }
}
