using System.Collections;
using System.Management.Automation;
using Membrane.Client.Actions;
using Membrane.PowerShell.Commands;
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
public sealed class NewMembraneActionCommand : MembraneApiCommand
{
    /// <summary>The name.</summary>
    [Parameter(Position = 0)]
    [RefuseNothing]
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
    public string? IntegrationId { get; set; }

    /// <summary>The key. Without it, the service makes one.</summary>
    [Parameter]
    [RefuseNothing]
    public string? Key { get; set; }

    /// <summary>Free text about the action.</summary>
    [Parameter]
    public string? Description { get; set; }

    /// <summary>The kind of action.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ActionTypeCompleter))]
    [RefuseNothing]
    public string? Type { get; set; }

    /// <summary>The settings of that kind of action.</summary>
    [Parameter]
    [DictionaryTransformation]
    public IDictionary? Config { get; set; }

    /// <summary>The JSON Schema of the input: a hashtable or an object.</summary>
    [Parameter]
    [JsonTransformation]
    public PSObject? InputSchema { get; set; }

    /// <summary>The expression that maps the raw output.</summary>
    [Parameter]
    [JsonTransformation(MayBeText = true)]
    public PSObject? OutputMapping { get; set; }

    /// <summary>The explicit schema of the output.</summary>
    [Parameter]
    [JsonTransformation]
    public PSObject? CustomOutputSchema { get; set; }

    /// <summary>The id of the parent element.</summary>
    [Parameter]
    [RefuseNothing]
    public string? ParentId { get; set; }

    /// <summary>What tells apart several instances on one connection.</summary>
    [Parameter]
    [RefuseNothing]
    public string? InstanceKey { get; set; }

    /// <summary>Free key-value data to keep on the action.</summary>
    [Parameter]
    [DictionaryTransformation]
    public IDictionary? Meta { get; set; }

    /// <summary>What the action should do, in plain words: an agent builds it. Experimental at the service.</summary>
    [Parameter]
    [RefuseNothing]
    public string? Intent { get; set; }

    /// <summary>Further fields of the action, under the API's own names.</summary>
    [Parameter]
    [DictionaryTransformation]
    public IDictionary? Property { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => Name ?? Intent;

    /// <inheritdoc/>
    protected override void Process()
    {
        var connectionId = this.ResolveId(Connection);
        var create = Client.Actions.PrepareCreate(
            new ActionContent
            {
                Name = Name,
                Key = Key,
                Description = Description,
                Type = Type,
                Config = Config,
                InputSchema = InputSchema,
                OutputMapping = OutputMapping,
                CustomOutputSchema = CustomOutputSchema,
                ConnectionId = connectionId,
                IntegrationId = IntegrationId,
                IntegrationKey = IntegrationKey,
                ParentId = ParentId,
                InstanceKey = InstanceKey,
                Meta = Meta,
                Intent = Intent,
                More = Members.Of(Property),
            }
        );
        var name = Name ?? Intent ?? Key ?? "action";
        if (ShouldProcess(connectionId is null ? name : $"{name} on {connectionId}", "Create action"))
        {
            WriteObject(Await(create));
        }
    }
}
