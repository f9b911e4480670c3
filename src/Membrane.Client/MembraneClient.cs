using System;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Apps;
using Membrane.Client.Connections;
using Membrane.Client.Transport;

namespace Membrane.Client;

/// <summary>A client of the Membrane API. Safe for use from several threads.</summary>
public class MembraneClient : IDisposable
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

    /// <summary>Makes a client that sends nothing, for a test to derive from.</summary>
    protected MembraneClient()
    {
        transport = null!;
        connectionIds = new ConnectionIdCache();
    }

    private MembraneClient(ApiTransport transport, ConnectionIdCache connectionIds)
    {
        this.transport = transport;
        this.connectionIds = connectionIds;
    }

    /// <summary>Connections.</summary>
    public virtual ConnectionsClient Connections => field ??= new(transport);

    /// <summary>Finds the connection that a person means.</summary>
    internal ConnectionResolver ConnectionResolver => field ??= new(Connections, connectionIds);

    /// <summary>Connection requests.</summary>
    public virtual ConnectionRequestsClient ConnectionRequests => field ??= new(transport);

    /// <summary>Connectors.</summary>
    public virtual ConnectorsClient Connectors => field ??= new(transport);

    /// <summary>Integrations.</summary>
    public virtual IntegrationsClient Integrations => field ??= new(transport);

    /// <summary>External apps.</summary>
    public virtual ExternalAppsClient ExternalApps => field ??= new(transport);

    /// <summary>Finds the app that a person means.</summary>
    internal AppFinder AppFinder => field ??= new(Integrations, Connectors, ExternalApps, Connections);

    /// <summary>Makes paths of whole addresses of an app.</summary>
    internal AppRequestPath AppRequestPath => field ??= new(Connections, Connectors, ExternalApps);

    /// <summary>Search.</summary>
    public virtual SearchClient Search => field ??= new(transport);

    /// <summary>Actions.</summary>
    public virtual ActionsClient Actions => field ??= new(transport);

    /// <summary>The records of the runs of actions.</summary>
    public virtual ActionRunLogsClient ActionRunLogs => field ??= new(transport);

    /// <summary>Agent sessions.</summary>
    public virtual AgentSessionsClient AgentSessions => field ??= new(transport);

    /// <summary>Requests of any operation.</summary>
    public virtual RequestsClient Requests => field ??= new(transport);

    /// <summary>Data collections and their records.</summary>
    public virtual DataCollectionsClient Data => field ??= new(transport);

    /// <summary>Field mappings.</summary>
    public virtual FieldMappingsClient FieldMappings => field ??= new(transport);

    /// <summary>Flows.</summary>
    public virtual FlowsClient Flows => field ??= new(transport);

    /// <summary>Runs of flows.</summary>
    public virtual FlowRunsClient FlowRuns => field ??= new(transport);

    /// <summary>Elements of any type.</summary>
    public virtual ElementsClient Elements => field ??= new(transport);

    /// <summary>Tenants; for managers.</summary>
    public virtual TenantsClient Tenants => field ??= new(transport);

    /// <summary>Who one is.</summary>
    public virtual SelfClient Identity => field ??= new(transport);

    /// <summary>The workspaces of an organization.</summary>
    public virtual WorkspacesClient Workspaces => field ??= new(transport);

    /// <summary>The elements of the workspace as files; for managers.</summary>
    public virtual WorkspaceFilesClient WorkspaceFiles => field ??= new(transport);

    /// <summary>Returns the same client, watched by a further observer. Both share their connections.</summary>
    /// <remarks>
    /// The new client ends with this one; disposing of the new one ends only that. An observer that throws changes nothing about the
    /// request: its exception goes to <see cref="System.Diagnostics.Trace"/>.
    /// </remarks>
    public virtual MembraneClient WithObserver(IRequestObserver observer) =>
        new(transport.WithObserver(observer ?? throw new ArgumentNullException(nameof(observer))), connectionIds);

    /// <summary>The token that requests carry now: a secret.</summary>
    /// <exception cref="MembraneSignInException">There is none to be had.</exception>
    public virtual Task<string> GetTokenAsync(CancellationToken cancellationToken = default) => transport.GetTokenAsync(cancellationToken);

    /// <summary>The proxy that was chosen for the client; null for that of the system.</summary>
    internal IWebProxy? Proxy => transport.Proxy;

    /// <summary>Returns the same client for one command: it remembers no name that another one has looked up.</summary>
    internal MembraneClient WithOwnNames() => new(transport, new ConnectionIdCache());

    /// <summary>Returns the same client for the requests of a batch, which share one rate limiter.</summary>
    internal MembraneClient WithRateLimiter(IRateLimiter limiter) => new(transport.WithRateLimiter(limiter), connectionIds);

    /// <summary>
    /// Ends the client and those that were made from it; the connections are closed with the first one. What is under way fails with
    /// ContextDisconnected, and calls thereafter with <see cref="ObjectDisposedException"/>.
    /// </summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the connections, unless they are lent.</summary>
    /// <param name="disposing">Whether <see cref="Dispose()"/> was called.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            transport?.Dispose();
        }
    }
}
