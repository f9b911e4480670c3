using System.Collections.Generic;
using System.Net;
using System.Text;

namespace Membrane.Client;

/// <summary>An answer as it came.</summary>
public sealed class RawResponse
{
    internal RawResponse(
        HttpStatusCode statusCode,
        IReadOnlyDictionary<string, IReadOnlyList<string>> headers,
        byte[] content,
        string? mediaType,
        object? value
    )
    {
        StatusCode = statusCode;
        Headers = headers;
        Content = content;
        MediaType = mediaType;
        Value = value;
    }

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode StatusCode { get; }

    /// <summary>All headers, also those of the body. Names are compared without regard to case.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Headers { get; }

    /// <summary>The body.</summary>
    public byte[] Content { get; }

    /// <summary>The media type of the body.</summary>
    public string? MediaType { get; }

    /// <summary>What the body says: a JSON value, else text, else bytes; null where it is empty.</summary>
    public object? Value { get; }

    /// <summary>The body as UTF-8 text.</summary>
    public string Text => Encoding.UTF8.GetString(Content);
}
