using System;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.ActionRunLogs;
using Membrane.Client.Actions;
using Membrane.Client.Agents;
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
    private static readonly TimeSpan LongestRequestTimeout = TimeSpan.FromDays(1);

    private readonly ApiTransport transport;
    private readonly ConnectionIdCache knownConnections;

    /// <summary>Makes a client. No request is sent.</summary>
    /// <exception cref="MembraneInputException">The address is neither https nor http on a loopback address.</exception>
    public MembraneClient(MembraneClientOptions options)
        : this(new ApiTransport(Checked(options)), new ConnectionIdCache()) { }

    private MembraneClient(ApiTransport transport, ConnectionIdCache knownConnections)
    {
        this.transport = transport;
        this.knownConnections = knownConnections;
        Connections = new ConnectionsClient(transport);
        ConnectionResolver = new ConnectionResolver(Connections, knownConnections);
        ConnectionRequests = new ConnectionRequestsClient(transport);
        Connectors = new ConnectorsClient(transport);
        Integrations = new IntegrationsClient(transport);
        ExternalApps = new ExternalAppsClient(transport);
        AppFinder = new AppFinder(Integrations, Connectors, ExternalApps, Connections);
        Search = new SearchClient(transport);
        Actions = new ActionsClient(transport);
        ActionRunLogs = new ActionRunLogsClient(transport);
        AgentSessions = new AgentSessionsClient(transport);
        Requests = new RequestsClient(transport);
        Data = new DataCollectionsClient(transport);
        Flows = new FlowsClient(transport);
        FlowRuns = new FlowRunsClient(transport);
        Elements = new ElementsClient(transport);
        Tenants = new TenantsClient(transport);
        Identity = new SelfClient(transport);
        Workspaces = new WorkspacesClient(transport);
        WorkspaceFiles = new WorkspaceFilesClient(transport);
    }

    /// <summary>Connections.</summary>
    public ConnectionsClient Connections { get; }

    /// <summary>Finds the connection that a person means.</summary>
    public ConnectionResolver ConnectionResolver { get; }

    /// <summary>Connection requests.</summary>
    public ConnectionRequestsClient ConnectionRequests { get; }

    /// <summary>Connectors.</summary>
    public ConnectorsClient Connectors { get; }

    /// <summary>Integrations.</summary>
    public IntegrationsClient Integrations { get; }

    /// <summary>External apps.</summary>
    public ExternalAppsClient ExternalApps { get; }

    /// <summary>Finds the app that a person means.</summary>
    public AppFinder AppFinder { get; }

    /// <summary>Search.</summary>
    public SearchClient Search { get; }

    /// <summary>Actions.</summary>
    public ActionsClient Actions { get; }

    /// <summary>The records of the runs of actions.</summary>
    public ActionRunLogsClient ActionRunLogs { get; }

    /// <summary>Agent sessions.</summary>
    public AgentSessionsClient AgentSessions { get; }

    /// <summary>Requests of any operation.</summary>
    public RequestsClient Requests { get; }

    /// <summary>Data collections and their records.</summary>
    public DataCollectionsClient Data { get; }

    /// <summary>Flows.</summary>
    public FlowsClient Flows { get; }

    /// <summary>Runs of flows.</summary>
    public FlowRunsClient FlowRuns { get; }

    /// <summary>Elements of any type.</summary>
    public ElementsClient Elements { get; }

    /// <summary>Tenants; for managers.</summary>
    public TenantsClient Tenants { get; }

    /// <summary>Who one is.</summary>
    public SelfClient Identity { get; }

    /// <summary>The workspaces of an organization.</summary>
    public WorkspacesClient Workspaces { get; }

    /// <summary>The elements of the workspace as files; for managers.</summary>
    public WorkspaceFilesClient WorkspaceFiles { get; }

    /// <summary>The same client, watched. Both share their connections; only the first one is to be disposed of.</summary>
    public MembraneClient WithObserver(IRequestObserver observer) => new(transport.WithObserver(observer), knownConnections);

    /// <summary>The token that requests carry now: a secret.</summary>
    /// <exception cref="MembraneSignInException">There is none to be had.</exception>
    public Task<string> GetTokenAsync(CancellationToken cancellationToken = default) => transport.GetTokenAsync(cancellationToken);

    /// <summary>The same client for the requests of a batch, which go through one gate.</summary>
    internal MembraneClient WithRateLimiter(IRateLimiter gate) => new(transport.WithRateLimiter(gate), knownConnections);

    /// <summary>Closes the connections. What is under way fails.</summary>
    public void Dispose() => transport.Dispose();

    private static MembraneClientOptions Checked(MembraneClientOptions options) =>
        options.TokenSource is not null
            ? CheckReach(options)
            : throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(options.TokenSource),
                "Nothing says where tokens come from.",
                "Pass a token source."
            );

    /// <summary>The options, if their address can be trusted with a secret and be reached in a sensible time.</summary>
    internal static MembraneClientOptions CheckReach(MembraneClientOptions options)
    {
        if (options.RequestTimeout <= TimeSpan.Zero || options.RequestTimeout > LongestRequestTimeout)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(options.RequestTimeout),
                $"A request cannot take {options.RequestTimeout}.",
                "Allow more than nothing and at most a day."
            );
        }

        var address = options.ApiUri;
        var isSafe =
            address.IsAbsoluteUri && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
        if (
            !isSafe
            || !string.IsNullOrEmpty(address.UserInfo)
            || !string.IsNullOrEmpty(address.Query)
            || !string.IsNullOrEmpty(address.Fragment)
        )
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(options.ApiUri),
                $"{Shown(address)} is no address of an API: it must be https (or http on this machine itself), without user name, query "
                    + $"or fragment.",
                $"The public service is at {MembraneClientOptions.DefaultApiUri}."
            );
        }

        return options;
    }

    // Neither a password nor what may be a token in a query.
    private static string Shown(Uri address) =>
        address.IsAbsoluteUri
            ? $"'{address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)}'"
            : "A relative address";
}
