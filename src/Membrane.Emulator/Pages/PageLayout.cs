using System.Net;
using Membrane.Emulator.Http;

namespace Membrane.Emulator.Pages;

/// <summary>The frame of every page: one style for light and dark.</summary>
internal static class PageLayout
{
    private const string Dark =
        "color-scheme: dark; --back: #11131a; --card: #1b1f2a; --field: #11141c; --text: #eceef4; --soft: #a8b0c2; --line: #333a4b; "
        + "--edge: #6f7990; --main: #a9b8ff; --on-main: #10142a; --bad: #ffb4ab; --bad-back: #3a1c1b; --good: #8fdcae; --good-back: "
        + "#14301f;";

    private const string Style =
        """
            :root { color-scheme: light; --back: #f3f4f8; --card: #fff; --field: #fff; --text: #1a1e29; --soft: #586073; --line: #dfe3ec; --edge: #7d879b; --main: #2f49d1; --on-main: #fff; --bad: #a8201a; --bad-back: #fdeceb; --good: #14623a; --good-back: #e6f5ec; }
            @media (prefers-color-scheme: dark) { :root:not([data-theme="light"]) {
            """
        + Dark
        + """
             } }
            :root[data-theme="dark"] {
            """
        + Dark
        + """
             }
            * { box-sizing: border-box; }
            body { margin: 0; min-height: 100vh; display: flex; align-items: center; justify-content: center; padding: 1.25rem; background: var(--back); color: var(--text); font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; overflow-wrap: anywhere; }
            main { width: 100%; max-width: 28rem; background: var(--card); border: 1px solid var(--line); border-radius: 1rem; padding: 2rem; box-shadow: 0 1px 2px rgb(0 0 0 / 6%), 0 12px 32px rgb(0 0 0 / 7%); }
            header { display: flex; align-items: center; gap: 1rem; margin-bottom: 1.1rem; }
            header img { width: 3.25rem; height: 3.25rem; border-radius: .8rem; flex: none; }
            h1 { font-size: 1.4rem; line-height: 1.25; margin: 0; }
            h2 { font-size: 1rem; margin: 1.4rem 0 .4rem; }
            p { margin: .6rem 0; } .soft { color: var(--soft); } .small { font-size: .9rem; }
            .bad, .good { padding: .65rem .85rem; border-radius: .6rem; } .bad { color: var(--bad); background: var(--bad-back); } .good { color: var(--good); background: var(--good-back); }
            ul { margin: .6rem 0 1rem; padding-left: 1.2rem; } li { margin: .3rem 0; }
            dl { display: grid; grid-template-columns: auto 1fr; gap: .3rem 1rem; margin: 1rem 0; } dt { color: var(--soft); } dd { margin: 0; }
            label { display: block; font-weight: 600; margin: 1.1rem 0 .35rem; }
            label.check { display: flex; gap: .6rem; align-items: center; } label.check input { width: auto; }
            .hint { display: block; color: var(--soft); font-size: .9rem; margin-top: .35rem; }
            .wrong { display: block; color: var(--bad); font-size: .9rem; font-weight: 600; margin-top: .35rem; }
            input, select, textarea { width: 100%; font: inherit; color: inherit; background: var(--field); border: 1px solid var(--edge); border-radius: .55rem; padding: .65rem .8rem; }
            [aria-invalid="true"] { border-color: var(--bad); border-width: 2px; }
            .buttons { display: flex; flex-wrap: wrap; gap: .7rem; margin-top: 1.5rem; }
            button, a.button { flex: 1 1 8rem; font: inherit; font-weight: 600; text-align: center; text-decoration: none; cursor: pointer; min-height: 2.75rem; padding: .65rem 1rem; border-radius: .6rem; border: 1px solid var(--edge); background: transparent; color: var(--text); }
            button.main, a.button { background: var(--main); border-color: var(--main); color: var(--on-main); }
            button.quiet { flex-basis: 100%; border-color: transparent; color: var(--soft); font-weight: 400; text-decoration: underline; }
            button:hover, a.button:hover { filter: brightness(1.1); background-color: var(--back); } button.main:hover, a.button:hover { background: var(--main); }
            [hidden] { display: none !important; }
            :focus-visible { outline: 3px solid var(--main); outline-offset: 2px; }
            .state { display: inline-block; font-size: .9rem; font-weight: 600; border-radius: 1rem; padding: .1rem .7rem; border: 1px solid var(--edge); }
            .apps { list-style: none; padding: 0; margin: 1rem 0 0; } .apps button { width: 100%; display: flex; align-items: center; gap: .8rem; text-align: left; font-weight: 400; } .apps img { width: 2rem; height: 2rem; border-radius: .5rem; }
            details { margin-top: 1.5rem; font-size: .9rem; } summary { cursor: pointer; color: var(--soft); } details .buttons { margin-top: .8rem; } details button { min-height: 2.25rem; padding: .4rem .8rem; font-weight: 400; flex-basis: 100%; }
            footer { margin-top: 1.6rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: .85rem; color: var(--soft); }
            @media (max-width: 30rem) { body { padding: 0; align-items: stretch; } main { border: 0; border-radius: 0; max-width: none; padding: 1.5rem 1.25rem; } }
            """;

    /// <summary>A whole page around the content, which is HTML already.</summary>
    /// <param name="title">The title, as plain text.</param>
    /// <param name="content">What stands in the page, as HTML.</param>
    /// <param name="theme"><c>light</c> or <c>dark</c>; anything else follows the browser.</param>
    /// <param name="script">What runs in the page, as an element; the page's policy has to allow it.</param>
    public static string Page(string title, string content, string? theme = null, string script = "") =>
        $"""
            <!DOCTYPE html>
            <html lang="en"{(theme is "light" or "dark" ? $" data-theme=\"{theme}\"" : "")}>
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Text(title)}</title>
            <link rel="icon" href="data:,">
            <style>{Style}</style>
            </head>
            <body>
            <main>
            {content}
            <footer>Membrane emulator — a local workspace. No real app is contacted.</footer>
            </main>
            {script}
            </body>
            </html>
            """;

    /// <summary>The page as an answer that no other site and no cache can make use of.</summary>
    public static Reply Answer(string title, string content, int status = 200, string? theme = null) =>
        Secure(Reply.Html(Page(title, content, theme, $"<script>{PageScript.Text}</script>"), status));

    /// <summary>Adds the headers that every page has.</summary>
    public static Reply Secure(Reply reply) =>
        reply
            .With("Content-Security-Policy", PageScript.Policy)
            .With("Referrer-Policy", "no-referrer")
            .With("X-Content-Type-Options", "nosniff")
            .With("Cache-Control", "no-store");

    /// <summary>The head of a page: a picture, if there is one, and the title.</summary>
    public static string Header(string title, string? logo) =>
        $"<header>{(logo is null ? "" : $"<img src=\"{Text(logo)}\" alt=\"\">")}<h1>{Text(title)}</h1></header>";

    /// <summary>A field of a form that the person does not see; nothing when there is no value.</summary>
    public static string Hidden(string name, string? value) =>
        value is null ? "" : $"<input type=\"hidden\" name=\"{Text(name)}\" value=\"{Text(value)}\">";

    /// <summary>Closes the page where the SDK has opened it in a frame; elsewhere it is not shown.</summary>
    public static string CloseButton(string text) =>
        $"<div class=\"buttons\" data-close hidden><button type=\"button\" class=\"main\">{Text(text)}</button></div>";

    /// <summary>Text that can stand in HTML.</summary>
    public static string Text(string text) => WebUtility.HtmlEncode(text);
}
