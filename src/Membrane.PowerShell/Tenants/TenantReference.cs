using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Tenants;

/// <summary>A tenant: the object, its id or its key.</summary>
public sealed class TenantReference : ElementReference
{
    internal static readonly ReferenceReader Reader = new(
        "a tenant (the object, its id or its key)",
        static (id, source) => new TenantReference(id, source)
    )
    {
        Ids =
        [
            new IdRule(nameof(Tenant), nameof(Tenant.Id)),
            new IdRule(nameof(SearchResult), nameof(SearchResult.Id)) { ElementType = "customer" },
        ],
        ForeignKeys = [nameof(Connection.TenantId), nameof(Connection.UserId)],
    };

    private TenantReference(string idOrKey, GivenObject? source)
        : base(idOrKey, source) { }
}
