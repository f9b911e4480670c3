using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.ExternalApps;

/// <summary>An external app: the object, its id, its key or its uuid.</summary>
public sealed class ExternalAppReference : ElementReference
{
    private ExternalAppReference(string idOrKey, object? source)
        : base(idOrKey, source)
    {
    }

    internal static ExternalAppReference? From(object value) => value switch
    {
        string text => new ExternalAppReference(text, null),
        ExternalApp { Id: { } id } app => new ExternalAppReference(id, app),
        SearchResult { ElementType: "app", Id: { } id } result => new ExternalAppReference(id, result),
        _ => null,
    };
}
