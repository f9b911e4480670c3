using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client;
using Membrane.Emulator.Catalog;
using Membrane.Emulator.Control;
using Membrane.Emulator.Dashboard;
using Membrane.Emulator.Durability;
using Membrane.Emulator.Http;
using Membrane.Emulator.Server;
using Membrane.Emulator.Store;

namespace Membrane.Emulator;

/// <summary>A local Membrane workspace that listens, by default on the loopback address, until it is stopped.</summary>
public sealed class EmulatorHost : IDisposable
{
    private readonly object gate = new();
    private readonly HttpServer server;
    private readonly EmulatorWorkspace workspace;
    private readonly IJournal journal;
    private readonly FaultList faults;
    private readonly RequestLog log;

    // Seen as localhost, or from another machine or container, this workspace has other names.
    private readonly AsyncLocal<Uri?> askedFor = new();

    private EmulatorHost(EmulatorOptions options, AllowedOrigins origins)
    {
        Options = options;
        var apps = CatalogFile.Read(options.CatalogPath);
        var state = options.StatePath is null ? null : StateFile.Open(options.StatePath, options.Report);
        journal = state is null ? new NoJournal() : state;
        faults = new FaultList(options.Seed);
        log = new RequestLog(options.RequestLogCapacity);
        workspace = new EmulatorWorkspace(options, origins, apps, journal, log, faults, Reset, () => askedFor.Value ?? BaseUri);
        server = new HttpServer(Handle, Record, Keep, Disturb, IsControl, new CrossOrigin(origins), options.Report);
        try
        {
            workspace.Open(state is null ? Array.Empty<JournalEntry>() : state.Kept);
            state?.Serve(workspace.Store, workspace.Baseline);
            server.Start(options.ListenAddress, options.Port);
        }
        catch
        {
            workspace.Dispose();
            journal.Dispose();
            throw;
        }

        var address = options.ListenAddress.Equals(IPAddress.Any) ? IPAddress.Loopback : options.ListenAddress;
        BaseUri = new UriBuilder(Uri.UriSchemeHttp, address.ToString(), server.Port).Uri;
        IsRunning = true;
    }

    /// <summary>The address of the API, as it is seen from this machine.</summary>
    public Uri BaseUri { get; private set; } = new("http://127.0.0.1/");

    /// <summary>The workspace key that tokens must name.</summary>
    public string WorkspaceKey => Options.WorkspaceKey;

    /// <summary>The workspace secret that tokens are signed with: that of the options, until it is rotated.</summary>
    public string WorkspaceSecret => workspace.Settings.Secret;

    /// <summary>The options it was started with.</summary>
    public EmulatorOptions Options { get; }

    /// <summary>Whether it listens.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>
    /// Whether connections that wait for a person are approved by themselves; those that wait already are when this becomes true. A connection
    /// that is disconnected stays so until it is asked for again.
    /// </summary>
    public bool AutoApprove
    {
        get => workspace.AutoApproves;
        set => workspace.AutoApproves = value;
    }

    /// <summary>Starts a workspace with the default options; when this returns it answers requests.</summary>
    /// <exception cref="IOException">No port is free.</exception>
    public static EmulatorHost Start() => Start(new EmulatorOptions());

    /// <summary>Starts a workspace; when this returns it answers requests.</summary>
    /// <param name="options">How to start it.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="IOException">The port is taken or the address is not of this machine, the catalog or the state cannot be read,
    /// or another process uses the state.</exception>
    /// <exception cref="InvalidDataException">The catalog or the state is not what it should be.</exception>
    public static EmulatorHost Start(EmulatorOptions options)
    {
        if (options is null)
        {
            throw new ArgumentNullException(nameof(options));
        }

        if (options.Port is < 0 or > 65535)
        {
            throw new ArgumentException("The port must be 0 to 65535.", nameof(options));
        }

        if (string.IsNullOrEmpty(options.WorkspaceKey))
        {
            throw new ArgumentException("The workspace key must not be empty.", nameof(options));
        }

        if (string.IsNullOrEmpty(options.WorkspaceSecret))
        {
            throw new ArgumentException("The workspace secret must not be empty.", nameof(options));
        }

        return new EmulatorHost(options, ReadOrigins(options));
    }

    /// <summary>Stops listening, ends what is under way and saves the state. Stopping twice does no harm.</summary>
    public void Stop()
    {
        lock (gate)
        {
            if (!IsRunning)
            {
                return;
            }

            IsRunning = false;
            workspace.Dispose();
            server.Dispose();
            journal.Dispose();
        }
    }

    /// <summary>Stops.</summary>
    public void Dispose() => Stop();

    /// <summary>Makes a client of this workspace that acts for a tenant. The caller disposes of it.</summary>
    /// <param name="tenantKey">The tenant; the service makes it when it first sees it.</param>
    public MembraneClient CreateClient(string tenantKey = "emulator-tenant") => new(CreateClientOptions(tenantKey));

    /// <summary>Makes a client of this workspace that manages it. The caller disposes of it.</summary>
    public MembraneClient CreateManagerClient()
    {
        var options = CreateClientOptions();
        (options.WorkspaceToken!.TenantKey, options.WorkspaceToken.IsManager) = (null, true);
        return new MembraneClient(options);
    }

    /// <summary>Makes the options of a client that acts for a tenant of this workspace.</summary>
    /// <param name="tenantKey">The tenant.</param>
    public MembraneClientOptions CreateClientOptions(string tenantKey = "emulator-tenant") =>
        new()
        {
            ApiUri = BaseUri,
            WorkspaceToken = new WorkspaceTokenOptions
            {
                WorkspaceKey = WorkspaceKey,
                WorkspaceSecret = WorkspaceSecret,
                TenantKey = tenantKey,
            },
        };

    /// <summary>
    /// Connects apps of the workspace for a tenant, and puts some records into them. What is connected stays as it is; a connection that
    /// waits for a person is connected.
    /// </summary>
    /// <param name="apps">The keys or names of the apps, in any case.</param>
    /// <param name="tenantKey">The tenant.</param>
    /// <returns>The ids of the connections, one for each app, in their order.</returns>
    /// <exception cref="ArgumentException">There is no such app. Nothing is connected then.</exception>
    public IReadOnlyList<string> ConnectApps(IEnumerable<string> apps, string tenantKey = "emulator-tenant") =>
        workspace.ConnectApps(apps ?? throw new ArgumentNullException(nameof(apps)), tenantKey);

    /// <summary>Returns the apps that can be connected: their keys with their names.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> GetApps() => workspace.Apps;

    /// <summary>The apps of a workspace without a catalog of its own: their keys with their names.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> BuiltInApps =>
        [.. CatalogFile.Read(null).Select(static app => new KeyValuePair<string, string>(app.Slug, app.Name))];

    /// <summary>Adds a disturbance.</summary>
    /// <param name="fault">What is to happen, and to which requests.</param>
    public void AddFault(Fault fault) => faults.Add(fault ?? throw new ArgumentNullException(nameof(fault)));

    /// <summary>Ends all disturbances.</summary>
    public void ClearFaults() => faults.Clear();

    /// <summary>Returns the disturbances that are set.</summary>
    public IReadOnlyList<Fault> GetFaults() => faults.All();

    /// <summary>Returns the newest requests, the oldest of them first.</summary>
    public IReadOnlyList<RecordedRequest> GetRequests() => log.All();

    /// <summary>Forgets the requests.</summary>
    public void ClearRequests() => log.Clear();

    /// <summary>The workspace's time.</summary>
    public DateTimeOffset Now => workspace.Clock.Now;

    /// <summary>Moves the workspace's time on (or, with a negative span, back): tokens and credentials expire by it.</summary>
    /// <param name="span">By how much; together with earlier moves at most 100 years either way.</param>
    /// <exception cref="ArgumentOutOfRangeException">It would be further than that.</exception>
    public void AdvanceClock(TimeSpan span)
    {
        var offset = workspace.Clock.Offset + span;
        if (offset.Duration() > EmulatorClock.Furthest)
        {
            throw new ArgumentOutOfRangeException(nameof(span), "The clock can be moved by at most 100 years.");
        }

        workspace.MoveClock(offset);
    }

    /// <summary>Goes back to the beginning: what the catalog says, no faults, no requests, the clock right.</summary>
    public void Reset()
    {
        workspace.Reset();
        faults.Clear();
        log.Clear();
    }

    private static AllowedOrigins ReadOrigins(EmulatorOptions options)
    {
        try
        {
            return new AllowedOrigins(options.AllowedOrigins);
        }
        catch (FormatException error)
        {
            throw new ArgumentException("The allowed origins are wrong: " + error.Message, error);
        }
    }

    private Task<Reply> Handle(IncomingRequest request, RequestLog.Entry entry, CancellationToken cancellationToken)
    {
        askedFor.Value = request.HostUri;
        return workspace.Dispatcher.Handle(request, entry, cancellationToken);
    }

    private RequestLog.Entry Record(IncomingRequest request) =>
        new(workspace.Clock.Now, request.Method, request.RawPath, request.RawQuery, request.Headers);

    private void Keep(IncomingRequest request, RequestLog.Entry entry)
    {
        if (!IsControl(request))
        {
            log.Add(entry);
        }
    }

    private FaultHit? Disturb(IncomingRequest request) => IsControl(request) ? null : faults.Match(request.Method, request.RawPath);

    private static bool IsControl(IncomingRequest request) =>
        request.RawPath.StartsWith(ControlOperations.Prefix, StringComparison.Ordinal) || DashboardRoutes.IsPage(request);
}
