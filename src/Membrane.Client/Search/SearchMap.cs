using Membrane.Client.Json;
using Membrane.Client.Paging;

namespace Membrane.Client.Search;

internal static class SearchMap
{
    public static PageMap<SearchResult> Page { get; } = new(new ModelMap<SearchResult>(static () => new SearchResult())
        .Text("elementType", static (result, value) => result.ElementType = value)
        .Model("element", static () => Element!, static (result, value) => result.Element = value));

    private static ModelMap<Element> Element { get; } = new ModelMap<Element>(static () => new Element())
        .Element()
        .Text("logoUri", static (element, value) => element.LogoUri = value)
        .Text("integrationId", static (element, value) => element.IntegrationId = value)
        .Text("connectionId", static (element, value) => element.ConnectionId = value);
}
