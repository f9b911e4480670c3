using Membrane.Client.Json;
using Membrane.Client.Paging;

namespace Membrane.Client.Elements;

internal static class ElementReader
{
    public static ModelReader<Element> One { get; } =
        new ModelReader<Element>(static () => new Element())
            .Element()
            .Text("logoUri", static (element, value) => element.LogoUri = value)
            .RepeatedText("integrationId", static (element, value) => element.IntegrationId = value)
            .RepeatedText("connectionId", static (element, value) => element.ConnectionId = value);

    public static PageReader<Element> Page { get; } = new(One);
}
