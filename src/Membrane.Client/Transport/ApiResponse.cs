using System;
using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Membrane.Client.Transport;

/// <summary>An answer whose body was read whole.</summary>
/// <param name="token">The token, or another secret, that was sent; empty for none.</param>
/// <param name="statusCode">The status.</param>
/// <param name="headers">The headers of the answer.</param>
/// <param name="contentHeaders">The headers of the body.</param>
/// <param name="buffer">A buffer of the shared pool.</param>
/// <param name="length">How much of the buffer is the body.</param>
internal sealed class ApiResponse(
    string token,
    HttpStatusCode statusCode,
    HttpResponseHeaders headers,
    HttpContentHeaders contentHeaders,
    byte[] buffer,
    int length
) : IDisposable
{
    private const string Hidden = "***";

    private byte[]? buffer = buffer;

    public HttpStatusCode StatusCode { get; } = statusCode;

    public HttpResponseHeaders Headers { get; } = headers;

    public HttpContentHeaders ContentHeaders { get; } = contentHeaders;

    public bool IsSuccess => (int)StatusCode is >= 200 and < 300;

    /// <summary>The body, without a byte order mark.</summary>
    public ReadOnlySpan<byte> Body
    {
        get
        {
            ReadOnlySpan<byte> body = new(buffer ?? throw new ObjectDisposedException(nameof(ApiResponse)), 0, length);
            return body.StartsWith(ByteOrderMark) ? body.Slice(ByteOrderMark.Length) : body;
        }
    }

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Blots out the token in the body. Debugging proxies and some errors repeat what they were sent.</summary>
    public void HideToken()
    {
        var body = new Span<byte>(buffer ?? throw new ObjectDisposedException(nameof(ApiResponse)), 0, length);
        SecretText.Hide(body, Encoding.UTF8.GetBytes(token));
    }

    /// <summary>The text without the token.</summary>
    public string? WithoutToken(string? text) => token.Length == 0 ? text : text?.Replace(token, Hidden);

    public void Dispose()
    {
        if (buffer is { } rented)
        {
            buffer = null;
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
