using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Membrane.Emulator.Tests.Support;
using Xunit;

namespace Membrane.Emulator.Tests.Pages;

/// <summary>A text from outside is text on every page: never a tag, an attribute, a script or a placeholder of a template.</summary>
public sealed class PageSafetyTests
{
    private const string Plain = "Plainfield";

    [Theory]
    [InlineData("\"'></title></style></textarea></script><script>alert(1)</script><img src=x onerror=alert(1)>")]
    [InlineData("x\" autofocus onfocus=\"alert(1)\" y='")]
    [InlineData("{{Title}}{{{Content}}}{{#Apps}}{{/Apps}}{{^Error}}{{Name}}$1$&${Name}{0}")]
    [InlineData("&amp;lt;b&amp;gt;--><!--]]>`&#60;")]
    [InlineData("Zoë 東京 🙂 \u202Eright\u2028to left\uFEFF")]
    [InlineData("a\u0000\u0001\u0008\u001B[31m\u007F\u0085\r\nb")]
    public async Task A_text_from_outside_changes_no_page(string text)
    {
        var plain = await Walk(Plain);
        var pages = await Walk(text);

        foreach ((var name, var expected) in plain)
        {
            var page = pages[name].Text;
            Assert.Equal((name, expected.Status), (name, pages[name].Status));
            Assert.Equal($"{name}\n{Tags(expected.Text)}", $"{name}\n{Tags(page)}");
            Assert.Equal((name, Count(expected.Text, Plain)), (name, Count(page, text)));
        }
    }

    [Fact]
    public async Task The_walk_puts_the_text_into_every_page_that_takes_any()
    {
        var pages = await Walk(Plain);
        string[] fixedPages =
        [
            "no token",
            "wrong token",
            "wrong parameters",
            "no request",
            "not built",
            "unknown program",
            "no code",
            "logo",
        ];

        Assert.Equal(fixedPages, pages.Where(page => Count(page.Value.Text, Plain) == 0).Select(page => page.Key));
    }

    private static async Task<IReadOnlyDictionary<string, Answer>> Walk(string text)
    {
        using var workspace = new TestWorkspace();
        return await new PageTour(workspace, text).Walk();
    }

    private static string Tags(string page) => string.Join("\n", PageTour.Structure(page));

    private static int Count(string page, string text) =>
        Regex.Count(WebUtility.HtmlDecode(Regex.Replace(page, "<script.*?</script>", "", RegexOptions.Singleline)), Regex.Escape(text));
}
