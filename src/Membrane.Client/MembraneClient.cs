using System;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.ActionRunLogs;
using Membrane.Client.Actions;
using Membrane.Client.Agents;
using Membrane.Client.ConnectionRequests;
using Membrane.Client.Connections;
using Membrane.Client.Connectors;
using Membrane.Client.Data;
using Membrane.Client.Elements;
using Membrane.Client.ExternalApps;
using Membrane.Client.Flows;
using Membrane.Client.Identities;
using Membrane.Client.Integrations;
using Membrane.Client.Requests;
using Membrane.Client.Search;
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
    private readonly KnownConnections knownConnections;

    /// <summary>Makes a client. No request is sent.</summary>
    /// <exception cref="MembraneInputException">The address is neither https nor http on a loopback address.</exception>
    public MembraneClient(MembraneClientOptions options)
        : this(new ApiTransport(Checked(options)), new KnownConnections()) { }

    private MembraneClient(ApiTransport transport, KnownConnections knownConnections)
    {
        this.transport = transport;
        this.knownConnections = knownConnections;
        Connections = new ConnectionsArea(transport);
        ConnectionResolver = new ConnectionResolver(Connections, knownConnections);
        ConnectionRequests = new ConnectionRequestsArea(transport);
        Connectors = new ConnectorsArea(transport);
        Integrations = new IntegrationsArea(transport);
        ExternalApps = new ExternalAppsArea(transport);
        AppFinder = new AppFinder(Integrations, Connectors, ExternalApps, Connections);
        Search = new SearchArea(transport);
        Actions = new ActionsArea(transport);
        ActionRunLogs = new ActionRunLogsArea(transport);
        AgentSessions = new AgentSessionsArea(transport);
        Requests = new RequestsArea(transport);
        Data = new DataArea(transport);
        Flows = new FlowsArea(transport);
        FlowRuns = new FlowRunsArea(transport);
        Elements = new ElementsArea(transport);
        Tenants = new TenantsArea(transport);
        Identity = new IdentityArea(transport);
        Workspaces = new WorkspacesArea(transport);
        WorkspaceFiles = new WorkspaceFilesArea(transport);
    }

    /// <summary>Connections.</summary>
    public ConnectionsArea Connections { get; }

    /// <summary>Finds the connection that a person means.</summary>
    public ConnectionResolver ConnectionResolver { get; }

    /// <summary>Connection requests.</summary>
    public ConnectionRequestsArea ConnectionRequests { get; }

    /// <summary>Connectors.</summary>
    public ConnectorsArea Connectors { get; }

    /// <summary>Integrations.</summary>
    public IntegrationsArea Integrations { get; }

    /// <summary>External apps.</summary>
    public ExternalAppsArea ExternalApps { get; }

    /// <summary>Finds the app that a person means.</summary>
    public AppFinder AppFinder { get; }

    /// <summary>Search.</summary>
    public SearchArea Search { get; }

    /// <summary>Actions.</summary>
    public ActionsArea Actions { get; }

    /// <summary>The records of the runs of actions.</summary>
    public ActionRunLogsArea ActionRunLogs { get; }

    /// <summary>Agent sessions.</summary>
    public AgentSessionsArea AgentSessions { get; }

    /// <summary>Requests of any operation.</summary>
    public RequestsArea Requests { get; }

    /// <summary>Data collections and their records.</summary>
    public DataArea Data { get; }

    /// <summary>Flows.</summary>
    public FlowsArea Flows { get; }

    /// <summary>Runs of flows.</summary>
    public FlowRunsArea FlowRuns { get; }

    /// <summary>Elements of any type.</summary>
    public ElementsArea Elements { get; }

    /// <summary>Tenants; for managers.</summary>
    public TenantsArea Tenants { get; }

    /// <summary>Who one is.</summary>
    public IdentityArea Identity { get; }

    /// <summary>The workspaces of an organization.</summary>
    public WorkspacesArea Workspaces { get; }

    /// <summary>The elements of the workspace as files; for managers.</summary>
    public WorkspaceFilesArea WorkspaceFiles { get; }

    /// <summary>The same client, watched. Both share their connections; only the first one is to be disposed of.</summary>
    public MembraneClient With(IRequestObserver observer) => new(transport.With(observer), knownConnections);

    /// <summary>The token that requests carry now: a secret.</summary>
    /// <exception cref="MembraneSignInException">There is none to be had.</exception>
    public Task<string> GetTokenAsync(CancellationToken cancellationToken = default) => transport.GetTokenAsync(cancellationToken);

    /// <summary>The same client for the requests of a batch, which go through one gate.</summary>
    internal MembraneClient Through(IRequestGate gate) => new(transport.Through(gate), knownConnections);

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
