using System.Management.Automation;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Tenants;

/// <summary>Archives tenants; Restore-MembraneTenant brings them back (DELETE /customers/{id}). A manager's sign-in is needed.</summary>
[Cmdlet(VerbsCommon.Remove, "MembraneTenant", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(Tenant))]
public sealed class RemoveMembraneTenantCommand : MembraneApiCommand
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

    /// <inheritdoc/>
    protected override void Process()
    {
        string id = Tenant!.IdOrKey;
        if (!ShouldProcess(Tenant.Words, "Archive tenant"))
        {
            return;
        }

        Tenant? before = PassThru ? Tenant.Source as Tenant ?? Await(token => Client.Tenants.GetAsync(id, token)) : null;
        Await(token => Client.Tenants.RemoveAsync(id, token));
        if (before is not null)
        {
            WriteObject(before);
        }
    }
}
