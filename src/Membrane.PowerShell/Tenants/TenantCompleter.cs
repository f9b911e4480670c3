using Membrane.Client;
using Membrane.PowerShell.Commands;

namespace Membrane.PowerShell.Tenants;

/// <summary>Completes tenants by key; for managers.</summary>
public sealed class TenantCompleter : ListCompleter<Tenant>
{
    private protected override Listing<Tenant> List(MembraneClient client, ListingOptions options) => client.Tenants.List(null, options);

    private protected override (string? Word, string? Hint) Describe(Tenant item) => (item.InternalId ?? item.Id, item.Name);
}
