using System.Management.Automation;
using Membrane.Client;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Tenants;

/// <summary>Changes a tenant; what is not named stays as it is (PATCH /customers/{id}). A manager's sign-in is needed.</summary>
[Cmdlet(VerbsCommon.Set, "MembraneTenant", SupportsShouldProcess = true, HelpUri = OnlineHelp.Pages + "Set-MembraneTenant.md")]
[OutputType(typeof(Tenant))]
public sealed class SetMembraneTenantCommand : MembraneBulkCommand
{
    /// <summary>The tenant: the object, its id, or its key (your own id).</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "TenantId")]
    [ReferenceTransformation(typeof(TenantReference), RefusesOthers = true)]
    [ArgumentCompleter(typeof(TenantCompleter))]
    public TenantReference? Tenant { get; set; }

    /// <summary>The new display name.</summary>
    [Parameter]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Name { get; set; }

    /// <summary>Your new id for the tenant, which tokens name.</summary>
    [Parameter]
    [Alias("InternalId")]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? TenantKey { get; set; }

    /// <summary>Free fields: a hashtable or any object with properties.</summary>
    [Parameter]
    [JsonTransformation(MayBeText = true)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public PSObject? Fields { get; set; }

    /// <summary>Credentials that your app gives for the tenant: a hashtable or any object with properties.</summary>
    [Parameter]
    [JsonTransformation(MayBeText = true)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public PSObject? Credentials { get; set; }

    /// <summary>The limit of AI credits within 30 days, from 0; $null takes it away.</summary>
    [Parameter]
    [AllowNull]
    [ArgumentCompleter(typeof(NoCompleter))]
    public double? AiCreditsRolling30DayLimit { get; set; }

    /// <summary>Emit the tenant.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => Tenant?.IdOrKey;

    private protected override string Activity => "Changing tenants";

    /// <inheritdoc/>
    protected override void Process() => Batch.ForEach([Tenant!], static tenant => tenant.IdOrKey, Change);

    private void Change(TenantReference tenant)
    {
        var id = tenant.IdOrKey;
        var update = Batch.Client.Tenants.PrepareUpdate(
            new TenantChange
            {
                Name = Name,
                InternalId = TenantKey,
                Fields = Fields,
                Credentials = Credentials,
                AiCreditsRolling30DayLimit = AiCreditsRolling30DayLimit,
                RemoveAiCreditsLimit =
                    AiCreditsRolling30DayLimit is null && MyInvocation.BoundParameters.ContainsKey(nameof(AiCreditsRolling30DayLimit)),
            }
        );
        if (!ShouldProcess(tenant.Words, "Change tenant"))
        {
            Batch.Decline(ErrorTarget);
            return;
        }

        Batch.Submit(
            id,
            async token =>
            {
                var changed = await update(id, token).ConfigureAwait(false);
                return PassThru ? changed : null;
            },
            id
        );
    }
}
