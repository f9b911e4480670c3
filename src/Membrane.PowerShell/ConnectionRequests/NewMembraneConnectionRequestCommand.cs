using System.Collections;
using System.Management.Automation;
using Membrane.Client;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connections;
using Membrane.PowerShell.Connectors;
using Membrane.PowerShell.Integrations;

namespace Membrane.PowerShell.ConnectionRequests;

/// <summary>Asks for a connection: gives the address of a page on which a person signs in to the app (POST /connection-requests).</summary>
[Cmdlet(
    VerbsCommon.New,
    "MembraneConnectionRequest",
    SupportsShouldProcess = true,
    HelpUri = OnlineHelp.Pages + "New-MembraneConnectionRequest.md"
)]
[OutputType(typeof(ConnectionRequest))]
public sealed class NewMembraneConnectionRequestCommand : MembraneApiCommand
{
    /// <summary>
    /// What to connect, from the pipeline: a connector, an integration, a connection to sign in again, or a row with ConnectorId or
    /// IntegrationId.
    /// </summary>
    [Parameter(ValueFromPipeline = true)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public PSObject? InputObject { get; set; }

    /// <summary>The id of the connector.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ConnectorIdCompleter))]
    [RefuseNothing]
    public string? ConnectorId { get; set; }

    /// <summary>The key of the connector.</summary>
    [Parameter]
    [RefuseNothing]
    [ArgumentCompleter(typeof(ConnectorCompleter))]
    public string? ConnectorKey { get; set; }

    /// <summary>The version of the connector.</summary>
    [Parameter]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? ConnectorVersion { get; set; }

    /// <summary>The id of the integration.</summary>
    [Parameter]
    [RefuseNothing]
    [ArgumentCompleter(typeof(IntegrationIdCompleter))]
    public string? IntegrationId { get; set; }

    /// <summary>The key of the integration.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(IntegrationCompleter))]
    [RefuseNothing]
    public string? IntegrationKey { get; set; }

    /// <summary>The id of the connection to sign in again.</summary>
    [Parameter]
    [RefuseNothing]
    [ArgumentCompleter(typeof(ConnectionIdCompleter))]
    public string? ConnectionId { get; set; }

    /// <summary>A key for the connection, 1 to 100 characters.</summary>
    [Parameter]
    [ValidateLength(1, 100)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? ConnectionKey { get; set; }

    /// <summary>A name for the connection.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Name { get; set; }

    /// <summary>Make a new connection even where one exists.</summary>
    [Parameter]
    public SwitchParameter AllowMultipleConnections { get; set; }

    /// <summary>The settings of the connector.</summary>
    [Parameter]
    [DictionaryTransformation]
    [ArgumentCompleter(typeof(NoCompleter))]
    public IDictionary? ConnectorParameters { get; set; }

    /// <summary>Where the person is sent afterwards.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? RedirectUri { get; set; }

    /// <summary>Task text for the agent, where one has to build something first.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Prompt { get; set; }

    /// <summary>Show the address of the page as a QR code, too, for a phone.</summary>
    [Parameter]
    public SwitchParameter ShowQRCode { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget =>
        (object?)InputObject ?? ConnectorId ?? IntegrationId ?? ConnectionId ?? IntegrationKey ?? ConnectorKey;

    /// <inheritdoc/>
    protected override void Process()
    {
        var input = ConnectionInput.From(InputObject);
        var connectorId = ConnectorId ?? input?.ConnectorId;
        var integrationId = IntegrationId ?? input?.IntegrationId;
        var connectionId = ConnectionId ?? input?.ConnectionId;
        var request = new NewConnectionRequest
        {
            ConnectorId = connectorId,
            ConnectorKey = ConnectorKey,
            ConnectorVersion = ConnectorVersion,
            IntegrationId = integrationId,
            IntegrationKey = IntegrationKey,
            ConnectionId = connectionId,
            ConnectionKey = ConnectionKey,
            Name = Name,
            AllowMultipleConnections = AllowMultipleConnections ? true : null,
            ConnectorParameters = ConnectorParameters,
            RedirectUri = RedirectUri,
            Prompt = Prompt,
        };
        var target = connectionId ?? connectorId ?? integrationId ?? IntegrationKey ?? ConnectorKey ?? ConnectionKey ?? "nothing";
        if (ShouldProcess(target, "Request a connection"))
        {
            var made = Await(token => Client.ConnectionRequests.CreateAsync(request, token));
            SayPage(made);
            WriteObject(made);
        }
    }

    // The table of the request has no room for the address, and a list would break it into pieces. A program that reads the output takes
    // it from the object.
    private void SayPage(ConnectionRequest request)
    {
        var person = new PersonOutput(this);
        if (request.Url is { Length: > 0 } address && ((person.IsSeen && !person.IsTaken) || ShowQRCode))
        {
            person.SayPage("To connect, open this page and sign in to the app:", address, ShowQRCode);
        }
    }
}
