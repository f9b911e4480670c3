using System;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Flows;
using Membrane.Client.Json;
using Membrane.Client.Paging;
using Membrane.Client.Transport;
using Membrane.Client.Waiting;

namespace Membrane.Client;

/// <summary>Runs of flows.</summary>
public class FlowRunsClient
{
    private const string Path = "flow-runs";
    private static readonly string[] EndStates = ["completed", "stopped", "failed"];

    private readonly ApiTransport transport;

    /// <summary>Makes a client that sends nothing, for a test to derive from.</summary>
    protected FlowRunsClient() => transport = null!;

    internal FlowRunsClient(ApiTransport transport) => this.transport = transport;

    /// <summary>Whether a run will not go on.</summary>
    public static bool HasEnded(FlowRun run) => EndStates.Contains(run.State, StringComparer.OrdinalIgnoreCase);

    /// <summary>Lists runs (<c>GET /flow-runs</c>).</summary>
    public virtual Listing<FlowRun> List(FlowRunFilter? filter = null, ListingOptions? options = null)
    {
        filter ??= new FlowRunFilter();
        return transport.List(
            () =>
                ApiRequest
                    .Get(Path)
                    .Query("flowId", filter.FlowId)
                    .Query("tenantId", filter.TenantId)
                    .Query("state", filter.State?.ToLowerInvariant())
                    .Query("integrationId", filter.IntegrationId)
                    .Query("connectionId", filter.ConnectionId)
                    .Query("externalAppId", filter.ExternalAppId)
                    .Query("from", filter.From)
                    .Query("to", filter.To)
                    .Query("search", filter.Search),
            FlowReader.Runs,
            options
        );
    }

    /// <summary>Gets a run (<c>GET /flow-runs/{id}</c>).</summary>
    public virtual Task<FlowRun> GetAsync(string id, CancellationToken cancellationToken = default) =>
        transport.SendAsync(ApiRequest.Get(Path, Check(id)), FlowReader.Run, cancellationToken);

    /// <summary>Waits until a run has ended, however it did (polls <c>GET /flow-runs/{id}</c>).</summary>
    /// <exception cref="MembraneTimeoutException">Time is up and the run goes on.</exception>
    public virtual Task<FlowRun> WaitAsync(
        string id,
        WaitOptions<FlowRun>? options = null,
        CancellationToken cancellationToken = default
    ) => Waiter.ForStateAsync(token => GetAsync(id, token), HasEnded, options ?? new WaitOptions<FlowRun>(), cancellationToken);

    /// <summary>Stops a run (<c>POST /flow-runs/{id}/stop</c>).</summary>
    public virtual Task StopAsync(string id, CancellationToken cancellationToken = default) =>
        transport.SendAsync(ApiRequest.Post(Path, Check(id), "stop").Repeatable(), cancellationToken);

    /// <summary>Lists what a run gave (<c>GET /flow-runs/{id}/output</c>).</summary>
    public virtual Listing<object?> GetOutput(string id) => Outputs([Path, Check(id), "output"], "downstreamRuns");

    /// <summary>Lists what a node gave in a run (<c>GET /flow-runs/{id}/nodes/{nodeKey}/outputs</c>).</summary>
    public virtual Listing<object?> GetNodeOutputs(string id, string nodeKey) =>
        Outputs([Path, Check(id), "nodes", CheckNode(nodeKey), "outputs"], "id");

    /// <summary>Gets one output of a node (<c>GET /flow-runs/{id}/nodes/{nodeKey}/outputs/{outputId}</c>).</summary>
    public virtual async Task<object?> GetNodeOutputAsync(
        string id,
        string nodeKey,
        string outputId,
        CancellationToken cancellationToken = default
    ) =>
        Data(
            await transport
                .SendForValueAsync(
                    ApiRequest.Get(Path, Check(id), "nodes", CheckNode(nodeKey), "outputs", Selector.Check(outputId, "OutputId")),
                    cancellationToken
                )
                .ConfigureAwait(false),
            "id"
        );

    /// <summary>Lists the runs of a node within a run (<c>GET /flow-runs/{id}/nodes/{nodeKey}/runs</c>).</summary>
    public virtual Listing<FlowNodeRun> ListNodeRuns(string id, string nodeKey, ListingOptions? options = null)
    {
        string[] path = [Path, Check(id), "nodes", CheckNode(nodeKey), "runs"];
        return new Listing<FlowNodeRun>(
            (_, cursor, cancellationToken) =>
                transport.SendAsync(
                    ApiRequest.Get(path).Query("cursor", cursor),
                    FlowReader.NodeRuns,
                    cancellationToken,
                    run => Mark(run, id, nodeKey)
                ),
            options
        );
    }

    /// <summary>Gets one run of a node (<c>GET /flow-runs/{id}/nodes/{nodeKey}/runs/{nodeRunId}</c>).</summary>
    public virtual async Task<FlowNodeRun> GetNodeRunAsync(
        string id,
        string nodeKey,
        string nodeRunId,
        CancellationToken cancellationToken = default
    ) =>
        Mark(
            await transport
                .SendAsync(
                    ApiRequest.Get(Path, Check(id), "nodes", CheckNode(nodeKey), "runs", Selector.Check(nodeRunId, "NodeRunId")),
                    FlowReader.NodeRun,
                    cancellationToken
                )
                .ConfigureAwait(false),
            id,
            nodeKey
        );

    private static FlowNodeRun Mark(FlowNodeRun run, string id, string nodeKey)
    {
        run.FlowRunId = id;
        run.NodeKey = nodeKey;
        return run;
    }

    private static string Check(string id) => Selector.Check(id, "FlowRun");

    private static string CheckNode(string nodeKey) => Selector.Check(nodeKey, "NodeKey");

    // The output of a run is not described by the contract: it may be bare values, or envelopes as those of a node are.
    private Listing<object?> Outputs(string[] path, string envelopeMember) =>
        new(
            async (_, cursor, cancellationToken) =>
            {
                var page = await transport
                    .SendForItemsAsync(ApiRequest.Get(path).Query("cursor", cursor), cancellationToken)
                    .ConfigureAwait(false);
                return new Page<object?>(page.Items.Select(item => Data(item, envelopeMember)).ToArray(), page.Cursor);
            },
            null
        );

    /// <summary>What is in the envelope of an output; its data are JSON text.</summary>
    private object? Data(object? output, string envelopeMember)
    {
        var members = ObjectMembers.Of(output, transport.Objects)?.Select(static member => member.Key).ToArray() ?? [];
        if (!members.Contains("data") || !members.Contains(envelopeMember))
        {
            return output;
        }

        var data = ObjectMembers.Member(output, "data", transport.Objects);
        return data is string text && TryParse(text, out var value) ? value : data;
    }

    private bool TryParse(string text, out object? value)
    {
        try
        {
            value = JsonValueReader.Read(Encoding.UTF8.GetBytes(text), transport.Objects);
            return true;
        }
        catch (JsonException)
        {
            // Text that is not valid JSON is text.
            value = null;
            return false;
        }
    }
}
