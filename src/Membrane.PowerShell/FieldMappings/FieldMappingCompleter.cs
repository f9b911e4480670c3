using Membrane.Client;
using Membrane.PowerShell.Commands;

namespace Membrane.PowerShell.FieldMappings;

/// <summary>Completes field mappings by key, or by id where there is none.</summary>
public sealed class FieldMappingCompleter : ListCompleter<Element>
{
    private protected override Listing<Element> List(MembraneClient client, ListingOptions options) =>
        client.Elements.List(ElementTypes.Find("field-mapping"), null, options);

    private protected override (string? Word, string? Hint) Describe(Element item) =>
        (string.IsNullOrEmpty(item.Key) ? item.Id : item.Key, item.Name);
}
