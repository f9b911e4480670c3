using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using Membrane.Emulator.Http;

namespace Membrane.Emulator.Pages;

/// <summary>The frame of every page: one style for light and dark.</summary>
internal static class PageLayout
{
    private static readonly PageTemplate Frame = PageTemplate.Read("Page.html");
    private static readonly PageTemplate ProblemPage = PageTemplate.Read("ProblemPage.html");
    private static readonly Html Style = Html.FromTemplate(PageTemplate.ReadText("Page.css"));

    /// <summary>Makes the answer, which no other site and no cache can make use of.</summary>
    /// <param name="title">The title, as plain text.</param>
    /// <param name="content">What stands in the page.</param>
    /// <param name="status">The status of the answer.</param>
    /// <param name="theme"><c>light</c> or <c>dark</c>; anything else follows the browser.</param>
    public static Reply Answer(string title, Html content, int status = 200, string? theme = null)
    {
        var page = Frame.Fill(
            new PageValues
            {
                { "Title", title },
                { "Content", content },
                { "Theme", theme is "light" or "dark" ? theme : null },
                { "Style", Style },
                { "Script", PageScript.Text },
            }
        );
        return Reply
            .Html(page.Text, status)
            .With("Content-Security-Policy", PageScript.Policy)
            .With("Referrer-Policy", "no-referrer")
            .With("X-Content-Type-Options", "nosniff")
            .With("Cache-Control", "no-store");
    }

    /// <summary>Makes the page that says why there is no other.</summary>
    public static Reply Problem(
        string title,
        string problem,
        int status,
        string? logo = null,
        string? theme = null,
        JsonObject? outcome = null
    )
    {
        var content = ProblemPage.Fill(
            new PageValues
            {
                { "Title", title },
                { "Logo", logo },
                { "Problem", problem },
                { "CloseText", "Close" },
                { "Outcome", outcome is null ? null : Html.Data(outcome) },
            }
        );
        return Answer(title, content, status, theme);
    }

    /// <summary>Makes the fields of a form that the person does not see, of the values that are there.</summary>
    public static IEnumerable<PageValues> Hidden(params (string Name, string? Value)[] fields) =>
        fields.Where(field => field.Value is not null).Select(field => new PageValues { { "Name", field.Name }, { "Value", field.Value } });
}
