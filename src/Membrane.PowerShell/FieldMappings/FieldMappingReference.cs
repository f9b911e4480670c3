using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.FieldMappings;

/// <summary>A field mapping: the object, its id or its key.</summary>
public sealed class FieldMappingReference : ElementReference
{
    private const string ElementType = "field-mapping";

    internal static readonly ReferenceReader Reader = new(
        "a field mapping (the object, its id or its key)",
        static (id, source) => new FieldMappingReference(id, source)
    )
    {
        Ids =
        [
            new IdRule(nameof(Element), nameof(Element.Id)) { ElementType = ElementType },
            new IdRule(nameof(SearchResult), nameof(SearchResult.Id)) { ElementType = ElementType },
        ],
    };

    private FieldMappingReference(string idOrKey, GivenObject? source)
        : base(idOrKey, source) { }

    /// <summary>The connection that the mapping belongs to.</summary>
    internal string? ConnectionId => Source?.Text(nameof(Element.ConnectionId));
}
