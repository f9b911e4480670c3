using System.Management.Automation;
using Membrane.Client;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.ExternalApps;

namespace Membrane.PowerShell.Connectors;

/// <summary>Gets connectors: all that fit, as a stream, or those named by id or key (GET /connectors, GET /connectors/{idOrKey}).</summary>
[Cmdlet(
    VerbsCommon.Get,
    "MembraneConnector",
    DefaultParameterSetName = ListSet,
    SupportsPaging = true,
    HelpUri = OnlineHelp.Pages + "Get-MembraneConnector.md"
)]
[OutputType(typeof(Connector))]
public sealed class GetMembraneConnectorCommand : MembraneListCommand
{
    private const string OneSet = "Connector";

    /// <summary>The connectors: objects, ids or keys.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = OneSet)]
    [Alias("ConnectorId", "Id", "Key")]
    [ReferenceTransformation(typeof(ConnectorReference), TakesRelated = true)]
    [ArgumentCompleter(typeof(ConnectorCompleter))]
    public ConnectorReference[]? Connector { get; set; }

    /// <summary>The version of the connectors. Without it, the current one.</summary>
    [Parameter(ParameterSetName = OneSet)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Version { get; set; }

    /// <summary>The name of the connectors; wildcards are allowed. It is compared here, after the service's own filters.</summary>
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

    /// <summary>The external app: the object, or its id.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("ExternalAppId")]
    [ReferenceTransformation(typeof(ExternalAppReference), RefusesOthers = true)]
    [ArgumentCompleter(typeof(ExternalAppCompleter))]
    public ExternalAppReference? ExternalApp { get; set; }

    /// <summary>List archived connectors too.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public SwitchParameter IncludeArchived { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => Connector;

    private protected override void List()
    {
        var filter = new ConnectorFilter
        {
            Search = Search,
            ExternalAppId = ExternalApp?.IdOrKey,
            IncludeArchived = IncludeArchived,
        };
        Stream(
            options => Client.Connectors.List(filter, options),
            NamePattern.Read(Name, nameof(Name)),
            static connector => connector.Name
        );
    }

    private protected override void GetNamed() =>
        ForEach(Connector!, connector => WriteObject(Await(token => Client.Connectors.GetAsync(connector.IdOrKey, Version, token))));
}
