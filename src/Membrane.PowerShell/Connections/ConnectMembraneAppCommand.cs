using System;
using System.Collections;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using Membrane.Client;
using Membrane.Client.Apps;
using Membrane.Client.Connections;
using Membrane.Client.Transport;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connectors;
using Membrane.PowerShell.ExternalApps;
using Membrane.PowerShell.Integrations;

namespace Membrane.PowerShell.Connections;

/// <summary>
/// Connects an app, with a person to sign in to it: finds the app, asks for the connection, opens the page in a browser (or says its
/// address, where there is no browser), waits, and emits the connection. A connection that is there and works is emitted as it is;
/// one that was cut is signed in again, and no second one made.
/// </summary>
[Cmdlet(
    VerbsCommunications.Connect,
    "MembraneApp",
    SupportsShouldProcess = true,
    DefaultParameterSetName = AppSet,
    HelpUri = OnlineHelp.Pages + "Connect-MembraneApp.md"
)]
[OutputType(typeof(Connection), typeof(ConnectionRequest))]
public sealed class ConnectMembraneAppCommand : MembraneWaitCommand
{
    private const string AppSet = "App";
    private const string ConnectionSet = "Connection";

    private readonly Stopwatch watch = new();
    private ConnectionWait? wait;

    /// <summary>
    /// The app: the id, key or name of an integration, a connector or an external app, the address of the app's web site, or an object
    /// that a Get- or Find- command shows.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = AppSet)]
    [ArgumentCompleter(typeof(IntegrationCompleter))]
    [RefuseNothing]
    public PSObject? App { get; set; }

    /// <summary>The connection to sign in again: the object, its id, its key, or the key of an app that is connected once.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ConnectionSet)]
    [Alias("ConnectionId")]
    [ReferenceTransformation(typeof(ConnectionReference), RefusesOthers = true)]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionReference? Connection { get; set; }

    /// <summary>A name for the connection.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Name { get; set; }

    /// <summary>A key for the connection, 1 to 100 characters.</summary>
    [Parameter]
    [ValidateLength(1, 100)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? ConnectionKey { get; set; }

    /// <summary>Make a new connection even where one exists.</summary>
    [Parameter(ParameterSetName = AppSet)]
    public SwitchParameter AllowMultipleConnections { get; set; }

    /// <summary>Sign in again even to a connection that works.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>The settings of the connector.</summary>
    [Parameter]
    [DictionaryTransformation]
    [ArgumentCompleter(typeof(NoCompleter))]
    public IDictionary? ConnectorParameters { get; set; }

    /// <summary>Where the person is sent afterwards.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? RedirectUri { get; set; }

    /// <summary>
    /// Open no browser; the address of the page is said on the screen, or in a warning where there is none. That is the rule in hosts
    /// without a person, over SSH and in CI.
    /// </summary>
    [Parameter]
    [Alias("NonInteractive")]
    public SwitchParameter NoBrowser { get; set; }

    /// <summary>Show the address of the page as a QR code, too, for a phone, and open no browser.</summary>
    [Parameter]
    public SwitchParameter ShowQRCode { get; set; }

    /// <summary>Do not wait for the person: emit the connection request, for Wait-MembraneConnectionRequest.</summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => App?.BaseObject ?? Connection?.IdOrKey;

    private TimeSpan Left => TimeSpan.FromSeconds(TimeoutSec) - watch.Elapsed;

    /// <inheritdoc/>
    protected override void Process()
    {
        watch.Restart();
        wait ??= new ConnectionWait(this, ShowPage);
        if ((Connection ?? OfApp()) is { } named)
        {
            var id = this.ResolveId(named)!;
            Use(Await(token => Client.Connections.GetAsync(id, token)));
            return;
        }

        var target = FindApp();
        var existing = AllowMultipleConnections ? [] : Await(token => Client.AppFinder.FindConnectionsAsync(target, token));
        switch (existing.Count)
        {
            case 0 when target.IntegrationId is null && target.ConnectorId is null:
                Ensure(target);
                break;
            case 0:
                Ask(
                    target.Name,
                    new NewConnectionRequest
                    {
                        IntegrationId = target.IntegrationId,
                        ConnectorId = target.IntegrationId is null ? target.ConnectorId : null,
                    }
                );
                break;
            case 1:
                Use(existing[0]);
                break;
            default:
                throw new MembraneException(
                    ErrorIds.Ambiguous,
                    $"'{target.Name}' is connected more than once: "
                        + $"{string.Join(", ", existing.Select(static one => $"{one.Name} ({one.Id})"))}.",
                    "Name the one to sign in again with -Connection, or make another one with -AllowMultipleConnections."
                );
        }
    }

    private void ShowPage(string address, string what)
    {
        var person = new PersonOutput(this);
        if (!NoBrowser && !ShowQRCode && IsWebPage(address, out var page) && Browser.IsAtHand(Host) && Browser.TryOpen(page!))
        {
            person.SayOpenPage($"{what} The browser shows this page:", address);
            return;
        }

        var wait = NoWait ? string.Empty : $" (waiting up to {TimeoutSec} seconds)";
        person.SayPage($"{what} Open this page{wait}:", address, ShowQRCode);
    }

    // Other addresses could start a program.
    private static bool IsWebPage(string address, out Uri? page) =>
        Uri.TryCreate(address, UriKind.Absolute, out page)
        && (page.Scheme == Uri.UriSchemeHttps || (page.Scheme == Uri.UriSchemeHttp && page.IsLoopback));

    // A connection, or a request for one, may stand for its app.
    private ConnectionReference? OfApp() =>
        GivenObject.Find(App) is { Kind: nameof(Membrane.Connection) or nameof(ConnectionRequest) } given
            ? (ConnectionReference?)ConnectionReference.Reader.Read(given)
            : null;

    private AppTarget FindApp() =>
        App!.BaseObject switch
        {
            string text => Await(token => Client.AppFinder.FindAsync(text, token)),
            Uri address => Await(token => Client.AppFinder.FindAsync(address.OriginalString, token)),
            Integration integration => AppTarget.Of(integration),
            Connector connector => AppTarget.Of(connector),
            ExternalApp app => AppTarget.Of(app),
            _ when IntegrationReference.Reader.Read(App) is { Source: { } source, IdOrKey: var id } => new AppTarget
            {
                Name = source.Title ?? id,
                IntegrationId = id,
            },
            _ when ConnectorReference.Reader.Read(App) is { Source: { } source, IdOrKey: var id } => new AppTarget
            {
                Name = source.Title ?? id,
                ConnectorId = id,
            },
            _ when ExternalAppReference.Reader.Read(App) is { Source: not null, IdOrKey: var id } => Await(async token =>
                AppTarget.Of(await Client.ExternalApps.GetAsync(id, token).ConfigureAwait(false))
            ),
            object other => throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(App),
                $"'{other}' is not an app that can be connected.",
                "Pass the name, key or address of an app, or an object of Get-MembraneIntegration, Get-MembraneConnector, "
                    + "Get-MembraneExternalApp or Find-MembraneElement."
            ),
        };

    // An app that has no connector yet: the service finds one or has it built.
    private void Ensure(AppTarget target)
    {
        var address = AppAddress.Check(target.AppUrl, nameof(App));
        string[] others = [nameof(AllowMultipleConnections), nameof(ConnectionKey), nameof(ConnectorParameters), nameof(RedirectUri)];
        if (others.FirstOrDefault(IsNamed) is { } other)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                other,
                $"{other} has no meaning for an app that is named by its address: the service finds or makes the connection, and takes "
                    + $"nothing but a name.",
                $"Leave out -{other}, or name the app by its integration or connector: Find-MembraneElement finds them."
            );
        }

        if (ShouldProcess(target.Name, "Connect"))
        {
            Finish(Await(token => Client.Connections.EnsureAsync(address, Name, token)));
        }
    }

    private void Use(Connection connection)
    {
        if (connection.GetReadiness() == ConnectionReadiness.Ready && !Force)
        {
            WriteVerbose($"{connection.Name} is connected already; -Force signs in again.");
            WriteObject(connection);
        }
        else if (ShouldProcess($"{connection.Name} ({connection.Id})", "Sign in again"))
        {
            Finish(connection);
        }
    }

    // Whatever state it is in, until it is usable.
    private void Finish(Connection connection)
    {
        bool signsInAgain = Force;
        if (connection.GetReadiness() == ConnectionReadiness.Building)
        {
            connection = wait!.UntilUsable(connection.Id!, endsAtAction: true, Left);
            signsInAgain = false;
        }

        if (connection.GetReadiness() == ConnectionReadiness.Unusable)
        {
            throw ConnectionWait.Trouble(connection);
        }

        if (connection.GetReadiness() == ConnectionReadiness.Ready && !signsInAgain)
        {
            WriteObject(connection);
        }
        else if (connection.ClientAction?.UiUrl is { Length: > 0 } && !NoWait)
        {
            WriteObject(wait!.UntilUsable(connection.Id!, endsAtAction: false, Left));
        }
        else
        {
            Ask(connection.Name ?? connection.Id!, new NewConnectionRequest { ConnectionId = connection.Id }, isConfirmed: true);
        }
    }

    private void Ask(string name, NewConnectionRequest what, bool isConfirmed = false)
    {
        if (!isConfirmed && !ShouldProcess(name, "Connect"))
        {
            return;
        }

        var request = Await(token =>
            Client.ConnectionRequests.CreateAsync(
                new NewConnectionRequest
                {
                    IntegrationId = what.IntegrationId,
                    ConnectorId = what.ConnectorId,
                    ConnectionId = what.ConnectionId,
                    ConnectionKey = ConnectionKey,
                    Name = Name,
                    AllowMultipleConnections = AllowMultipleConnections ? true : null,
                    ConnectorParameters = ConnectorParameters,
                    RedirectUri = RedirectUri,
                },
                token
            )
        );
        if (request is { Url: { } address, Status: "pending" })
        {
            ShowPage(address, $"To connect {name}, sign in to it.");
        }

        if (NoWait)
        {
            WriteObject(request);
            return;
        }

        var connectionId = WaitForPerson(request, name);
        WriteObject(wait!.UntilUsable(connectionId, endsAtAction: false, Left));
    }

    private string WaitForPerson(ConnectionRequest request, string name)
    {
        var activity = $"Connecting {name}";
        try
        {
            var done = Await(token =>
                Client.ConnectionRequests.WaitAsync(
                    request.RequestId!,
                    WaitFor<ConnectionRequest>(
                        activity,
                        static state =>
                            state.Status == "pending" ? "Waiting for a person to sign in on the page" : state.Status ?? string.Empty,
                        Left
                    ),
                    token
                )
            );
            return done is { Status: "success", ResultConnectionId: { } id } ? id : throw Refused(done, name);
        }
        catch (MembraneTimeoutException exception)
        {
            throw new MembraneTimeoutException(
                exception.ErrorId,
                $"{name} was not connected within {TimeoutSec} seconds.",
                $"The page is still open: {request.Url} Then wait with Wait-MembraneConnectionRequest {request.RequestId}.",
                exception.LastSeen
            );
        }
        finally
        {
            EndProgress(activity);
        }
    }

    private static MembraneException Refused(ConnectionRequest request, string name) =>
        new(
            AppAnswer.IdOf(request.ResultError, ErrorIds.ConnectionRequestFailed, PowerShellObjectAdapter.Instance),
            $"{name} is not connected: the request {request.RequestId} ended with status "
                + $"'{request.Status}'{(request.ResultError is { } error ? ": " + error : ".")}",
            "Try again with Connect-MembraneApp."
        );
}
