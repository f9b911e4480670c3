using Membrane.Client;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.FieldMappings;

/// <summary>Completes field mappings by key, or by id where there is none.</summary>
public sealed class FieldMappingCompleter : ListCompleter<Element>
{
    private protected override Listing<Element> List(MembraneClient client, string? search, ListingOptions options) =>
        client.Elements.List(ElementTypes.Find("field-mapping"), new ElementFilter { Search = search }, options);

    private protected override CompletionWord? Describe(Element item) =>
        new((string.IsNullOrEmpty(item.Key) ? item.Id : item.Key) ?? string.Empty, item.Name, item.Name);
}
