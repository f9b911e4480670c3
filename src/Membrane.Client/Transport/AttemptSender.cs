using System;
using System.Diagnostics;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace Membrane.Client.Transport;

/// <summary>Sends a request once, and classifies what comes of it.</summary>
internal sealed class AttemptSender(MembraneClientOptions options, HttpClient http, IRequestObserver? observer)
{
    public async Task<AttemptResult> SendAsync(ApiRequest request, string token, CancellationToken cancellationToken)
    {
        if (request.BeforeSending is { } before)
        {
            request.BeforeSending = null;
            await before().ConfigureAwait(false);
        }

        var timeout = options.RequestTimeout + request.HeldFor;
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timer.CancelAfter(timeout);
        var watch = Stopwatch.StartNew();
        ApiResponse response;
        try
        {
            response = await ExchangeAsync(request, token, timer.Token).ConfigureAwait(false);
        }
        catch (ResponseTooLargeException exception)
        {
            throw TooLarge(request, exception);
        }
        catch (Exception exception) when (exception is OperationCanceledException || NetworkFailure.Is(exception))
        {
            // A cancelled request may surface as a broken connection: the token says which it was.
            cancellationToken.ThrowIfCancellationRequested();
            return timer.IsCancellationRequested
                ? AttemptResult.Failed(
                    new Attempt(AttemptEnd.TimedOut),
                    NetworkFailure.DescribeTimeout(request, timeout, exception, ProxyOf(request))
                )
                : Classify(request, exception);
        }

        observer?.Answered(request.OperationAndQuery, (int)response.StatusCode, watch.Elapsed);
        return Classify(request, token, response);
    }

    private async Task<ApiResponse> ExchangeAsync(ApiRequest request, string token, CancellationToken cancellationToken)
    {
        using var message = RequestMessage.Create(request, token, options);
        using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            .ConfigureAwait(false);
        // On .NET Framework reading a body does not heed the token; closing the answer does.
        using var registration = cancellationToken.Register(static state => ((IDisposable)state!).Dispose(), response);
        var body = await ResponseBody.ReadAsync(response.Content, request.MaxResponseBytes, cancellationToken).ConfigureAwait(false);
        return new ApiResponse(token, response.StatusCode, response.Headers, response.Content.Headers, body);
    }

    private AttemptResult Classify(ApiRequest request, string token, ApiResponse response)
    {
        if (response.IsSuccess)
        {
            return AttemptResult.Succeeded(response);
        }

        if (AskingProxy(request, response) is { } proxy)
        {
            response.Dispose();
            return AttemptResult.Failed(
                new Attempt(AttemptEnd.NotTrusted),
                ProxyFailure.DescribeCredentials(proxy, AddressOf(request), null)
            );
        }

        var now = DateTimeOffset.UtcNow;
        var failure = ErrorAnswer.Describe(request, response, token, options.ObjectModel, now);
        var attempt = new Attempt(
            AttemptEnd.Status,
            (int)response.StatusCode,
            ErrorAnswer.RetryAfter(response.Headers, now),
            ErrorAnswer.ReachedApp(failure)
        );
        if (request.TakesErrorAnswers)
        {
            return AttemptResult.Failed(attempt, failure, response);
        }

        response.Dispose();
        return AttemptResult.Failed(attempt, failure);
    }

    // Where one asks, the service was not reached. With any other status it may have been, whatever the headers say; an app's own 407 is
    // passed on.
    private Uri? AskingProxy(ApiRequest request, ApiResponse response) =>
        response is { StatusCode: HttpStatusCode.ProxyAuthenticationRequired, Headers.ProxyAuthenticate.Count: > 0 }
        && request is { TakesErrorAnswers: false, IsForApp: false }
            ? ProxyFailure.Answering(ProxyOf(request), AddressOf(request))
            : null;

    private AttemptResult Classify(ApiRequest request, Exception exception)
    {
        var end = NetworkFailure.End(exception);
        return AttemptResult.Failed(
            new Attempt(end),
            NetworkFailure.Describe(request, AddressOf(request), exception, end, ProxyOf(request))
        );
    }

    private Uri AddressOf(ApiRequest request) => new(http.BaseAddress!, request.Target);

    private Uri? ProxyOf(ApiRequest request) => ProxyRoute.Find(options, AddressOf(request));

    // An answer came, so there is nothing to try again.
    private static MembraneNetworkException TooLarge(ApiRequest request, ResponseTooLargeException exception) =>
        new(
            ErrorIds.ResponseTooLarge,
            $"The answer to {request.Operation} is larger than {exception.MaxBytes / (1024 * 1024)} MB.",
            "Ask for less: smaller pages, a filter, or fewer fields.",
            exception
        )
        {
            Outcome = RequestOutcomes.OfSent(request, mayHaveRun: true),
        };
}
