using System;
using System.Collections.Specialized;

namespace Membrane.Emulator.Http;

/// <summary>A request as it arrived, its body read.</summary>
internal sealed class IncomingRequest
{
    public IncomingRequest(string method, string rawPath, string rawQuery, NameValueCollection headers, string? contentType)
    {
        Method = method;
        RawPath = rawPath;
        RawQuery = rawQuery;
        Headers = headers;
        ContentType = contentType;
    }

    public string Method { get; }

    /// <summary>The path, not decoded.</summary>
    public string RawPath { get; }

    /// <summary>The query without the question mark, not decoded.</summary>
    public string RawQuery { get; }

    public NameValueCollection Headers { get; }

    public string? ContentType { get; }

    public byte[] Body { get; set; } = Array.Empty<byte>();

    /// <summary>Refuses what a page of another site has its browser send.</summary>
    /// <exception cref="ApiException">The page is not from this machine.</exception>
    public void CheckOrigin()
    {
        if (Headers["Origin"] is { Length: > 0 } origin && !(Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri) && uri.IsLoopback))
            throw ApiException.AccessDenied("A page of another origin may not call this.");
    }
}
