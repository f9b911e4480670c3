using System.Buffers;
using System.Collections.Generic;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;

namespace Membrane.Client;

/// <summary>An answer as it came.</summary>
public sealed class RawResponse
{
    private readonly ReadOnlySequence<byte> body;
    private byte[]? content;

    internal RawResponse(
        HttpStatusCode statusCode,
        IReadOnlyDictionary<string, IReadOnlyList<string>> headers,
        ReadOnlySequence<byte> body,
        string? mediaType,
        object? value
    )
    {
        StatusCode = statusCode;
        Headers = headers;
        this.body = body;
        MediaType = mediaType;
        Value = value;
    }

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode StatusCode { get; }

    /// <summary>All headers, also those of the body. Names are compared without regard to case.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Headers { get; }

    /// <summary>The body.</summary>
    public byte[] Content => content ??= WholeArray(body) ?? body.ToArray();

    /// <summary>The media type of the body.</summary>
    public string? MediaType { get; }

    /// <summary>What the body says: a JSON value, else text, else bytes; null where it is empty.</summary>
    public object? Value { get; }

    /// <summary>The body as UTF-8 text.</summary>
    public string Text => Encoding.UTF8.GetString(Content);

    private static byte[]? WholeArray(ReadOnlySequence<byte> bytes) =>
        SequenceMarshal.TryGetArray(bytes, out var segment) && segment.Count == segment.Array?.Length ? segment.Array : null;
}
