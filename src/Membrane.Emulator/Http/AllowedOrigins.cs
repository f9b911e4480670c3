using System;
using System.Collections.Generic;

namespace Membrane.Emulator.Http;

/// <summary>The origins whose pages may read the answers of the API: those of this machine, and the ones that the options name.</summary>
internal sealed class AllowedOrigins
{
    private readonly HashSet<string> named = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="FormatException">One of them is not an origin.</exception>
    public AllowedOrigins(IEnumerable<string> origins)
    {
        foreach (var origin in origins)
        {
            named.Add(Parse(origin));
        }
    }

    /// <summary>Returns whether a page of the origin, as a browser sends it, may read the answers.</summary>
    public bool Contains(string origin) => IsLoopback(origin) || named.Contains(origin);

    /// <summary>Refuses a request of a page of another origin.</summary>
    /// <exception cref="ApiException">403: the origin is not allowed.</exception>
    public void Check(IncomingRequest request)
    {
        if (request.Origin is { } origin && !Contains(origin))
        {
            throw Refusal(origin);
        }
    }

    /// <summary>Returns what a page of an origin that is not allowed is told.</summary>
    public static ApiException Refusal(string origin) =>
        ApiException.AccessDenied(
            $"The origin '{UrlEncoding.Shorten(origin)}' is not allowed to call the emulator from a page: start it with "
                + $"-AllowOrigin, --allow-origin or AllowedOrigins for it."
        );

    /// <summary>Returns the origin in the form in which browsers send it.</summary>
    /// <exception cref="FormatException">The text is not an origin.</exception>
    public static string Parse(string? text)
    {
        // A page in a file, or in a frame that is shut off, has this one.
        if (text == "null")
        {
            return text;
        }

        if (
            string.IsNullOrWhiteSpace(text)
            || text!.IndexOf('*') >= 0
            || !Uri.TryCreate(text, UriKind.Absolute, out var uri)
            || uri.Host.Length == 0
        )
        {
            throw new FormatException(
                $"'{text}' is not an origin: write the scheme, the host and the port as the browser shows them, such as "
                    + $"https://app.example.com or http://192.168.0.7:5173. Each origin is named by itself, without wildcards."
            );
        }

        // IdnHost has no brackets around an IPv6 address, Host has.
        var host = uri.HostNameType == UriHostNameType.IPv6 ? uri.Host : uri.IdnHost;
        var origin = uri.Scheme + "://" + host + (uri.IsDefaultPort || uri.Port < 0 ? "" : FormattableString.Invariant($":{uri.Port}"));
        if (
            !text.Trim().EndsWith("/", StringComparison.Ordinal)
            && uri.PathAndQuery.Length <= 1
            && uri.Fragment.Length + uri.UserInfo.Length == 0
        )
        {
            return origin;
        }

        throw new FormatException($"'{text}' is an address, not an origin: write '{origin}'.");
    }

    private static bool IsLoopback(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri.UserInfo.Length == 0
        && uri.Host is "localhost" or "127.0.0.1" or "[::1]";
}
