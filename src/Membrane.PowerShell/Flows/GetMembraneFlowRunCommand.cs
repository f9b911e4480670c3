using System;
using System.Management.Automation;
using Membrane.Client;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connections;
using Membrane.PowerShell.ExternalApps;
using Membrane.PowerShell.Integrations;
using Membrane.PowerShell.Tenants;

namespace Membrane.PowerShell.Flows;

/// <summary>
/// Gets runs of flows: all that fit, as a stream, or those named by id; or the runs of a node within a run (GET /flow-runs,
/// GET /flow-runs/{id}, GET /flow-runs/{id}/nodes/{nodeKey}/runs).
/// </summary>
[Cmdlet(
    VerbsCommon.Get,
    "MembraneFlowRun",
    DefaultParameterSetName = ListSet,
    SupportsPaging = true,
    HelpUri = OnlineHelp.Pages + "Get-MembraneFlowRun.md"
)]
[OutputType(typeof(FlowRun), typeof(FlowNodeRun))]
public sealed class GetMembraneFlowRunCommand : MembraneListCommand
{
    private const string OneSet = "FlowRun";
    private const string NodeSet = "Node";

    /// <summary>The runs: objects, which are read again, or ids.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = OneSet)]
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = NodeSet)]
    [Alias("Id", "FlowRunId")]
    [ReferenceTransformation(typeof(FlowRunReference))]
    [ArgumentCompleter(typeof(FlowRunCompleter))]
    public FlowRunReference[]? FlowRun { get; set; }

    /// <summary>The node whose runs within the flow run are meant.</summary>
    [Parameter(Mandatory = true, ParameterSetName = NodeSet)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? NodeKey { get; set; }

    /// <summary>One run of the node, by id.</summary>
    [Parameter(ParameterSetName = NodeSet)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? NodeRunId { get; set; }

    /// <summary>The flow that ran: the object, its id or its key.</summary>
    [Parameter(ValueFromPipeline = true, ParameterSetName = ListSet)]
    [Alias("FlowId")]
    [ReferenceTransformation(typeof(FlowReference))]
    [ArgumentCompleter(typeof(FlowCompleter))]
    public FlowReference? Flow { get; set; }

    /// <summary>The connection that it ran on: the object, its id or its key.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("ConnectionId")]
    [ReferenceTransformation(typeof(ConnectionReference))]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionReference? Connection { get; set; }

    /// <summary>Where the runs stand.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateSet("queued", "running", "completed", "stopped", "failed")]
    public string? State { get; set; }

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

    /// <summary>The id of the tenant; for managers.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(TenantIdCompleter))]
    public string? TenantId { get; set; }

    /// <summary>Only runs from this time on.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [RefuseNothing]
    [TimeTransformation]
    [ArgumentCompleter(typeof(NoCompleter))]
    public DateTimeOffset? From { get; set; }

    /// <summary>Only runs up to this time.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [RefuseNothing]
    [TimeTransformation]
    [ArgumentCompleter(typeof(NoCompleter))]
    public DateTimeOffset? To { get; set; }

    /// <summary>Text in the run, found by the service.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Search { get; set; }

    /// <summary>How many of those named are read at a time at most, 1 to 256; fewer while the service limits the rate.</summary>
    [Parameter(ParameterSetName = OneSet)]
    [ValidateRange(1, 256)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public int ThrottleLimit { get; set; } = 8;

    /// <summary>
    /// How many seconds one of those named waits at most while the service limits the rate, 0 to 86400. Without this
    /// parameter, one alone is tried four times, as by every other command.
    /// </summary>
    [Parameter(ParameterSetName = OneSet)]
    [ValidateRange(0, LongestRateLimitWaitSec)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public int MaxRateLimitWaitSec { get; set; } = UsualRateLimitWaitSec;

    /// <inheritdoc/>
    protected override object? ErrorTarget => (object?)FlowRun ?? Flow?.IdOrKey;

    private protected override bool IsListing => base.IsListing || (NodeKey is not null && NodeRunId is null);

    private protected override void GetNamed()
    {
        if (NodeKey is null)
        {
            GetEach(
                FlowRun!,
                ThrottleLimit,
                MaxRateLimitWaitSec,
                static (client, run) => async token => await client.FlowRuns.GetAsync(run.IdOrKey, token).ConfigureAwait(false)
            );
            return;
        }

        ForEach(FlowRun!, run => WriteObject(Await(token => Client.FlowRuns.GetNodeRunAsync(run.IdOrKey, NodeKey, NodeRunId!, token))));
    }

    private protected override void List()
    {
        if (NodeKey is not null)
        {
            ForEach(FlowRun!, run => Stream(options => Client.FlowRuns.ListNodeRuns(run.IdOrKey, NodeKey, options)));
            return;
        }

        var filter = new FlowRunFilter
        {
            FlowId = FlowId(),
            ConnectionId = this.ResolveId(Connection),
            State = State,
            IntegrationId = IntegrationId,
            ExternalAppId = ExternalAppId,
            TenantId = TenantId,
            From = From,
            To = To,
            Search = Search,
        };
        Stream(options => Client.FlowRuns.List(filter, options));
    }

    // The list takes ids only; text may be a key.
    private string? FlowId() =>
        Flow is null or { IsId: true } ? Flow?.IdOrKey : Await(token => Client.Flows.GetAsync(Flow.IdOrKey, new ElementScope(), token)).Id;
}
