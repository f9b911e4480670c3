using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Tenants;

/// <summary>A tenant: the object, its id or its key.</summary>
public sealed class TenantReference : ElementReference
{
    private TenantReference(string idOrKey, object? source)
        : base(idOrKey, source)
    {
    }

    internal static TenantReference? From(object value) => value switch
    {
        string text => new TenantReference(text, null),
        Tenant { Id: { } id } tenant => new TenantReference(id, tenant),
        SearchResult { ElementType: "customer", Id: { } id } result => new TenantReference(id, result),
        _ => null,
    };
}
