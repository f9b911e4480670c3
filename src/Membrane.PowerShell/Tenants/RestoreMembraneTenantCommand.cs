using System.Management.Automation;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Tenants;

/// <summary>Restores archived tenants (POST /customers/{id}/restore). A manager's sign-in is needed.</summary>
[Cmdlet(VerbsData.Restore, "MembraneTenant", SupportsShouldProcess = true)]
[OutputType(typeof(Tenant))]
public sealed class RestoreMembraneTenantCommand : MembraneApiCommand
{
    /// <summary>The tenant: the object, its id, or its key (your own id).</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "TenantKey", "TenantId", "InternalId")]
    [ReferenceTransformation(typeof(TenantReference), RefusesOthers = true)]
    public TenantReference? Tenant { get; set; }

    /// <summary>Read the tenant again and emit it.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => Tenant?.IdOrKey;

    /// <inheritdoc/>
    protected override void Process()
    {
        string id = Tenant!.IdOrKey;
        if (!ShouldProcess(Tenant.Words, "Restore tenant"))
        {
            return;
        }

        Await(token => Client.Tenants.RestoreAsync(id, token));
        if (PassThru)
        {
            WriteObject(Await(token => Client.Tenants.GetAsync(id, token)));
        }
    }
}
