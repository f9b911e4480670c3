using System.Net;
using System.Text.Json.Nodes;
using Membrane.Emulator.Json;

namespace Membrane.Emulator.Pages;

/// <summary>Text that may stand in a page as it is. It is made in these ways only, so text from outside is always encoded.</summary>
internal sealed class Html
{
    private Html(string text) => Text = text;

    public string Text { get; }

    /// <summary>Encodes text for the content of an element or the value of an attribute in quotation marks.</summary>
    public static Html Encode(string text) => new(WebUtility.HtmlEncode(text));

    /// <summary>Writes data for a script element, which no text in it can end.</summary>
    public static Html Data(JsonNode data) => new(System.Text.Encoding.UTF8.GetString(EmulatorJson.ToBytes(data)).Replace("<", "\\u003c"));

    /// <summary>Takes over a file of the source: a style, a script or a filled template.</summary>
    public static Html FromTemplate(string text) => new(text);
}
