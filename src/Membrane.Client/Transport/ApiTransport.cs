using System;
using System.Diagnostics;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Authentication;
using Membrane.Client.Json;
using Membrane.Client.Paging;

namespace Membrane.Client.Transport;

/// <summary>The one road to the service: token, request, send, retry, error, model.</summary>
internal sealed class ApiTransport : IDisposable
{
    // The documented limit of an answer is 30 MB.
    private const int MaxResponseBytes = 128 * 1024 * 1024;

    // How long one request of a batch waits for a service that turns it away again and again.
    private static readonly TimeSpan BatchPatience = TimeSpan.FromMinutes(10);

    private readonly MembraneClientOptions options;
    private readonly HttpClient http;
    private readonly IRequestObserver? observer;
    private readonly IRateLimiter? gate;
    private readonly GarbageBound garbage;

    // Never disposed of: it holds nothing, and requests may still link to it.
    private readonly CancellationTokenSource closing;
    private readonly CancellationToken closed;

    public ApiTransport(MembraneClientOptions options)
        : this(
            options,
            HttpStack.Create(WithTrailingSlash(options.ApiUri), options.Proxy),
            new CancellationTokenSource(),
            null,
            null,
            new GarbageBound()
        ) { }

    private ApiTransport(
        MembraneClientOptions options,
        HttpClient http,
        CancellationTokenSource closing,
        IRequestObserver? observer,
        IRateLimiter? gate,
        GarbageBound garbage
    )
    {
        this.options = options;
        this.http = http;
        this.closing = closing;
        this.observer = observer;
        this.gate = gate;
        this.garbage = garbage;
        closed = closing.Token;
    }

    public IObjectAdapter Objects => options.ObjectModel;

    /// <summary>The address that all requests go below, with a slash at the end.</summary>
    public Uri BaseAddress => http.BaseAddress!;

    /// <summary>The same road, watched. Both share their connections.</summary>
    public ApiTransport WithObserver(IRequestObserver watcher) => new(options, http, closing, watcher, gate, garbage);

    /// <summary>The same road, through the gate of a batch.</summary>
    public ApiTransport WithRateLimiter(IRateLimiter batchGate) => new(options, http, closing, observer, batchGate, garbage);

    /// <summary>Sends a request whose answer is one object.</summary>
    public async Task<T> SendAsync<T>(ApiRequest request, ModelReader<T> map, CancellationToken cancellationToken)
        where T : MembraneModel
    {
        using var response = await ExchangeAsync(request, cancellationToken).ConfigureAwait(false);
        return Read(request, response, (ref Utf8JsonReader reader) => map.Read(ref reader, Objects));
    }

    /// <summary>Sends a request whose answer has no body that matters.</summary>
    public async Task SendAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        using var response = await ExchangeAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a request whose answer is a page of items, in the envelope of lists or as a bare array.</summary>
    public async Task<Page<T>> SendAsync<T>(ApiRequest request, PageReader<T> map, CancellationToken cancellationToken)
        where T : MembraneModel
    {
        using var response = await ExchangeAsync(request, cancellationToken).ConfigureAwait(false);
        garbage.Check();
        return Read(request, response, (ref Utf8JsonReader reader) => map.Read(ref reader, Objects));
    }

    /// <summary>The token that requests carry now.</summary>
    public Task<string> GetTokenAsync(CancellationToken cancellationToken) => options.TokenSource.GetTokenAsync(cancellationToken);

    /// <summary>Sends a request whose answer may be any JSON value, or nothing.</summary>
    public async Task<object?> SendForValueAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        using var response = await ExchangeAsync(request, cancellationToken).ConfigureAwait(false);
        return response.Body.IsEmpty ? null : ReadValue(request, response);
    }

    /// <summary>Sends a request and makes something of the answer itself, while its body is there.</summary>
    public async Task<T> SendAsync<T>(ApiRequest request, Func<ApiResponse, T> read, CancellationToken cancellationToken)
    {
        using var response = await ExchangeAsync(request, cancellationToken).ConfigureAwait(false);
        return read(response);
    }

    /// <summary>The body as a JSON value.</summary>
    /// <exception cref="MembraneResponseException">It is none.</exception>
    public object? ReadValue(ApiRequest request, ApiResponse response) =>
        Read(request, response, (ref Utf8JsonReader reader) => JsonValueReader.Read(ref reader, Objects));

    public void Dispose()
    {
        closing.Cancel();
        http.Dispose();
    }

    private static Uri WithTrailingSlash(Uri address) =>
        address.AbsoluteUri.EndsWith("/", StringComparison.Ordinal) ? address : new Uri(address.AbsoluteUri + "/");

    private static T Read<T>(ApiRequest request, ApiResponse response, ReadBody<T> read)
    {
        try
        {
            var reader = new Utf8JsonReader(response.Body);
            if (response.Body.IsEmpty)
            {
                throw Unreadable(request, ErrorAnswer.Empty(request, response));
            }

            reader.Read();
            var result = read(ref reader);
            if (reader.Read())
            {
                throw new JsonException("The answer goes on after its end.");
            }

            return result;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw Unreadable(
                request,
                ErrorAnswer.LooksLikeHtml(response)
                    ? ErrorAnswer.Html(request, response)
                    : ErrorAnswer.Malformed(request, response, exception)
            );
        }
    }

    private static MembraneResponseException Unreadable(ApiRequest request, MembraneResponseException exception)
    {
        exception.Outcome = OutcomeOf(request, mayHaveRun: true);
        return exception;
    }

    private static RequestOutcome OutcomeOf(ApiRequest request, bool mayHaveRun) =>
        mayHaveRun && request.HasEffect ? RequestOutcome.Unknown : RequestOutcome.Failed;

    // The last try was not run; an earlier one may have been.
    private static RequestOutcome OutcomeUnsent(ApiRequest request, bool mayHaveRun) =>
        mayHaveRun && request.HasEffect ? RequestOutcome.Unknown : RequestOutcome.NotSent;

    private async Task<ApiResponse> ExchangeAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, closed);
        var gotNewToken = false;
        var mayHaveRun = false;
        var watch = Stopwatch.StartNew();
        try
        {
            for (var number = 1; ; number++)
            {
                stop.Token.ThrowIfCancellationRequested();
                var token = request.SentSecret ?? await FindTokenAsync(request, mayHaveRun, stop.Token).ConfigureAwait(false);
                if (gate is not null && !await gate.EnterAsync(BatchPatience - watch.Elapsed, stop.Token).ConfigureAwait(false))
                {
                    throw new MembraneException(
                        ErrorIds.RateLimitExceeded,
                        $"The service has asked for a longer pause than a batch waits, so {request.Operation} was not sent.",
                        "Run it again later. The errors of the inputs before say how long the service asks to wait (RetryAfter of the "
                            + "exception)."
                    )
                    {
                        Outcome = OutcomeUnsent(request, mayHaveRun),
                    };
                }

                var mayHaveRunBefore = mayHaveRun;
                mayHaveRun = true;
                (var response, var attempt, var failure) = gate is null
                    ? await TryOnceAsync(request, token, stop.Token).ConfigureAwait(false)
                    : await TryAndLeaveAsync(gate, request, token, stop.Token).ConfigureAwait(false);
                if (failure is null)
                {
                    return response!;
                }

                // An earlier try that may have run stays one, however the last one ends.
                mayHaveRun = mayHaveRunBefore || RetryPolicy.MayHaveRun(attempt);
                if (
                    attempt.StatusCode == 401
                    && !attempt.ReachedApp
                    && !gotNewToken
                    && !request.IsAnonymous
                    && options.TokenSource.Discard(token)
                )
                {
                    gotNewToken = true;
                    response?.Dispose();
                    continue;
                }

                var isForGate = gate is not null && IsTurnedAway(attempt);
                var pause = attempt.RetryAfter ?? options.RetryPolicy.BaseDelay;
                if (isForGate && watch.Elapsed + pause < BatchPatience)
                {
                    // The gate makes the whole batch wait, and what was turned away goes on waiting in it.
                    number--;
                    response?.Dispose();
                    observer?.Retrying(request.Operation, failure.Message, pause);
                    continue;
                }

                var delay = isForGate ? null : options.RetryPolicy.NextDelay(attempt, number, request.IsRepeatable, NextRandom());
                if (delay is null && response is not null)
                {
                    return response;
                }

                response?.Dispose();
                if (delay is null)
                {
                    failure.Outcome = RetryPolicy.DidNotRun(attempt) ? OutcomeUnsent(request, mayHaveRun) : OutcomeOf(request, mayHaveRun);
                    throw failure;
                }

                observer?.Retrying(request.Operation, failure.Message, delay.Value);
                await Task.Delay(delay.Value, stop.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException exception) when (closed.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new MembraneNetworkException(
                ErrorIds.ContextDisconnected,
                $"The client was closed before {request.Operation} was answered.",
                "Sign in again with Connect-Membrane.",
                exception
            )
            {
                Outcome = mayHaveRun ? OutcomeOf(request, mayHaveRun) : RequestOutcome.NotSent,
            };
        }
        catch (OperationCanceledException exception) when (OutcomeUnsent(request, mayHaveRun) == RequestOutcome.NotSent)
        {
            throw new CanceledUnsentException(exception);
        }
    }

    private async Task<string> FindTokenAsync(ApiRequest request, bool mayHaveRun, CancellationToken cancellationToken)
    {
        try
        {
            var token = await options.TokenSource.GetTokenAsync(cancellationToken).ConfigureAwait(false);
            return TokenText.FitsHeader(token)
                ? token
                : throw new MembraneSignInException(
                    ErrorIds.InvalidToken,
                    "The token to be used is empty, or has characters that cannot be sent.",
                    "Sign in again with Connect-Membrane."
                );
        }
        catch (MembraneException exception)
        {
            // What became of the request for a token says nothing of this request. Others may wait for the same token.
            var own = exception.Copy();
            own.Outcome = OutcomeUnsent(request, mayHaveRun);
            throw own;
        }
    }

    private async Task<(ApiResponse? Response, Attempt Attempt, MembraneException? Failure)> TryAndLeaveAsync(
        IRateLimiter batchGate,
        ApiRequest request,
        string token,
        CancellationToken cancellationToken
    )
    {
        Attempt attempt = default;
        try
        {
            (var response, attempt, var failure) = await TryOnceAsync(request, token, cancellationToken).ConfigureAwait(false);
            return (response, attempt, failure);
        }
        finally
        {
            batchGate.Leave(IsTurnedAway(attempt), RetryPolicy.Later(attempt.RetryAfter ?? options.RetryPolicy.BaseDelay, NextRandom()));
        }
    }

    // Provably not run, and by no fault of this request.
    private static bool IsTurnedAway(Attempt attempt) => attempt.End == AttemptEnd.Status && RetryPolicy.DidNotRun(attempt);

    private async Task<(ApiResponse? Response, Attempt Attempt, MembraneException? Failure)> TryOnceAsync(
        ApiRequest request,
        string token,
        CancellationToken cancellationToken
    )
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
            response = await SendOnceAsync(request, token, timer.Token).ConfigureAwait(false);
        }
        catch (ResponseTooLargeException exception)
        {
            // An answer came, so there is nothing to try again.
            throw new MembraneNetworkException(
                ErrorIds.ResponseTooLarge,
                $"The answer to {request.Operation} is larger than {MaxResponseBytes / (1024 * 1024)} MB.",
                "Ask for less: a smaller -PageSize, a filter, or fewer fields.",
                exception
            )
            {
                Outcome = OutcomeOf(request, mayHaveRun: true),
            };
        }
        catch (Exception exception) when (exception is OperationCanceledException || NetworkFailure.Is(exception))
        {
            // A cancelled request may surface as a broken connection: the token says which it was.
            cancellationToken.ThrowIfCancellationRequested();
            if (timer.IsCancellationRequested)
            {
                return (null, new Attempt(AttemptEnd.TimedOut), NetworkFailure.DescribeTimeout(request, timeout, exception));
            }

            var end = NetworkFailure.End(exception);
            return (null, new Attempt(end), NetworkFailure.Describe(request, http.BaseAddress!, exception, end));
        }

        observer?.Answered(request.Method + " /" + request.PathAndQuery, (int)response.StatusCode, watch.Elapsed);
        if (response.IsSuccess)
        {
            return (response, default, null);
        }

        var now = DateTimeOffset.UtcNow;
        var failure = ErrorAnswer.Describe(request, response, token, Objects, now);
        var attempt = new Attempt(
            AttemptEnd.Status,
            (int)response.StatusCode,
            ErrorAnswer.RetryAfter(response.Headers, now),
            ErrorAnswer.ReachedApp(failure)
        );
        if (request.TakesErrorAnswers)
        {
            return (response, attempt, failure);
        }

        response.Dispose();
        return (null, attempt, failure);
    }

    private async Task<ApiResponse> SendOnceAsync(ApiRequest request, string token, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(request.Method, request.Target);
        if (!request.IsAnonymous)
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        AddUnlessGiven(message, request, "Accept", "application/json, text/plain, */*");
        AddUnlessGiven(message, request, "User-Agent", options.UserAgent);
        if (options.ApiVersion is not null)
        {
            AddUnlessGiven(message, request, "membrane-api-version", options.ApiVersion);
        }

        foreach (var header in request.Headers)
        {
            message.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        if (request.HasEffect || request.Body is not null)
        {
            // Also where there is none to send: the framework itself sends a request without content again.
            message.Content = new ByteArrayContent(request.Body ?? []);
        }

        if (request.Body is not null)
        {
            message.Content!.Headers.TryAddWithoutValidation("Content-Type", request.BodyType);
        }

        using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            .ConfigureAwait(false);
        // On .NET Framework reading a body does not heed the token; closing the answer does.
        using var registration = cancellationToken.Register(static state => ((IDisposable)state!).Dispose(), response);
        (var buffer, var length) = await ResponseBody
            .ReadAsync(response.Content, MaxResponseBytes, cancellationToken)
            .ConfigureAwait(false);
        return new ApiResponse(token, response.StatusCode, response.Headers, response.Content.Headers, buffer, length);
    }

    private static void AddUnlessGiven(HttpRequestMessage message, ApiRequest request, string name, string value)
    {
        if (!request.Headers.Any(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase)))
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }
    }

    private static double NextRandom()
    {
#if NET
        return Random.Shared.NextDouble();
#else
        lock (Jitter)
        {
            return Jitter.NextDouble();
        }
#endif
    }

#if !NET
    private static readonly Random Jitter = new();
#endif

    private delegate T ReadBody<T>(ref Utf8JsonReader reader);
}
