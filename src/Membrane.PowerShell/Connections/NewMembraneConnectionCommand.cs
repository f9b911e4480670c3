using System.Collections;
using System.Management.Automation;
using Membrane.Client;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connectors;
using Membrane.PowerShell.ExternalApps;
using Membrane.PowerShell.Integrations;

namespace Membrane.PowerShell.Connections;

/// <summary>
/// Makes a connection (POST /connections): with credentials it is usable at once, without it says what a person must do.
/// To have a person sign in, Connect-MembraneApp is the shorter way.
/// </summary>
[Cmdlet(VerbsCommon.New, "MembraneConnection", SupportsShouldProcess = true, HelpUri = OnlineHelp.Pages + "New-MembraneConnection.md")]
[OutputType(typeof(Connection))]
public sealed class NewMembraneConnectionCommand : MembraneApiCommand
{
    /// <summary>
    /// What to connect, from the pipeline: a connector, an integration or an external app, or a row with ConnectorId, IntegrationId or
    /// ExternalAppId.
    /// </summary>
    [Parameter(ValueFromPipeline = true)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public PSObject? InputObject { get; set; }

    /// <summary>A name for the connection.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Name { get; set; }

    /// <summary>The key of the integration.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(IntegrationCompleter))]
    [RefuseNothing]
    public string? IntegrationKey { get; set; }

    /// <summary>The id of the integration.</summary>
    [Parameter]
    [RefuseNothing]
    [ArgumentCompleter(typeof(IntegrationIdCompleter))]
    public string? IntegrationId { get; set; }

    /// <summary>The key of the connector.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ConnectorCompleter))]
    [RefuseNothing]
    public string? ConnectorKey { get; set; }

    /// <summary>The id of the connector.</summary>
    [Parameter]
    [RefuseNothing]
    [ArgumentCompleter(typeof(ConnectorIdCompleter))]
    public string? ConnectorId { get; set; }

    /// <summary>The version of the connector.</summary>
    [Parameter]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? ConnectorVersion { get; set; }

    /// <summary>The external app: the object, or its id.</summary>
    [Parameter]
    [Alias("ExternalAppId")]
    [ReferenceTransformation(typeof(ExternalAppReference), RefusesOthers = true)]
    [ArgumentCompleter(typeof(ExternalAppCompleter))]
    public ExternalAppReference? ExternalApp { get; set; }

    /// <summary>A key for the connection, 1 to 100 characters.</summary>
    [Parameter]
    [ValidateLength(1, 100)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Key { get; set; }

    /// <summary>The way of authentication, where the connector has several.</summary>
    [Parameter]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? AuthOptionKey { get; set; }

    /// <summary>
    /// The credentials, as the connector wants them. Values may be secure strings; they are sent in plain text over https.
    /// </summary>
    [Parameter]
    [DictionaryTransformation]
    [ArgumentCompleter(typeof(NoCompleter))]
    public IDictionary? Credentials { get; set; }

    /// <summary>The settings of the connector.</summary>
    [Parameter]
    [DictionaryTransformation]
    [ArgumentCompleter(typeof(NoCompleter))]
    public IDictionary? ConnectorParameters { get; set; }

    /// <summary>The input values that the connector asks for (the API's field input).</summary>
    [Parameter]
    [Alias("Input")]
    [DictionaryTransformation]
    [ArgumentCompleter(typeof(NoCompleter))]
    public IDictionary? InputValue { get; set; }

    /// <summary>Free key-value data to keep on the connection.</summary>
    [Parameter]
    [DictionaryTransformation]
    [ArgumentCompleter(typeof(NoCompleter))]
    public IDictionary? Meta { get; set; }

    /// <summary>What is wanted, in plain words: the service finds or builds the connector. Experimental at the service.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Intent { get; set; }

    /// <summary>Further fields of the connection, under the API's own names.</summary>
    [Parameter]
    [DictionaryTransformation]
    [ArgumentCompleter(typeof(NoCompleter))]
    public IDictionary? Property { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget =>
        (object?)InputObject ?? Name ?? IntegrationKey ?? IntegrationId ?? ConnectorKey ?? ConnectorId;

    /// <inheritdoc/>
    protected override void Process()
    {
        var input = ConnectionInput.From(InputObject);
        if (input?.ConnectionId is not null)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(InputObject),
                $"'{InputObject}' is a connection already.",
                "To sign in to the app again, use Connect-MembraneApp -Connection."
            );
        }

        var create = Client.Connections.PrepareCreate(
            new ConnectionContent
            {
                Name = Name,
                Key = Key,
                IntegrationId = IntegrationId ?? input?.IntegrationId,
                IntegrationKey = IntegrationKey,
                ConnectorId = ConnectorId ?? input?.ConnectorId,
                ConnectorKey = ConnectorKey,
                ConnectorVersion = ConnectorVersion,
                ExternalAppId = ExternalApp?.IdOrKey ?? input?.ExternalAppId,
                AuthOptionKey = AuthOptionKey,
                Credentials = Members.Reveal(Credentials),
                ConnectorParameters = ConnectorParameters,
                Input = InputValue,
                Meta = Meta,
                Intent = Intent,
                More = Members.Of(Property),
            }
        );
        var target =
            Name
            ?? InputObject?.ToString()
            ?? IntegrationKey
            ?? IntegrationId
            ?? ConnectorKey
            ?? ConnectorId
            ?? ExternalApp?.IdOrKey
            ?? Intent
            ?? "connection";
        if (ShouldProcess(target, "Create connection"))
        {
            WriteObject(Await(create));
        }
    }
}
