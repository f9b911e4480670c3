using System.Management.Automation;
using Membrane.Client;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connectors;

namespace Membrane.PowerShell.Integrations;

/// <summary>
/// Gets integrations: all that fit, as a stream, or those named by id, uuid or key (GET /integrations, GET /integrations/{idOrKey}).
/// </summary>
[Cmdlet(
    VerbsCommon.Get,
    "MembraneIntegration",
    DefaultParameterSetName = ListSet,
    SupportsPaging = true,
    HelpUri = OnlineHelp.Pages + "Get-MembraneIntegration.md"
)]
[OutputType(typeof(Integration))]
public sealed class GetMembraneIntegrationCommand : MembraneListCommand
{
    private const string OneSet = "Integration";

    /// <summary>The integrations: objects, ids, uuids or keys.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = OneSet)]
    [Alias("IntegrationId", "IntegrationKey", "Id", "Key")]
    [ReferenceTransformation(typeof(IntegrationReference), TakesRelated = true)]
    [ArgumentCompleter(typeof(IntegrationCompleter))]
    public IntegrationReference[]? Integration { get; set; }

    /// <summary>The name of the integrations; wildcards are allowed. It is compared here, after the service's own filters.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [SupportsWildcards]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Name { get; set; }

    /// <summary>Text in the name or key, found by the service.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Search { get; set; }

    /// <summary>The connector: the object, or its id.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("ConnectorId")]
    [ReferenceTransformation(typeof(ConnectorReference), RefusesOthers = true)]
    [ArgumentCompleter(typeof(ConnectorCompleter))]
    public ConnectorReference? Connector { get; set; }

    /// <summary>List connectors that no integration uses yet too, as integrations without an id.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public SwitchParameter IncludeConnectors { get; set; }

    /// <summary>List external apps without an integration too, as integrations without an id.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public SwitchParameter IncludeExternalApps { get; set; }

    /// <summary>List archived integrations too.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public SwitchParameter IncludeArchived { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => Integration;

    private protected override void GetNamed() =>
        ForEach(Integration!, integration => WriteObject(Await(token => Client.Integrations.GetAsync(integration.IdOrKey, token))));

    private protected override void List()
    {
        var filter = new IntegrationFilter
        {
            Search = Search,
            ConnectorId = Connector?.IdOrKey,
            IncludeConnectors = IncludeConnectors,
            IncludeExternalApps = IncludeExternalApps,
            IncludeArchived = IncludeArchived,
        };
        Stream(
            options => Client.Integrations.List(filter, options),
            NamePattern.Read(Name, nameof(Name)),
            static integration => integration.Name
        );
    }
}
