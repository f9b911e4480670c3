using System;
using System.Collections;
using System.Management.Automation;
using System.Security;
using Membrane.Client;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Integrations;
using Membrane.PowerShell.Sessions;

namespace Membrane.PowerShell.Connections;

/// <summary>
/// Gets the address of the vendor's page on which a person connects an integration, or signs in again for a connection: for an iframe
/// or a link in your own product. The address carries the token of the context, so it is a secret and ends with the token.
/// </summary>
[Cmdlet(
    VerbsCommon.Get,
    "MembraneConnectUri",
    DefaultParameterSetName = IntegrationSet,
    HelpUri = OnlineHelp.Pages + "Get-MembraneConnectUri.md"
)]
[OutputType(typeof(SecureString), typeof(string))]
public sealed class GetMembraneConnectUriCommand : MembraneApiCommand
{
    private const string IntegrationSet = "Integration";
    private const string ConnectionSet = "Connection";

    /// <summary>The integration to connect: the object, or its key.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = IntegrationSet)]
    [Alias("IntegrationKey", "Key")]
    [ReferenceTransformation(typeof(IntegrationReference))]
    [ArgumentCompleter(typeof(IntegrationCompleter))]
    public IntegrationReference? Integration { get; set; }

    /// <summary>The connection to sign in again: the object, its id, its key, or the key of an app that is connected once.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ConnectionSet)]
    [Alias("ConnectionId")]
    [ReferenceTransformation(typeof(ConnectionReference))]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionReference? Connection { get; set; }

    /// <summary>Where the person is sent afterwards. The vendor wants it where the page is not in an iframe.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? RedirectUri { get; set; }

    /// <summary>Make a new connection even where one exists.</summary>
    [Parameter(ParameterSetName = IntegrationSet)]
    public SwitchParameter AllowMultipleConnections { get; set; }

    /// <summary>A name for the connection.</summary>
    [Parameter(ParameterSetName = IntegrationSet)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Name { get; set; }

    /// <summary>The settings of the connector.</summary>
    [Parameter(ParameterSetName = IntegrationSet)]
    [DictionaryTransformation]
    [ArgumentCompleter(typeof(NoCompleter))]
    public IDictionary? ConnectorParameters { get; set; }

    /// <summary>
    /// Where the pages are, if not at https://ui.getmembrane.com; the older host is https://ui.integration.app. For an API on this machine
    /// itself, the pages are looked for there too.
    /// </summary>
    [Parameter]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public Uri? UiUri { get; set; }

    /// <summary>Emit the address as plain text. It should not get into logs.</summary>
    [Parameter]
    public SwitchParameter AsPlainText { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => Integration?.IdOrKey ?? Connection?.IdOrKey;

    /// <inheritdoc/>
    protected override void Process()
    {
        var page = new ConnectAddress
        {
            UiUri = UiUri ?? UiOf(Context ?? RunspaceState.Current.DefaultContext!),
            // The user who signed in to such an address has allowed that one, and no other.
            AllowUnencryptedAuthentication = UiUri is null,
            RedirectUri = RedirectUri,
            AllowMultipleConnections = AllowMultipleConnections,
            Name = Name,
            ConnectorParameters = ConnectorParameters,
        };
        var connectionId = this.ResolveId(Connection);
        var token = Await(Client.GetTokenAsync);
        var address = connectionId is not null
            ? page.ForConnection(connectionId, token)
            : page.ForIntegration(
                Integration!.Source?.Text(nameof(Membrane.Integration.Key)) ?? Integration.IdOrKey,
                token,
                PowerShellObjectAdapter.Instance
            );
        WriteObject(AsPlainText ? address : Secrets.Protect(address));
    }

    private static Uri UiOf(MembraneContext context) =>
        context.ApiUri is { } local && (local.IsLoopback || local.Scheme == Uri.UriSchemeHttp) ? local
        : context.ApiUri?.Host == "api.integration.app" ? new Uri("https://ui.integration.app")
        : ConnectAddress.DefaultUiUri;
}
