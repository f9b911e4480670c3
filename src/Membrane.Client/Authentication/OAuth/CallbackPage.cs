using System.Net;

namespace Membrane.Client.Authentication.OAuth;

/// <summary>The page that the browser shows after it came back.</summary>
internal static class CallbackPage
{
    public static string Make(string title, string text) =>
        $$"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{{WebUtility.HtmlEncode(title)}}</title>
            <style>
            :root { color-scheme: light dark; --back: #f4f5f8; --card: #fff; --text: #1b1f2a; --line: #d9dde6; }
            @media (prefers-color-scheme: dark) { :root { --back: #12141b; --card: #1c202b; --text: #eceef4; --line: #343a4a; } }
            body { margin: 0; min-height: 100vh; display: flex; align-items: center; justify-content: center; background: var(--back); color: var(--text); font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
            main { max-width: 27rem; margin: 1.25rem; padding: 2rem; background: var(--card); border: 1px solid var(--line); border-radius: 1rem; }
            h1 { font-size: 1.35rem; margin: 0 0 .6rem; }
            p { margin: 0; }
            </style>
            </head>
            <body><main><h1>{{WebUtility.HtmlEncode(title)}}</h1><p>{{WebUtility.HtmlEncode(text)}}</p></main></body>
            </html>
            """;
}
