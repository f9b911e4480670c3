using System;
using System.Collections.Specialized;

namespace Membrane.Emulator.Http;

/// <summary>A request as it arrived, its body read.</summary>
internal sealed class IncomingRequest(string method, string rawPath, string rawQuery, NameValueCollection headers, string? contentType)
{
    public string Method { get; } = method;

    /// <summary>The path, not decoded.</summary>
    public string RawPath { get; } = rawPath;

    /// <summary>The query without the question mark, not decoded.</summary>
    public string RawQuery { get; } = rawQuery;

    public NameValueCollection Headers { get; } = headers;

    public string? ContentType { get; } = contentType;

    /// <summary>The origin of the page that sends the request; null where no page does, or the browser does not say.</summary>
    public string? Origin => Headers["Origin"] is { Length: > 0 } origin ? origin : null;

    public byte[] Body { get; set; } = Array.Empty<byte>();

    /// <summary>The address that the client knows this server by; null where it does not say.</summary>
    public Uri? HostUri =>
        Headers["Host"] is { Length: > 0 } host
        && Uri.TryCreate($"http://{host}/", UriKind.Absolute, out var uri)
        && uri.AbsolutePath == "/"
        && uri.UserInfo.Length + uri.Query.Length + uri.Fragment.Length == 0
            ? uri
            : null;

    /// <summary>
    /// Whether the name by which it asks cannot be one that someone else has let lead here: an address, or a name that no one can register.
    /// </summary>
    public bool HasSafeHost =>
        Headers["Host"] is not { Length: > 0 }
        || (
            HostUri is { } host
            && (
                host.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6
                || host.Host.IndexOf('.') < 0
                || host.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            )
        );

    /// <summary>Refuses what any page but the emulator's own has its browser send; programs send neither header.</summary>
    /// <exception cref="ApiException">403: the page is another, of this machine or not.</exception>
    public void CheckOwnPage()
    {
        // No page can forge either. Without the first the browser is an old one, or the address is neither https nor of this machine.
        var isOwn =
            Headers["Sec-Fetch-Site"] is null or "same-origin" or "none"
            && (
                Origin is null
                || (HasSafeHost && Uri.TryCreate(Origin, UriKind.Absolute, out var uri) && uri.Authority == HostUri?.Authority)
            );
        if (!isOwn)
        {
            throw ApiException.AccessDenied("A page of another origin may not call this.");
        }
    }

    /// <summary>Refuses what a page of another site has its browser send, and takes what the emulator's own pages send.</summary>
    /// <param name="own">The address of the emulator, as its pages are opened.</param>
    /// <exception cref="ApiException">The page is neither the emulator's own nor from this machine.</exception>
    public void CheckOrigin(Uri own)
    {
        // No page can forge this header. The other one tells nothing of a page that sends no referrer.
        var isOwn =
            Headers["Sec-Fetch-Site"] == "same-origin"
            || (Uri.TryCreate(Origin, UriKind.Absolute, out var origin) && (origin.Authority == own.Authority || origin.IsLoopback));
        if (!isOwn && Origin is not null)
        {
            throw ApiException.AccessDenied("A page of another origin may not call this.");
        }
    }
}
