using System.Net;

namespace Membrane.Emulator.Pages;

/// <summary>The frame of every page: one style for light and dark, no scripts.</summary>
internal static class PageLayout
{
    private const string Style = """
        :root { color-scheme: light dark; --back: #f4f5f8; --card: #fff; --text: #1b1f2a; --soft: #5a6274; --line: #d9dde6; --main: #2f4bd8; --on-main: #fff; --bad: #b3261e; --good: #17693a; }
        @media (prefers-color-scheme: dark) { :root { --back: #12141b; --card: #1c202b; --text: #eceef4; --soft: #a5adbf; --line: #343a4a; --main: #9db0ff; --on-main: #10142a; --bad: #ffb4ab; --good: #8fdcae; } }
        * { box-sizing: border-box; }
        body { margin: 0; min-height: 100vh; display: flex; align-items: center; justify-content: center; padding: 1.25rem; background: var(--back); color: var(--text); font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
        main { width: 100%; max-width: 27rem; background: var(--card); border: 1px solid var(--line); border-radius: 1rem; padding: 2rem; }
        header { display: flex; align-items: center; gap: .9rem; margin-bottom: 1.1rem; }
        header img { width: 3rem; height: 3rem; border-radius: .75rem; }
        h1 { font-size: 1.35rem; line-height: 1.25; margin: 0; }
        p { margin: .6rem 0; } .soft { color: var(--soft); } .bad { color: var(--bad); } .good { color: var(--good); }
        ul { margin: .6rem 0 1rem; padding-left: 1.2rem; } li { margin: .25rem 0; }
        label { display: block; font-weight: 600; margin: 1rem 0 .35rem; }
        input { width: 100%; font: inherit; color: inherit; background: transparent; border: 1px solid var(--soft); border-radius: .55rem; padding: .65rem .8rem; }
        .buttons { display: flex; flex-wrap: wrap; gap: .7rem; margin-top: 1.4rem; }
        button, a.button { flex: 1 1 8rem; font: inherit; font-weight: 600; text-align: center; text-decoration: none; cursor: pointer; padding: .7rem 1rem; border-radius: .6rem; border: 1px solid var(--soft); background: transparent; color: var(--text); }
        button.main, a.button { background: var(--main); border-color: var(--main); color: var(--on-main); }
        button:hover, a.button:hover { filter: brightness(1.08); }
        :focus-visible { outline: 3px solid var(--main); outline-offset: 2px; }
        footer { margin-top: 1.5rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: .85rem; color: var(--soft); }
        """;

    /// <summary>A whole page around the content, which is HTML already.</summary>
    public static string Page(string title, string content) => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Text(title)}</title>
        <style>{Style}</style>
        </head>
        <body>
        <main>
        {content}
        <footer>Membrane emulator — a local workspace. No real app is contacted.</footer>
        </main>
        </body>
        </html>
        """;

    /// <summary>Text that can stand in HTML.</summary>
    public static string Text(string text) => WebUtility.HtmlEncode(text);
}
