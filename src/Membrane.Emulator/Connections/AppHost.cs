using System;
using System.Globalization;
using System.Linq;

namespace Membrane.Emulator.Connections;

/// <summary>Addresses of apps, compared by their domain.</summary>
internal static class AppHost
{
    /// <summary>Returns the host of a URL or bare domain in lower case; null when it has no dot or is an IPv4 address.</summary>
    public static string? Host(string address)
    {
        var text = address.Trim();
        if (text.IndexOf("://", StringComparison.Ordinal) < 0)
        {
            text = "https://" + text;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6)
        {
            return null;
        }

        var host = uri.DnsSafeHost.ToLowerInvariant();
        return host.Trim('.').IndexOf('.') > 0 && host.All(character => character != ' ') ? WithoutPrefix(host) : null;
    }

    /// <summary>Returns whether an app's address is of the host.</summary>
    public static bool Same(string? appUri, string host) =>
        appUri is { Length: > 0 } && Host(appUri) is { } own && (own == host || host.EndsWith("." + own, StringComparison.Ordinal));

    /// <summary>Returns a name for an app of which only the host is known.</summary>
    public static string Name(string host)
    {
        var parts = host.Split('.');
        return CultureInfo.InvariantCulture.TextInfo.ToTitleCase(parts[Math.Max(0, parts.Length - 2)].Replace('-', ' '));
    }

    private static string WithoutPrefix(string host) => host.StartsWith("www.", StringComparison.Ordinal) ? host.Substring(4) : host;
}
