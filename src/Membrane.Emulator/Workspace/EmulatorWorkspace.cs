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
using Membrane.Emulator.Elements;
using Membrane.Emulator.Http;
using Membrane.Emulator.Search;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Workspace;

/// <summary>One workspace: its parts, put together.</summary>
internal sealed class EmulatorWorkspace : IDisposable
{
    private readonly CancellationTokenSource stopping = new();

    public EmulatorWorkspace(EmulatorOptions options, IReadOnlyList<CatalogApp> apps, IJournal journal, Func<Uri> baseUri)
    {
        Baseline = AppElements.Of(apps).ToArray();
        WorkspaceKey = options.WorkspaceKey;
        Clock = new EmulatorClock();
        Store = new WorkspaceStore(options.Seed, journal);
        View = new ElementView(Store, baseUri);
        Lists = new ElementLists(Store, View);
        Finder = new ElementFinder(Store);
        Records = new Records(Store, Clock);
        var keys = new SigningKeys(options.WorkspaceKey, options.WorkspaceSecret);
        Grants = new OAuthGrants(options, Store, Clock);
        Gatekeeper = new Gatekeeper(options, Store, Clock, new TokenVerifier(() => keys, Clock), Grants);
        Connecting = new ConnectionService(Store, Clock);
        Agents = new AgentService(options, Store, Clock, Connecting, stopping.Token);

        new ConnectorOperations(this).AddTo(Handlers);
        new ConnectionOperations(this).AddTo(Handlers);
        new ConnectionRequestOperations(this).AddTo(Handlers);
        new ActionOperations(this).AddTo(Handlers);
        new ActionRunOperations(this).AddTo(Handlers);
        new SearchOperations(this).AddTo(Handlers);
        new AgentOperations(this).AddTo(Handlers);
        new SelfOperations(this).AddTo(Handlers);
    }

    public string WorkspaceKey { get; }

    /// <summary>The id of the workspace; it follows from its key.</summary>
    public string WorkspaceId => IdSource.Derived("ws", WorkspaceKey);

    public EmulatorClock Clock { get; }

    public WorkspaceStore Store { get; }

    public ElementView View { get; }

    public ElementLists Lists { get; }

    public ElementFinder Finder { get; }

    public Records Records { get; }

    /// <summary>The sign-ins of persons.</summary>
    public OAuthGrants Grants { get; }

    public Gatekeeper Gatekeeper { get; }

    public ConnectionService Connecting { get; }

    public AgentService Agents { get; }

    /// <summary>What the catalog brings.</summary>
    public IReadOnlyList<JournalEntry> Baseline { get; }

    public HandlerTable Handlers { get; } = new();

    /// <summary>Fills the store: the catalog, then what an earlier run has left.</summary>
    public void Open(IEnumerable<JournalEntry> kept)
    {
        Store.Load(Baseline);
        Store.Load(kept);
        Agents.Resume();
    }

    /// <summary>Back to what the catalog says.</summary>
    public void Reset()
    {
        Agents.InterruptAll();
        Store.Clear();
        Store.Load(Baseline);
        Gatekeeper.Forget();
        Clock.Offset = TimeSpan.Zero;
    }

    public void Dispose()
    {
        stopping.Cancel();
        stopping.Dispose();
    }
}
