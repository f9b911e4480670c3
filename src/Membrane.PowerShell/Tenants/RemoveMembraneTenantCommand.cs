using System.Management.Automation;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Tenants;

/// <summary>Archives tenants; Restore-MembraneTenant brings them back (DELETE /customers/{id}). A manager's sign-in is needed.</summary>
[Cmdlet(VerbsCommon.Remove, "MembraneTenant", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveMembraneTenantCommand : MembraneApiCommand
{
    /// <summary>The tenant: the object, its id, or its key (your own id).</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "TenantKey", "TenantId", "InternalId")]
    [ReferenceTransformation(typeof(TenantReference))]
    [ArgumentCompleter(typeof(TenantCompleter))]
    public TenantReference? Tenant { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => Tenant?.IdOrKey;

    /// <inheritdoc/>
    protected override void Process()
    {
        string id = Tenant!.IdOrKey;
        if (ShouldProcess(id, "Archive tenant"))
        {
            Await(token => Client.Tenants.RemoveAsync(id, token));
        }
    }
}
