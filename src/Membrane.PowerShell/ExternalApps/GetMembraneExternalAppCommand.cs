using System.Management.Automation;
using Membrane.Client;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.ExternalApps;

/// <summary>
/// Gets external apps: all that fit, as a stream, or those named by id, key or uuid (GET /external-apps, GET
/// /external-apps/{idOrKeyOrUuid}).
/// </summary>
[Cmdlet(
    VerbsCommon.Get,
    "MembraneExternalApp",
    DefaultParameterSetName = ListSet,
    SupportsPaging = true,
    HelpUri = OnlineHelp.Pages + "Get-MembraneExternalApp.md"
)]
[OutputType(typeof(ExternalApp))]
public sealed class GetMembraneExternalAppCommand : MembraneListCommand
{
    private const string OneSet = "ExternalApp";

    /// <summary>The apps: objects, ids, keys or uuids.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = OneSet)]
    [Alias("ExternalAppId", "Id", "Key")]
    [ReferenceTransformation(typeof(ExternalAppReference), TakesRelated = true)]
    [ArgumentCompleter(typeof(ExternalAppCompleter))]
    public ExternalAppReference[]? ExternalApp { get; set; }

    /// <summary>The name of the apps; wildcards are allowed. It is compared here, after the service's own filters.</summary>
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

    /// <summary>The category of the apps.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Category { get; set; }

    /// <summary>Only apps that the tenant has a connection to ($true) or has none to ($false).</summary>
    [Parameter(ParameterSetName = ListSet)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(BooleanCompleter))]
    public bool? IsConnected { get; set; }

    /// <summary>List archived apps too.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public SwitchParameter IncludeArchived { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => ExternalApp;

    private protected override void List()
    {
        var filter = new ExternalAppFilter
        {
            Search = Search,
            Category = Category,
            IsConnected = IsConnected,
            IncludeArchived = IncludeArchived,
        };
        Stream(options => Client.ExternalApps.List(filter, options), NamePattern.Read(Name, nameof(Name)), static app => app.Name);
    }

    private protected override void GetNamed() =>
        ForEach(ExternalApp!, app => WriteObject(Await(token => Client.ExternalApps.GetAsync(app.IdOrKey, token))));
}
