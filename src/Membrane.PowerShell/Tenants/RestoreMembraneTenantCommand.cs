using System.Management.Automation;
using Membrane.Client.Transport;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Tenants;

/// <summary>Restores archived tenants (POST /customers/{id}/restore). A manager's sign-in is needed.</summary>
[Cmdlet(VerbsData.Restore, "MembraneTenant", SupportsShouldProcess = true, HelpUri = OnlineHelp.Pages + "Restore-MembraneTenant.md")]
[OutputType(typeof(Tenant))]
public sealed class RestoreMembraneTenantCommand : MembraneBulkCommand
{
    /// <summary>The tenant: the object, its id, or its key (your own id).</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "TenantKey", "TenantId", "InternalId")]
    [ReferenceTransformation(typeof(TenantReference), RefusesOthers = true)]
    [ArgumentCompleter(typeof(TenantCompleter))]
    public TenantReference? Tenant { get; set; }

    /// <summary>Read the tenant again and emit it.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => Tenant?.IdOrKey;

    private protected override string Activity => "Restoring tenants";

    /// <inheritdoc/>
    protected override void Process() => Batch.ForEach([Tenant!], static tenant => tenant.IdOrKey, Restore);

    private void Restore(TenantReference tenant)
    {
        var id = tenant.IdOrKey;
        if (!ShouldProcess(tenant.Words, "Restore tenant"))
        {
            Batch.Decline(ErrorTarget);
            return;
        }

        var tenants = Batch.Client.Tenants;
        Batch.Submit(
            id,
            async token =>
            {
                await tenants.RestoreAsync(id, token).ConfigureAwait(false);
                return PassThru ? await ReadBack.ReadAsync(() => tenants.GetAsync(id, token)).ConfigureAwait(false) : null;
            },
            id
        );
    }
}
