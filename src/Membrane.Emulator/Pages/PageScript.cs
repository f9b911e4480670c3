using System;
using System.Security.Cryptography;
using System.Text;

namespace Membrane.Emulator.Pages;

/// <summary>
/// The one script of the pages: tells the window that opened a page, or holds it in a frame, how it ended, in the two ways
/// that the vendor's SDK listens for (a window message, and the handshake of its frames). Without it every page works too.
/// </summary>
internal static class PageScript
{
    public static Html Text { get; } = Html.FromTemplate(PageTemplate.ReadText("Page.js"));

    /// <summary>What the pages allow: this script and their own style and pictures, nothing else.</summary>
    public static string Policy { get; } =
        $"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{Hash(Text.Text)}'; img-src 'self' data:; base-uri 'none'";

    private static string Hash(string text)
    {
        using var sha = SHA256.Create();
        return Convert.ToBase64String(sha.ComputeHash(Encoding.UTF8.GetBytes(text)));
    }
}
