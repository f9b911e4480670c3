using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace Membrane.Client.Transport;

/// <summary>
/// Sends through a client or a handler that belongs to the caller, who disposes of it, and holds it to what the transport relies on:
/// no redirect is followed, and what it gives up on may have been done.
/// </summary>
/// <param name="lent">The caller's.</param>
internal sealed class LentTransport(HttpMessageInvoker lent) : HttpMessageHandler
{
    /// <exception cref="AnswerException">The caller's own time-out ended the request, or it was sent elsewhere.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var message = Copy(request);
        var address = message.RequestUri!;
        var response = await SendCopyAsync(message, cancellationToken).ConfigureAwait(false);
        if (IsSame(address, message.RequestUri) && message.Method == request.Method && IsSame(address, response.RequestMessage?.RequestUri))
        {
            return response;
        }

        response.Dispose();
        throw new AnswerException(
            $"The {nameof(MembraneClientOptions.HttpClient)} or {nameof(MembraneClientOptions.HttpMessageHandler)} of the options "
                + $"followed a redirect of {address.Authority}; set its AllowAutoRedirect to false"
        );
    }

    // What one client has sent, another one refuses. The content is shared: the pipeline disposes of it with its own message.
    private static HttpRequestMessage Copy(HttpRequestMessage request)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Content = request.Content };
        foreach (var header in request.Headers)
        {
            copy.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        return copy;
    }

    private static bool IsSame(Uri sent, Uri? final) =>
        final is null || Uri.Compare(sent, final, UriComponents.HttpRequestUrl, UriFormat.SafeUnescaped, StringComparison.Ordinal) == 0;

    private async Task<HttpResponseMessage> SendCopyAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        try
        {
            return lent is HttpClient client
                ? await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false)
                : await lent.SendAsync(message, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // A time-out of the caller's client looks like one before anything was sent, after which a change would be sent again.
            throw new AnswerException(
                $"The {nameof(MembraneClientOptions.HttpClient)} of the options gave up by itself. Set its Timeout to "
                    + $"Timeout.InfiniteTimeSpan: {nameof(MembraneClientOptions.RequestTimeout)} limits each try"
            );
        }
    }
}
