using Membrane.Client;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Tenants;

/// <summary>Completes tenants by key; for managers.</summary>
public class TenantCompleter : ListCompleter<Tenant>
{
    private protected override Listing<Tenant> List(MembraneClient client, string? search, ListingOptions options) =>
        client.Tenants.List(new TenantFilter { Search = search }, options);

    private protected override CompletionWord? Describe(Tenant item) =>
        new(Word(item) ?? string.Empty, item.Name, item.InternalId, item.Name);

    private protected virtual string? Word(Tenant item) => string.IsNullOrEmpty(item.InternalId) ? item.Id : item.InternalId;
}
