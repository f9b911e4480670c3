using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Integrations;

/// <summary>An integration: the object, its id, its uuid or its key.</summary>
public sealed class IntegrationReference : ElementReference
{
    internal static readonly ReferenceReader Reader = new(
        "an integration (the object, its id, its uuid or its key)",
        static (id, source) => new IntegrationReference(id, source)
    )
    {
        Ids =
        [
            new IdRule(nameof(Integration), nameof(Integration.Id)),
            new IdRule(nameof(SearchResult), nameof(SearchResult.Id)) { ElementType = "integration" },
        ],
        ForeignKeys = [nameof(Connection.IntegrationId)],
    };

    private IntegrationReference(string idOrKey, GivenObject? source)
        : base(idOrKey, source) { }
}
