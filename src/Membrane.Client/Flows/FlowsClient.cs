using System;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Flows;
using Membrane.Client.Json;
using Membrane.Client.Paging;
using Membrane.Client.Transport;

namespace Membrane.Client;

/// <summary>Flows: logic of several steps.</summary>
public class FlowsClient
{
    private const string Path = "flows";
    private readonly ApiTransport transport;

    /// <summary>Makes a client that sends nothing, for a test to derive from.</summary>
    protected FlowsClient() => transport = null!;

    internal FlowsClient(ApiTransport transport) => this.transport = transport;

    /// <summary>Lists flows (<c>GET /flows</c>).</summary>
    public virtual Listing<Flow> List(FlowFilter? filter = null, ListingOptions? options = null)
    {
        filter ??= new FlowFilter();
        return transport.List(
            () =>
                filter
                    .Scope.Narrow(ApiRequest.Get(Path))
                    .Query("search", filter.Search)
                    .Query("includeArchived", filter.IncludeArchived ? true : null),
            FlowReader.Page,
            options,
            flow => flow.FoundOnConnectionId = filter.Scope.ConnectionId
        );
    }

    /// <summary>Gets a flow by id or key (<c>GET /flows/{selector}</c>).</summary>
    public virtual async Task<Flow> GetAsync(string idOrKey, ElementScope? scope = null, CancellationToken cancellationToken = default)
    {
        var request = ApiRequest.Get(Path, Selector.Check(idOrKey, "Flow"));
        var flow = await transport.SendAsync(scope?.Narrow(request) ?? request, FlowReader.One, cancellationToken).ConfigureAwait(false);
        flow.FoundOnConnectionId = scope?.ConnectionId;
        return flow;
    }

    /// <summary>Starts a flow (<c>POST /flows/{selector}/run</c>).</summary>
    /// <returns>The run, which goes on.</returns>
    public virtual Task<FlowRun> RunAsync(
        string idOrKey,
        NewFlowRun run,
        ElementScope? scope = null,
        CancellationToken cancellationToken = default
    ) => PrepareRun(idOrKey, run, scope)(cancellationToken);

    /// <summary>The start of a flow, with what is to be sent written already: to be called once, on any thread.</summary>
    /// <exception cref="MembraneInputException">The input has no form in JSON.</exception>
    internal Func<CancellationToken, Task<FlowRun>> PrepareRun(string idOrKey, NewFlowRun run, ElementScope? scope = null)
    {
        var request = ApiRequest
            .Post(Path, Selector.Check(idOrKey, "Flow"), "run")
            .Json(writer =>
            {
                writer.WriteStartObject();
                writer.WriteText("nodeKey", run.NodeKey);
                writer.WriteValue("input", run.Input, transport.Objects, "InputObject");
                writer.WriteValue("meta", run.Meta, transport.Objects, nameof(run.Meta));
                writer.WriteEndObject();
            });
        request = scope?.Narrow(request) ?? request;
        return cancellationToken => transport.SendAsync(request, FlowReader.Run, cancellationToken);
    }
}
