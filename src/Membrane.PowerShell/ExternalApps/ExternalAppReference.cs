using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.ExternalApps;

/// <summary>An external app: the object, its id, its key or its uuid.</summary>
public sealed class ExternalAppReference : ElementReference
{
    internal static readonly ReferenceReader Reader = new(
        "an app (the object, its id, its key or its uuid)",
        static (id, source) => new ExternalAppReference(id, source)
    )
    {
        Ids =
        [
            new IdRule(nameof(ExternalApp), nameof(ExternalApp.Id)),
            new IdRule(nameof(SearchResult), nameof(SearchResult.Id)) { ElementType = "app" },
        ],
        ForeignKeys = [nameof(Connection.ExternalAppId)],
    };

    private ExternalAppReference(string idOrKey, GivenObject? source)
        : base(idOrKey, source) { }
}
