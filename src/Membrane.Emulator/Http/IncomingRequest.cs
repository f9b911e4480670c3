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

    /// <summary>Refuses what a page of another site has its browser send, and takes what the emulator's own pages send.</summary>
    /// <param name="own">The address of the emulator, as its pages are opened.</param>
    /// <exception cref="ApiException">The page is neither the emulator's own nor from this machine.</exception>
    public void CheckOrigin(Uri own)
    {
        // No page can forge this header. The other one tells nothing of a page that sends no referrer.
        var isOwn =
            Headers["Sec-Fetch-Site"] == "same-origin"
            || (Uri.TryCreate(Origin, UriKind.Absolute, out var origin) && origin.Authority == own.Authority);
        if (!isOwn)
        {
            CheckOrigin();
        }
    }

    /// <summary>Refuses what a page of another site has its browser send.</summary>
    /// <exception cref="ApiException">The page is not from this machine.</exception>
    public void CheckOrigin()
    {
        if (Origin is { } origin && !(Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.IsLoopback))
        {
            throw ApiException.AccessDenied("A page of another origin may not call this.");
        }
    }
}
