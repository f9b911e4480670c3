using System;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.ActionRunLogs;
using Membrane.Client.Actions;
using Membrane.Client.Agents;
using Membrane.Client.Apps;
using Membrane.Client.ConnectionRequests;
using Membrane.Client.Connections;
using Membrane.Client.Connectors;
using Membrane.Client.DataCollections;
using Membrane.Client.Elements;
using Membrane.Client.ExternalApps;
using Membrane.Client.Flows;
using Membrane.Client.Integrations;
using Membrane.Client.Requests;
using Membrane.Client.Search;
using Membrane.Client.Self;
using Membrane.Client.Tenants;
using Membrane.Client.Transport;
using Membrane.Client.WorkspaceFiles;
using Membrane.Client.Workspaces;

namespace Membrane.Client;

/// <summary>A client of the Membrane API. Safe for use from several threads.</summary>
public sealed class MembraneClient : IDisposable
{
    private readonly ApiTransport transport;
    private readonly ConnectionIdCache connectionIds;

    /// <summary>Makes a client. No request is sent.</summary>
    /// <exception cref="MembraneInputException">
    /// An option cannot be used, which <see cref="MembraneInputException.ParameterName"/> names: the address is neither https nor http
    /// on a loopback address, a value cannot be sent in a header, a time is out of range, or one that is required is missing.
    /// </exception>
    public MembraneClient(MembraneClientOptions options)
        : this(new ApiTransport((options ?? throw new ArgumentNullException(nameof(options))).CheckAll()), new ConnectionIdCache()) { }

    private MembraneClient(ApiTransport transport, ConnectionIdCache connectionIds)
    {
        this.transport = transport;
        this.connectionIds = connectionIds;
    }

    /// <summary>Connections.</summary>
    public ConnectionsClient Connections => field ??= new(transport);

    /// <summary>Finds the connection that a person means.</summary>
    public ConnectionResolver ConnectionResolver => field ??= new(Connections, connectionIds);

    /// <summary>Connection requests.</summary>
    public ConnectionRequestsClient ConnectionRequests => field ??= new(transport);

    /// <summary>Connectors.</summary>
    public ConnectorsClient Connectors => field ??= new(transport);

    /// <summary>Integrations.</summary>
    public IntegrationsClient Integrations => field ??= new(transport);

    /// <summary>External apps.</summary>
    public ExternalAppsClient ExternalApps => field ??= new(transport);

    /// <summary>Finds the app that a person means.</summary>
    public AppFinder AppFinder => field ??= new(Integrations, Connectors, ExternalApps, Connections);

    /// <summary>Search.</summary>
    public SearchClient Search => field ??= new(transport);

    /// <summary>Actions.</summary>
    public ActionsClient Actions => field ??= new(transport);

    /// <summary>The records of the runs of actions.</summary>
    public ActionRunLogsClient ActionRunLogs => field ??= new(transport);

    /// <summary>Agent sessions.</summary>
    public AgentSessionsClient AgentSessions => field ??= new(transport);

    /// <summary>Requests of any operation.</summary>
    public RequestsClient Requests => field ??= new(transport);

    /// <summary>Data collections and their records.</summary>
    public DataCollectionsClient Data => field ??= new(transport);

    /// <summary>Flows.</summary>
    public FlowsClient Flows => field ??= new(transport);

    /// <summary>Runs of flows.</summary>
    public FlowRunsClient FlowRuns => field ??= new(transport);

    /// <summary>Elements of any type.</summary>
    public ElementsClient Elements => field ??= new(transport);

    /// <summary>Tenants; for managers.</summary>
    public TenantsClient Tenants => field ??= new(transport);

    /// <summary>Who one is.</summary>
    public SelfClient Identity => field ??= new(transport);

    /// <summary>The workspaces of an organization.</summary>
    public WorkspacesClient Workspaces => field ??= new(transport);

    /// <summary>The elements of the workspace as files; for managers.</summary>
    public WorkspaceFilesClient WorkspaceFiles => field ??= new(transport);

    /// <summary>Returns the same client, watched. Both share their connections.</summary>
    /// <remarks>
    /// The new client ends with this one; disposing of the new one ends only that. An observer that throws changes nothing about the
    /// request: its exception goes to <see cref="System.Diagnostics.Trace"/>.
    /// </remarks>
    public MembraneClient WithObserver(IRequestObserver observer) =>
        new(transport.WithObserver(observer ?? throw new ArgumentNullException(nameof(observer))), connectionIds);

    /// <summary>The token that requests carry now: a secret.</summary>
    /// <exception cref="MembraneSignInException">There is none to be had.</exception>
    public Task<string> GetTokenAsync(CancellationToken cancellationToken = default) => transport.GetTokenAsync(cancellationToken);

    /// <summary>Returns the same client for the requests of a batch, which share one rate limiter.</summary>
    internal MembraneClient WithRateLimiter(IRateLimiter limiter) => new(transport.WithRateLimiter(limiter), connectionIds);

    /// <summary>
    /// Ends the client and those that were made from it; the connections are closed with the first one. What is under way fails with
    /// ContextDisconnected, and calls thereafter with <see cref="ObjectDisposedException"/>.
    /// </summary>
    public void Dispose() => transport.Dispose();
}
