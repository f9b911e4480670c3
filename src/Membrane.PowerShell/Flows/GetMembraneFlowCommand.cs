using System.Management.Automation;
using Membrane.Client;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connections;
using Membrane.PowerShell.Integrations;

namespace Membrane.PowerShell.Flows;

/// <summary>Gets flows: all that fit, as a stream, or those named by id or key (GET /flows, GET /flows/{selector}).</summary>
[Cmdlet(
    VerbsCommon.Get,
    "MembraneFlow",
    DefaultParameterSetName = ListSet,
    SupportsPaging = true,
    HelpUri = OnlineHelp.Pages + "Get-MembraneFlow.md"
)]
[OutputType(typeof(Flow))]
public sealed class GetMembraneFlowCommand : MembraneListCommand
{
    private const string OneSet = "Flow";

    /// <summary>The flows: objects, which are read again, ids or keys.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = OneSet)]
    [Alias("Id", "Key", "FlowId")]
    [ReferenceTransformation(typeof(FlowReference))]
    [ArgumentCompleter(typeof(FlowCompleter))]
    public FlowReference[]? Flow { get; set; }

    /// <summary>The connection whose flows are meant: the object, its id or its key.</summary>
    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ListSet)]
    [Parameter(ValueFromPipeline = true, ParameterSetName = OneSet)]
    [Alias("ConnectionId")]
    [ReferenceTransformation(typeof(ConnectionReference))]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionReference? Connection { get; set; }

    /// <summary>The key of the integration.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(IntegrationCompleter))]
    [RefuseNothing]
    public string? IntegrationKey { get; set; }

    /// <summary>The layer of the flows.</summary>
    [Parameter]
    [ValidateSet("universal", "integration", "connection")]
    public string? Layer { get; set; }

    /// <summary>The name of the flows; wildcards are allowed. It is compared here, after the service's own filters.</summary>
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

    /// <summary>List archived flows too.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public SwitchParameter IncludeArchived { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => (object?)Flow ?? Connection?.IdOrKey;

    private protected override void List()
    {
        var filter = new FlowFilter
        {
            Scope = Scope(this.ResolveId(Connection)),
            Search = Search,
            IncludeArchived = IncludeArchived,
        };
        Stream(options => Client.Flows.List(filter, options), NamePattern.Read(Name, nameof(Name)), static flow => flow.Name);
    }

    private protected override void GetNamed()
    {
        var connectionId = this.ResolveId(Connection);
        ForEach(
            Flow!,
            flow => WriteObject(Await(token => Client.Flows.GetAsync(flow.IdOrKey, Scope(connectionId ?? flow.ConnectionId), token)))
        );
    }

    private ElementScope Scope(string? connectionId) =>
        new()
        {
            ConnectionId = connectionId,
            IntegrationKey = IntegrationKey,
            Layer = Layer,
        };
}
