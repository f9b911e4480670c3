using System.Net;
using Membrane.Client.Files;

namespace Membrane.Client.Authentication.OAuth;

/// <summary>The page that the browser shows after it came back.</summary>
internal static class CallbackPage
{
    /// <summary>Writes the page.</summary>
    public static string Make(string title, string text) =>
        EmbeddedText
            .Read("CallbackPage.html")
            .Replace("{{Style}}\n", EmbeddedText.Read("CallbackPage.css"))
            .Replace("{{Title}}", WebUtility.HtmlEncode(title))
            .Replace("{{Text}}", WebUtility.HtmlEncode(text));
}
