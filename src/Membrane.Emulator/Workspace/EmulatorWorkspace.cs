using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Membrane.Emulator.Actions;
using Membrane.Emulator.Agents;
using Membrane.Emulator.Apps;
using Membrane.Emulator.Authentication;
using Membrane.Emulator.Authentication.OAuth;
using Membrane.Emulator.Catalog;
using Membrane.Emulator.Connections;
using Membrane.Emulator.Connectors;
using Membrane.Emulator.Customers;
using Membrane.Emulator.DataCollections;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Events;
using Membrane.Emulator.FieldMappings;
using Membrane.Emulator.Flows;
using Membrane.Emulator.Http;
using Membrane.Emulator.Proxy;
using Membrane.Emulator.Search;
using Membrane.Emulator.Store;
using Membrane.Emulator.WorkspaceFiles;

namespace Membrane.Emulator.Workspace;

/// <summary>One workspace: its parts, put together.</summary>
internal sealed class EmulatorWorkspace : IDisposable
{
    private readonly CancellationTokenSource stopping = new();

    public EmulatorWorkspace(EmulatorOptions options, IReadOnlyList<CatalogApp> apps, IJournal journal, Func<Uri> baseUri)
    {
        Baseline = AppElements.Of(apps).ToArray();
        WorkspaceKey = options.WorkspaceKey;
        Report = options.Report;
        Clock = new EmulatorClock();
        Store = new WorkspaceStore(options.Seed, journal);
        View = new ElementView(Store, baseUri);
        Lists = new ElementLists(Store, View);
        Finder = new ElementFinder(Store);
        Drafts = new ElementDrafts(Store, Finder, Clock);
        Contents = new ElementContents(Store);
        Records = new Records(Store, Clock);
        ActionCollections = new ActionCollections(Store);
        Settings = new WorkspaceSettings(options, Store, Clock);
        Grants = new OAuthGrants(options, Store, Clock);
        Gatekeeper = new Gatekeeper(options, Store, Clock, new TokenVerifier(Settings.Keys, Clock), Grants);
        Connecting = new ConnectionService(Store, Clock);
        Agents = new AgentService(options, this, stopping.Token);

        AppApi = new AppApi(Store, Records, Clock);
        Actions = new ActionExecution(this);
        Flows = new FlowService(this, stopping.Token);
        Jobs = new AsyncJobs(Report, View.Address);

        new ConnectorOperations(this).AddTo(Handlers);
        new ConnectionOperations(this).AddTo(Handlers);
        new ConnectionRequestOperations(this).AddTo(Handlers);
        new ActionOperations(this).AddTo(Handlers);
        new ActionRunOperations(this).AddTo(Handlers);
        new SearchOperations(this).AddTo(Handlers);
        new AgentOperations(this).AddTo(Handlers);
        new SelfOperations(this).AddTo(Handlers);
        new WorkspaceOperations(this).AddTo(Handlers);
        new DataCollectionOperations(this).AddTo(Handlers);
        new ProxyOperations(this).AddTo(Handlers);
        new FlowRunOperations(this).AddTo(Handlers);
        new FieldMappingOperations(this).AddTo(Handlers);
        new AppEventOperations(this).AddTo(Handlers);
        new NestedElementOperations(this).AddTo(Handlers);
        new WorkspaceFileOperations(this).AddTo(Handlers);
        foreach (
            var kind in new[]
            {
                ElementKinds.Connection,
                ElementKinds.Connector,
                ElementKinds.Integration,
                ElementKinds.App,
                ElementKinds.Customer,
                ElementKinds.Action,
                ElementKinds.Flow,
                ElementKinds.FieldMapping,
                ElementKinds.DataSource,
                ElementKinds.Package,
                ElementKinds.AppEventType,
                ElementKinds.AppEventSubscription,
            }
        )
        {
            new ElementOperations(this, kind).AddTo(Handlers);
        }
    }

    public string WorkspaceKey { get; }

    /// <summary>Where what nobody expected is told.</summary>
    public System.Action<string> Report { get; }

    public string WorkspaceId => Settings.Id;

    public WorkspaceSettings Settings { get; }

    public EmulatorClock Clock { get; }

    public WorkspaceStore Store { get; }

    public ElementView View { get; }

    public ElementLists Lists { get; }

    public ElementFinder Finder { get; }

    public ElementDrafts Drafts { get; }

    public ElementContents Contents { get; }

    public Records Records { get; }

    public ActionCollections ActionCollections { get; }

    /// <summary>Runs actions.</summary>
    public ActionExecution Actions { get; }

    public FlowService Flows { get; }

    /// <summary>The apps' own APIs.</summary>
    public AppApi AppApi { get; }

    /// <summary>The sign-ins of persons.</summary>
    public OAuthGrants Grants { get; }

    public Gatekeeper Gatekeeper { get; }

    public ConnectionService Connecting { get; }

    public AgentService Agents { get; }

    /// <summary>Work that goes on after its request was answered.</summary>
    public AsyncJobs Jobs { get; }

    /// <summary>What the catalog brings.</summary>
    public IReadOnlyList<JournalEntry> Baseline { get; }

    public HandlerTable Handlers { get; } = new();

    /// <summary>Fills the store: the catalog, then what an earlier run has left.</summary>
    public void Open(IReadOnlyList<JournalEntry> kept)
    {
        Store.Load(Baseline);
        Store.Load(kept);
        Connecting.ExpireCredentials();
        Agents.Resume();
        Flows.Resume();
    }

    /// <summary>Back to what the catalog says.</summary>
    public void Reset()
    {
        Agents.InterruptAll();
        Flows.InterruptAll();
        Jobs.Clear();
        Store.Reset(Baseline, Gatekeeper.Forget);
        Clock.Offset = TimeSpan.Zero;
    }

    /// <summary>Moves the workspace's time; what has run out by then runs out now.</summary>
    public void MoveClock(TimeSpan offset)
    {
        Clock.Offset = offset;
        Connecting.ExpireCredentials();
    }

    public void Dispose()
    {
        stopping.Cancel();
        stopping.Dispose();
    }
}
