using System;
using System.Globalization;
using System.Management.Automation.Host;

namespace Membrane.PowerShell.Common;

/// <summary>
/// Addresses that a person can click on: hyperlinks of terminals (OSC 8), which are one link also where the terminal breaks the line.
/// </summary>
internal sealed class TerminalLink(PSHost host)
{
    private const string Begin = "\u001b]8;;";
    private const string End = "\u001b\\";

    /// <summary>The first version of VTE, the terminal of GNOME and others, that has links; 0.50.0 ended in a fault over them.</summary>
    private const int VteVersion = 5001;

    private readonly bool isPossible = IsPossible(host);

    /// <summary>Returns the address as a link; null where the terminal has none, or the address is not that of a web page.</summary>
    public string? Make(string address) =>
        isPossible
        && Uri.TryCreate(address, UriKind.Absolute, out var page)
        && (page.Scheme == Uri.UriSchemeHttps || page.Scheme == Uri.UriSchemeHttp)
            ? Begin + page.AbsoluteUri + End + ShownText.OfLine(address) + Begin + End
            : null;

    /// <summary>Whether the environment lets programs use colours.</summary>
    public static bool HasColors => Value("NO_COLOR").Length == 0 && Value("TERM") is not "dumb";

    private static bool IsPossible(PSHost host)
    {
        if (Console.IsOutputRedirected || host.UI is not { SupportsVirtualTerminal: true } || !HasColors)
        {
            return false;
        }

        // As node's supports-hyperlinks and others have it.
        if (Value("FORCE_HYPERLINK") is { Length: > 0 } forced)
        {
            return forced != "0";
        }

        return Value("TERM") is var term
            && !term.StartsWith("screen", StringComparison.Ordinal)
            && (
                Value("WT_SESSION").Length > 0
                || Value("KONSOLE_VERSION").Length > 0
                || Value("DOMTERM").Length > 0
                || Value("TERM_PROGRAM") is "vscode" or "iTerm.app" or "WezTerm" or "ghostty" or "Hyper" or "mintty"
                || term is "xterm-kitty" or "xterm-ghostty" or "alacritty" or "foot" or "wezterm"
                || (
                    int.TryParse(Value("VTE_VERSION"), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
                    && version >= VteVersion
                )
            );
    }

    private static string Value(string name) => Environment.GetEnvironmentVariable(name) ?? string.Empty;
}
