using Membrane.Client.Elements;
using Membrane.Client.Json;
using Membrane.Client.Paging;

namespace Membrane.Client.Search;

internal static class SearchReader
{
    public static ModelReader<SearchResult> One { get; } =
        new ModelReader<SearchResult>(static () => new SearchResult())
            .Text("elementType", static (result, value) => Tell(result, value, result.Element))
            .Model("element", static () => ElementReader.One, static (result, value) => Tell(result, result.ElementType, value));

    public static PageReader<SearchResult> Page { get; } = new(One);

    private static void Tell(SearchResult result, string? elementType, Element? element)
    {
        result.ElementType = elementType;
        result.Element = element;
        if (element is not null)
        {
            element.ElementType = elementType?.ToLowerInvariant();
        }
    }
}
