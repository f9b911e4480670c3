using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Membrane.Emulator.Actions;
using Membrane.Emulator.Agents;
using Membrane.Emulator.Apps;
using Membrane.Emulator.Authentication;
using Membrane.Emulator.Catalog;
using Membrane.Emulator.Code;
using Membrane.Emulator.Connections;
using Membrane.Emulator.Connectors;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Control;
using Membrane.Emulator.Dashboard;
using Membrane.Emulator.DataCollections;
using Membrane.Emulator.DataLinks;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Events;
using Membrane.Emulator.FieldMappings;
using Membrane.Emulator.Flows;
using Membrane.Emulator.Http;
using Membrane.Emulator.Instances;
using Membrane.Emulator.Mcp;
using Membrane.Emulator.OAuth;
using Membrane.Emulator.Pages;
using Membrane.Emulator.Proxy;
using Membrane.Emulator.Search;
using Membrane.Emulator.Self;
using Membrane.Emulator.Server;
using Membrane.Emulator.Store;
using Membrane.Emulator.Streams;
using Membrane.Emulator.WorkspaceFiles;
using Membrane.Emulator.Workspaces;

namespace Membrane.Emulator;

/// <summary>One workspace: the one place where its parts are put together.</summary>
internal sealed class EmulatorWorkspace : IDisposable
{
    private readonly CancellationTokenSource stopping = new();

    private readonly ConnectionService connecting;
    private readonly AgentService agents;
    private readonly FlowService flows;
    private readonly AsyncJobs jobs;
    private readonly EventStreams streams;
    private readonly WorkspaceTimer timer;
    private readonly Authenticator authenticator;
    private readonly HandlerTable handlers = new();
    private readonly AnonymousRoutes openRoutes;
    private readonly McpRoute mcp;
    private readonly bool isStrict;
    private readonly ICodeRunner runner;
    private readonly ConnectedApps connectedApps;
    private readonly System.Action<string> report;

    /// <summary>Puts a workspace together.</summary>
    /// <param name="options">How it is to be.</param>
    /// <param name="origins">The pages that may call the API.</param>
    /// <param name="apps">The apps of the catalog.</param>
    /// <param name="journal">Keeps changes.</param>
    /// <param name="log">The requests that came, for the control operations.</param>
    /// <param name="faults">The faults that are set, for the control operations.</param>
    /// <param name="reset">Brings all back to the beginning, for the control operations.</param>
    /// <param name="baseUri">Where it listens.</param>
    public EmulatorWorkspace(
        EmulatorOptions options,
        AllowedOrigins origins,
        IReadOnlyList<CatalogApp> apps,
        IJournal journal,
        RequestLog log,
        FaultList faults,
        System.Action reset,
        Func<Uri> baseUri
    )
    {
        var key = options.WorkspaceKey;
        report = options.Report;
        isStrict = options.IsStrict;
        Baseline = AppElements.Of(apps).ToArray();
        Clock = new EmulatorClock();
        Store = new WorkspaceStore(options.Seed, journal);
        Settings = new WorkspaceSettings(key, options.WorkspaceSecret, Store, Clock);
        var access = new ElementAccess(Store, Clock, new ElementView(Store, baseUri));
        var records = new Records(Store, Clock);
        var appApi = new AppApi(Store, records, Clock);
        var collections = new ActionCollections(Store);
        var grants = new OAuthGrants(key, options.WorkspaceSecret, Store, Clock);
        authenticator = new Authenticator(
            AccountTokensOf(options),
            EmulatorOptions.DefaultAccountToken,
            Store,
            Clock,
            new TokenVerifier(Settings.Keys, Clock),
            grants.Verify
        );
        connecting = new ConnectionService(Store, Clock) { AutoApproves = options.AutoApprove };
        connectedApps = new ConnectedApps(Store, connecting, records, collections, new SampleRecords(Clock));
        jobs = new AsyncJobs(report, access.View.Address);
        agents = new AgentService(
            Math.Max(0, Math.Min(600_000, options.AgentWorkMilliseconds)),
            Store,
            Clock,
            access.Drafts,
            connecting,
            report,
            Settings.Id,
            stopping.Token
        );
        runner = CodeWorkers.Find(options.Code);
        var code = new CodeExecution(runner, (caller, incoming, cancellation) => Dispatcher.Call(caller, incoming, cancellation));
        var actions = new ActionExecution(access, records, collections, code);
        flows = new FlowService(Store, Clock, new FlowNodes(access.Finder, actions, code, records, appApi), report, stopping.Token);

        new ConnectorOperations(access).AddTo(handlers);
        new ConnectionOperations(access, connecting, agents).AddTo(handlers);
        new ConnectionRequestOperations(Store, access.View, connecting).AddTo(handlers);
        new ActionOperations(access).AddTo(handlers);
        new ActionRunOperations(access, actions, appApi).AddTo(handlers);
        new SearchOperations(access).AddTo(handlers);
        new AgentOperations(access, agents, Settings.Id).AddTo(handlers);
        new SelfOperations(Store, key).AddTo(handlers);
        new WorkspaceOperations(access, Settings, authenticator, key).AddTo(handlers);
        new DataCollectionOperations(Store, access.Finder, records, collections).AddTo(handlers);
        new ProxyOperations(access, actions, appApi).AddTo(handlers);
        new FlowRunOperations(access, flows).AddTo(handlers);
        new FieldMappingOperations(access.Finder).AddTo(handlers);
        var eventFlows = new EventFlows(access, flows);
        var appEvents = new AppEventLog(access, eventFlows);
        new AppEventOperations(access).AddTo(handlers);
        appEvents.AddTo(handlers);
        var externalEvents = new ExternalEvents(access, eventFlows);
        var pulls = new ExternalEventPulls(access, externalEvents);
        new ExternalEventOperations(access, pulls).AddTo(handlers);
        _ = new RecordTriggers(access, records, externalEvents, report);
        timer = new WorkspaceTimer(access, eventFlows, pulls, report);
        new NestedElementOperations(access).AddTo(handlers);
        new DataLinkOperations(access).AddTo(handlers);
        new InstanceOperations(access, handlers).AddTo(handlers);
        new WorkspaceFileOperations(access, jobs).AddTo(handlers);
        streams = new EventStreams(access, authenticator, ElementKinds.All, options.StreamKeepAlive);
        streams.AddTo(handlers);
        foreach (var kind in ElementKinds.All)
        {
            new ElementOperations(access, agents, authenticator, kind).AddTo(handlers);
        }

        var clients = new OAuthClients(Store, Clock, () => baseUri().AbsoluteUri.TrimEnd('/') + SignInPages.CodePath);
        var signIns = new OpenSignIns(clients, Clock);
        var control = new ControlOperations(log, faults, reset, Clock, MoveClock);
        openRoutes = new AnonymousRoutes(
            new DashboardRoutes(log, control, new WorkspaceOverview(Store, Settings, signIns), new RecordPages(records), Clock),
            control,
            new ConnectionPages(access, connecting, authenticator),
            new OAuthRoutes(clients, new SignInPages(Store, grants, Settings, key, clients, signIns), grants, authenticator, baseUri),
            appEvents,
            jobs
        );
        mcp = new McpRoute(access.View, authenticator, handlers, origins);
    }

    public WorkspaceSettings Settings { get; }

    public EmulatorClock Clock { get; }

    public WorkspaceStore Store { get; }

    /// <summary>What the catalog brings.</summary>
    public IReadOnlyList<JournalEntry> Baseline { get; }

    /// <summary>Whether what waits for a person is approved without one.</summary>
    public bool AutoApproves
    {
        get => connecting.AutoApproves;
        set
        {
            connecting.AutoApproves = value;
            if (value)
            {
                connecting.ApproveAll();
            }
        }
    }

    /// <summary>Answers the requests that come.</summary>
    public Dispatcher Dispatcher => new(Store, authenticator, handlers, openRoutes, mcp, isStrict, report);

    /// <summary>Fills the store: the catalog, then what an earlier run has left.</summary>
    public void Open(IReadOnlyList<JournalEntry> kept)
    {
        Store.Load(Baseline);
        Store.Load(kept);
        connecting.ExpireCredentials();
        agents.Resume();
        flows.Resume();
        timer.Restart();
        _ = timer.Run(stopping.Token);
    }

    /// <summary>The apps that can be connected: their keys with their names.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Apps => connectedApps.All;

    /// <summary>Connects apps for a tenant, with some records.</summary>
    public IReadOnlyList<string> ConnectApps(IEnumerable<string> apps, string tenantKey) =>
        connectedApps.Connect(apps, () => authenticator.KnowTenant(tenantKey));

    /// <summary>Restores what the catalog says.</summary>
    public void Reset()
    {
        agents.InterruptAll();
        flows.InterruptAll();
        jobs.Clear();
        Store.Reset(Baseline, authenticator.Forget);
        Clock.Offset = TimeSpan.Zero;
        timer.Restart();
        streams.EndAll();
    }

    /// <summary>Moves the workspace's time; what has run out or is due by then runs out and is done now.</summary>
    public void MoveClock(TimeSpan offset)
    {
        Clock.Offset = offset;
        connecting.ExpireCredentials();
        timer.DoDue();
    }

    public void Dispose()
    {
        stopping.Cancel();
        (runner as IDisposable)?.Dispose();
        stopping.Dispose();
    }

    // A workspace with a secret of its own is not open to those who know the public one.
    private static string[] AccountTokensOf(EmulatorOptions options) =>
        [
            .. options.AccountTokens.Where(token =>
                token != EmulatorOptions.DefaultAccountToken || options.WorkspaceSecret == EmulatorOptions.DefaultWorkspaceSecret
            ),
        ];
}
