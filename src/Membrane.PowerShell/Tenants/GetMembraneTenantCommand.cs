using System.Management.Automation;
using Membrane.Client;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Tenants;

/// <summary>
/// Gets tenants of the workspace: all that fit, as a stream, or those named by id or key (GET /customers, GET /customers/{id}). A manager's
/// sign-in is needed.
/// </summary>
[Cmdlet(
    VerbsCommon.Get,
    "MembraneTenant",
    DefaultParameterSetName = ListSet,
    SupportsPaging = true,
    HelpUri = OnlineHelp.Pages + "Get-MembraneTenant.md"
)]
[OutputType(typeof(Tenant))]
public sealed class GetMembraneTenantCommand : MembraneListCommand
{
    private const string OneSet = "Tenant";

    /// <summary>The tenants: objects, which are read again, ids, or keys (your own ids).</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = OneSet)]
    [Alias("Id", "TenantKey", "TenantId", "InternalId")]
    [ReferenceTransformation(typeof(TenantReference), TakesRelated = true)]
    [ArgumentCompleter(typeof(TenantCompleter))]
    public TenantReference[]? Tenant { get; set; }

    /// <summary>The name of the tenants; wildcards are allowed. It is compared here, after the service's own filters.</summary>
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

    /// <summary>Only tenants that are active ($true) or are not ($false).</summary>
    [Parameter(ParameterSetName = ListSet)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(BooleanCompleter))]
    public bool? IsActive { get; set; }

    /// <summary>Only test objects ($true) or only others ($false).</summary>
    [Parameter(ParameterSetName = ListSet)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(BooleanCompleter))]
    public bool? IsTest { get; set; }

    /// <summary>List archived tenants too.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public SwitchParameter IncludeArchived { get; set; }

    /// <summary>How many of those named are read at a time at most, 1 to 256; fewer while the service limits the rate.</summary>
    [Parameter(ParameterSetName = OneSet)]
    [ValidateRange(1, 256)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public int ThrottleLimit { get; set; } = 8;

    /// <summary>
    /// How many seconds one of those named waits at most while the service limits the rate, 0 to 86400. Without this
    /// parameter, one alone is tried four times, as by every other command.
    /// </summary>
    [Parameter(ParameterSetName = OneSet)]
    [ValidateRange(0, LongestRateLimitWaitSec)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public int MaxRateLimitWaitSec { get; set; } = UsualRateLimitWaitSec;

    /// <inheritdoc/>
    protected override object? ErrorTarget => Tenant;

    private protected override void List()
    {
        var filter = new TenantFilter
        {
            Search = Search,
            IsActive = IsActive,
            IsTest = IsTest,
            IncludeArchived = IncludeArchived,
        };
        Stream(options => Client.Tenants.List(filter, options), NamePattern.Read(Name, nameof(Name)), static tenant => tenant.Name);
    }

    private protected override void GetNamed() =>
        GetEach(
            Tenant!,
            ThrottleLimit,
            MaxRateLimitWaitSec,
            static (client, tenant) => async token => await client.Tenants.GetAsync(tenant.IdOrKey, token).ConfigureAwait(false)
        );
}
