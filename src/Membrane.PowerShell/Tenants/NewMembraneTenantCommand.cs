using System.Management.Automation;
using Membrane.Client;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Tenants;

/// <summary>Creates a tenant (POST /customers). A manager's sign-in is needed.</summary>
[Cmdlet(VerbsCommon.New, "MembraneTenant", SupportsShouldProcess = true, HelpUri = OnlineHelp.Pages + "New-MembraneTenant.md")]
[OutputType(typeof(Tenant))]
public sealed class NewMembraneTenantCommand : MembraneBulkCommand
{
    /// <summary>The display name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Name { get; set; }

    /// <summary>Your own id for the tenant, which tokens name. Without it, the service makes one.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("InternalId", "Key")]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? TenantKey { get; set; }

    /// <summary>Free fields: a hashtable or any object with properties.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [JsonTransformation(MayBeText = true)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public PSObject? Fields { get; set; }

    /// <summary>Credentials that your app gives for the tenant: a hashtable or any object with properties.</summary>
    [Parameter]
    [JsonTransformation(MayBeText = true)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public PSObject? Credentials { get; set; }

    /// <summary>The limit of AI credits within 30 days, from 0. Without it, none.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NoCompleter))]
    public double? AiCreditsRolling30DayLimit { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => TenantKey ?? Name;

    private protected override string Activity => "Creating tenants";

    /// <inheritdoc/>
    protected override void Process() => Batch.ForEach([TenantKey ?? Name!], static target => target, Create);

    private void Create(string target)
    {
        var create = Batch.Client.Tenants.PrepareCreate(
            new TenantChange
            {
                Name = Name,
                InternalId = TenantKey,
                Fields = Fields,
                Credentials = Credentials,
                AiCreditsRolling30DayLimit = AiCreditsRolling30DayLimit,
            }
        );
        if (ShouldProcess(target, "Create tenant"))
        {
            Batch.Submit(target, async token => await create(token).ConfigureAwait(false));
        }
        else
        {
            Batch.Decline(ErrorTarget);
        }
    }
}
