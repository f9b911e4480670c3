using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Membrane.Client.Files;
using Membrane.Emulator.Http;

namespace Membrane.Emulator.Dashboard;

/// <summary>The files of the dashboard, as they are in the source.</summary>
internal static class DashboardAssets
{
    // Nothing from elsewhere, nothing inline, no markup made of text, and in no frame.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
        + "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["dashboard.css"] = "text/css; charset=utf-8",
        ["dashboard.svg"] = "image/svg+xml",
    };

    private static readonly string[] Scripts = ["dashboard.js", "page.js", "requests.js", "workspace.js", "records.js", "faults.js"];

    /// <summary>The page itself, which holds nothing of the workspace.</summary>
    public static Reply Page =>
        Protect(Reply.Html(Text("dashboard.html")))
            .With("Content-Security-Policy", Policy)
            .With("X-Frame-Options", "DENY")
            .With("Cross-Origin-Opener-Policy", "same-origin")
            .With("Vary", "Accept");

    /// <summary>Finds a file that the page refers to; null if there is none of that name.</summary>
    public static Reply? Find(string name) =>
        Scripts.Contains(name) ? Asset(name, "text/javascript; charset=utf-8")
        : Types.TryGetValue(name, out var type) ? Asset(name, type)
        : null;

    /// <summary>Says that no other page, no cache and no frame may have the answer.</summary>
    public static Reply Protect(Reply reply) =>
        reply
            .With("Cache-Control", "no-store")
            .With("Cross-Origin-Resource-Policy", "same-origin")
            .With("Referrer-Policy", "no-referrer")
            .With("X-Content-Type-Options", "nosniff");

    private static Reply Asset(string name, string type) => Protect(Reply.Bytes(Encoding.UTF8.GetBytes(Text(name)), type));

    private static string Text(string name) => EmbeddedText.Read(typeof(DashboardAssets).Assembly, "Dashboard/" + name);
}
