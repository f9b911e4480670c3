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

    public byte[] Body { get; set; } = System.Array.Empty<byte>();
}
