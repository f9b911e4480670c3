using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Transport;

namespace Membrane.Client.Blobs;

/// <summary>Sends requests to Azure Storage, with the signature in the address or with a token.</summary>
internal sealed class BlobClient : IDisposable
{
    // All that is asked for is older, and the emulator of Azure Storage knows it, too.
    private const string ServiceVersion = "2021-12-02";

    private readonly HttpClient http;
    private readonly ITokenSource? tokens;
    private readonly TimeSpan maxWait;

    /// <summary>Makes a client.</summary>
    /// <param name="handler">The connections.</param>
    /// <param name="tokens">Where tokens come from; null where the address has a signature.</param>
    /// <param name="maxWait">How long a request is tried again while the storage cannot be reached; two minutes by default.</param>
    public BlobClient(HttpMessageHandler handler, ITokenSource? tokens, TimeSpan? maxWait = null)
    {
        http = new HttpClient(handler, disposeHandler: true) { Timeout = TimeSpan.FromSeconds(30) };
        this.tokens = tokens;
        this.maxWait = maxWait ?? TimeSpan.FromMinutes(2);
    }

    /// <summary>Sends a request, again and again while the storage is not to be reached.</summary>
    /// <param name="request">The request; it may be sent twice.</param>
    /// <param name="cancellationToken">Ends the wait between two tries. The one that is under way has a moment more.</param>
    /// <returns>The answer, and whether an earlier try may have been carried out.</returns>
    /// <exception cref="IOException">The storage could not be reached.</exception>
    public async Task<(BlobAnswer Answer, bool MayBeSecond)> SendAsync(BlobRequest request, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var mayBeSecond = false;
        for (var pause = 100.0; ; pause = Math.Min(4000, pause * 2))
        {
            try
            {
                var answer = await SendOnceAsync(request, cancellationToken).ConfigureAwait(false);
                if (!answer.IsTransient || IsOver())
                {
                    return (answer, mayBeSecond);
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or TaskCanceledException)
            {
                if (IsOver())
                {
                    var cause = NetworkFailure.WithoutAnswer(exception);
                    throw new IOException($"The storage cannot be reached: {NetworkFailure.Detail(cause)}", cause);
                }
            }

            mayBeSecond = true;
            try
            {
                await Task.Delay(TimeSpan.FromMilliseconds(pause * (0.75 + (0.25 * Jitter.Next()))), cancellationToken)
                    .ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // One last try, so that what happened is written down.
            }
        }

        bool IsOver() => watch.Elapsed >= maxWait || cancellationToken.IsCancellationRequested;
    }

    public void Dispose() => http.Dispose();

    private async Task<BlobAnswer> SendOnceAsync(BlobRequest request, CancellationToken cancellationToken)
    {
        var token = tokens is null ? null : await tokens.GetTokenAsync(cancellationToken).ConfigureAwait(false);
        var answer = await SendOnceAsync(request, token, cancellationToken).ConfigureAwait(false);
        if (token is not null && answer.Status == HttpStatusCode.Unauthorized && tokens!.Discard(token))
        {
            var another = await tokens.GetTokenAsync(cancellationToken).ConfigureAwait(false);
            return await SendOnceAsync(request, another, cancellationToken).ConfigureAwait(false);
        }

        return answer;
    }

    private async Task<BlobAnswer> SendOnceAsync(BlobRequest request, string? token, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(request.Method, request.Uri);
        message.Headers.Add("x-ms-version", ServiceVersion);
        message.Headers.Add("x-ms-date", DateTime.UtcNow.ToString("R", CultureInfo.InvariantCulture));
        if (token is not null)
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        foreach (var header in request.Headers)
        {
            message.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        if (request.Method == HttpMethod.Put)
        {
            // Also of nothing: the storage wants to be told the length.
            message.Content = new ByteArrayContent(request.Body ?? []);
        }

        // What is under way when the caller has had enough is given a moment: its outcome is worth knowing.
        using var limit = new CancellationTokenSource();
        using var registration = cancellationToken.Register(() => limit.CancelAfter(TimeSpan.FromSeconds(2)));
        using var response = await http.SendAsync(message, HttpCompletionOption.ResponseContentRead, limit.Token).ConfigureAwait(false);
        var blobType = Word(response.Headers, "x-ms-blob-type");
        // A web page may come with 200, which is what reading a blob is answered with, but does not name its kind.
        var isDone = response.StatusCode == request.Done && (request.Method == HttpMethod.Put || blobType is not null);
        return new BlobAnswer(
            response.StatusCode,
            Word(response.Headers, "x-ms-error-code") ?? string.Empty,
            blobType,
            isDone,
            isDone ? await ReadAsync(response.Content, limit.Token).ConfigureAwait(false) : []
        );
    }

#if NET
    private static Task<byte[]> ReadAsync(HttpContent content, CancellationToken cancellationToken) =>
        content.ReadAsByteArrayAsync(cancellationToken);
#else
    // It has been read already.
    private static Task<byte[]> ReadAsync(HttpContent content, CancellationToken _) => content.ReadAsByteArrayAsync();
#endif

    // These are words of letters, and are shown; anything else may hold a secret that was sent.
    private static string? Word(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) && values.First() is var value && value.All(char.IsLetter) ? value : null;
}
