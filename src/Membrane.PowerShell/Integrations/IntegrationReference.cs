using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Integrations;

/// <summary>An integration: the object, its id, its uuid or its key.</summary>
public sealed class IntegrationReference : ElementReference
{
    private IntegrationReference(string idOrKey, object? source)
        : base(idOrKey, source)
    {
    }

    internal static IntegrationReference? From(object value) => value switch
    {
        string text => new IntegrationReference(text, null),
        Integration { Id: { } id } integration => new IntegrationReference(id, integration),
        SearchResult { ElementType: "integration", Id: { } id } result => new IntegrationReference(id, result),
        _ => null,
    };
}
