using System.Management.Automation;
using Membrane.Client;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connections;
using Membrane.PowerShell.ExternalApps;
using Membrane.PowerShell.Integrations;

namespace Membrane.PowerShell.Actions;

/// <summary>Gets actions: all that fit, as a stream, or those named by id or key (GET /actions, GET /actions/{selector}).</summary>
[Cmdlet(
    VerbsCommon.Get,
    "MembraneAction",
    DefaultParameterSetName = ListSet,
    SupportsPaging = true,
    HelpUri = OnlineHelp.Pages + "Get-MembraneAction.md"
)]
[OutputType(typeof(Action))]
public sealed class GetMembraneActionCommand : MembraneListCommand
{
    private const string OneSet = "Action";

    /// <summary>The actions: objects, which are read again, ids or keys.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = OneSet)]
    [Alias("Id", "Key", "ActionId")]
    [ReferenceTransformation(typeof(ActionReference))]
    [ArgumentCompleter(typeof(ActionCompleter))]
    public ActionReference[]? Action { get; set; }

    /// <summary>The connection, whose own actions and those of its app are meant: the object, its id or its key.</summary>
    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ListSet)]
    [Parameter(ValueFromPipeline = true, ParameterSetName = OneSet)]
    [Alias("ConnectionId")]
    [ReferenceTransformation(typeof(ConnectionReference), TakesRelated = true, Leaves = typeof(ActionReference))]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionReference? Connection { get; set; }

    /// <summary>The key of the integration.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(IntegrationCompleter))]
    [RefuseNothing]
    public string? IntegrationKey { get; set; }

    /// <summary>The id of the integration.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(IntegrationIdCompleter))]
    public string? IntegrationId { get; set; }

    /// <summary>The id of the external app.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(ExternalAppIdCompleter))]
    public string? ExternalAppId { get; set; }

    /// <summary>The name of the actions; wildcards are allowed. It is compared here, after the service's own filters.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [SupportsWildcards]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Name { get; set; }

    /// <summary>Text in the name or key, found by the service.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Search { get; set; }

    /// <summary>The layer of the actions.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateSet("universal", "integration", "connection")]
    public string? Layer { get; set; }

    /// <summary>List archived actions too.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public SwitchParameter IncludeArchived { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => (object?)Action ?? Connection?.IdOrKey;

    private protected override void GetNamed()
    {
        var connectionId = this.ResolveId(Connection);
        ForEach(
            Action!,
            action =>
            {
                var selector = new ActionSelector(action.IdOrKey)
                {
                    ConnectionId = connectionId ?? action.ConnectionId,
                    IntegrationKey = IntegrationKey,
                };
                WriteObject(Await(token => Client.Actions.GetAsync(selector, token)));
            }
        );
    }

    private protected override void List()
    {
        var filter = new ActionFilter
        {
            ConnectionId = this.ResolveId(Connection),
            IntegrationKey = IntegrationKey,
            IntegrationId = IntegrationId,
            ExternalAppId = ExternalAppId,
            Search = Search,
            Layer = Layer,
            IncludeArchived = IncludeArchived,
        };
        Stream(options => Client.Actions.List(filter, options), NamePattern.Read(Name, nameof(Name)), static action => action.Name);
    }
}
