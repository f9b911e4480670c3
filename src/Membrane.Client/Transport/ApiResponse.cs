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
/// <param name="body">The body.</param>
internal sealed class ApiResponse(
    string token,
    HttpStatusCode statusCode,
    HttpResponseHeaders headers,
    HttpContentHeaders contentHeaders,
    ResponseBody body
) : IDisposable
{
    private const string Hidden = "***";

    public HttpStatusCode StatusCode { get; } = statusCode;

    public HttpResponseHeaders Headers { get; } = headers;

    public HttpContentHeaders ContentHeaders { get; } = contentHeaders;

    public bool IsSuccess => (int)StatusCode is >= 200 and < 300;

    /// <summary>The body, without a byte order mark.</summary>
    public ReadOnlySequence<byte> Body => WithoutMark(body.Bytes);

    /// <summary>Whether the body is too large to be made into objects all at once.</summary>
    public bool IsLarge => !body.Bytes.IsSingleSegment;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Blots out the token in the body. Debugging proxies and some errors repeat what they were sent.</summary>
    public void HideToken()
    {
        body.Hide(Encoding.UTF8.GetBytes(token));
    }

    /// <summary>The text without the token.</summary>
    public string? WithoutToken(string? text) =>
        text is null || token.Length == 0 ? text : SecretText.Hide(text.Replace(token, Hidden), token);

    /// <summary>Returns the body in memory of its own, which stays when the answer is disposed of.</summary>
    public ReadOnlySequence<byte> DetachBody() => WithoutMark(body.Detach());

    public void Dispose() => body.Dispose();

    private static ReadOnlySequence<byte> WithoutMark(ReadOnlySequence<byte> bytes) =>
        bytes.First.Span.StartsWith(ByteOrderMark) ? bytes.Slice(ByteOrderMark.Length) : bytes;
}
