using System.Management.Automation;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Tenants;

/// <summary>Archives tenants; Restore-MembraneTenant brings them back (DELETE /customers/{id}). A manager's sign-in is needed.</summary>
[Cmdlet(
    VerbsCommon.Remove,
    "MembraneTenant",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.High,
    HelpUri = OnlineHelp.Pages + "Remove-MembraneTenant.md"
)]
[OutputType(typeof(Tenant))]
public sealed class RemoveMembraneTenantCommand : MembraneBulkCommand
{
    /// <summary>The tenant: the object, its id, or its key (your own id).</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "TenantKey", "TenantId", "InternalId")]
    [ReferenceTransformation(typeof(TenantReference), RefusesOthers = true)]
    [ArgumentCompleter(typeof(TenantCompleter))]
    public TenantReference? Tenant { get; set; }

    /// <summary>Emit the tenant as it was before.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => Tenant?.IdOrKey;

    private protected override string Activity => "Archiving tenants";

    /// <inheritdoc/>
    protected override void Process() => Batch.ForEach([Tenant!], static tenant => tenant.IdOrKey, Remove);

    private void Remove(TenantReference tenant)
    {
        var id = tenant.IdOrKey;
        if (!ShouldProcess(tenant.Words, "Archive tenant"))
        {
            Batch.Decline(ErrorTarget);
            return;
        }

        var tenants = Batch.Client.Tenants;
        Batch.Submit(
            id,
            async token =>
            {
                var before = PassThru ? tenant.Live<Tenant>() ?? await tenants.GetAsync(id, token).ConfigureAwait(false) : null;
                await tenants.RemoveAsync(id, token).ConfigureAwait(false);
                return before;
            },
            id
        );
    }
}
