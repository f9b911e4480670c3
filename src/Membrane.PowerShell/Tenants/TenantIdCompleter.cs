namespace Membrane.PowerShell.Tenants;

/// <summary>Completes tenants by id, for what was typed of the id, the key or the name; for managers.</summary>
public sealed class TenantIdCompleter : TenantCompleter
{
    private protected override string? Word(Tenant item) => item.Id;
}
