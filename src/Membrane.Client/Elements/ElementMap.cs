using Membrane.Client.Json;
using Membrane.Client.Paging;

namespace Membrane.Client.Elements;

internal static class ElementMap
{
    public static ModelMap<Element> One { get; } =
        new ModelMap<Element>(static () => new Element())
            .Element()
            .Text("logoUri", static (element, value) => element.LogoUri = value)
            .RepeatedText("integrationId", static (element, value) => element.IntegrationId = value)
            .RepeatedText("connectionId", static (element, value) => element.ConnectionId = value);

    public static PageMap<Element> Page { get; } = new(One);
}
