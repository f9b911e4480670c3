using System;
using System.Net;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Callers;
using Membrane.Client.Json;

namespace Membrane.Client.Transport;

/// <summary>Sends requests to the service, and reads the answers.</summary>
internal sealed class ApiTransport : IDisposable
{
    private readonly MembraneClientOptions options;
    private readonly HttpClient http;
    private readonly RequestPipeline pipeline;
    private readonly IRateLimitObserver? observer;
    private readonly IRateLimiter? limiter;
    private readonly ClientLifetime lifetime;
    private readonly bool ownsConnections;

    public ApiTransport(MembraneClientOptions options)
        : this(options, HttpStack.Create(WithTrailingSlash(options.ApiUri), options), null, Guard(options.Observer), null) { }

    private ApiTransport(
        MembraneClientOptions options,
        HttpClient http,
        ClientLifetime? parent,
        IRateLimitObserver? observer,
        IRateLimiter? limiter
    )
    {
        this.options = options;
        this.http = http;
        this.observer = observer;
        this.limiter = limiter;
        ownsConnections = parent is null;
        lifetime = new ClientLifetime(parent);
        pipeline = new RequestPipeline(options, http, observer, limiter, lifetime);
    }

    public IObjectAdapter Objects => options.ObjectModel;

    /// <summary>The address that all requests go below, with a slash at the end.</summary>
    public Uri BaseAddress => http.BaseAddress!;

    /// <summary>The proxy that was chosen; null for that of the system.</summary>
    public IWebProxy? Proxy => options.Proxy;

    /// <summary>Returns the same transport with a further observer. Both share their connections.</summary>
    public ApiTransport WithObserver(IRequestObserver watcher) =>
        new(
            options,
            http,
            lifetime,
            observer is null ? new ObserverGuard(watcher) : new ObserverPair(observer, new ObserverGuard(watcher)),
            limiter
        );

    /// <summary>Returns the same transport with the rate limiter of a batch. Both share their connections.</summary>
    public ApiTransport WithRateLimiter(IRateLimiter batchLimiter) => new(options, http, lifetime, observer, batchLimiter);

    /// <summary>Sends a request whose answer is one object.</summary>
    public async Task<T> SendAsync<T>(ApiRequest request, ModelReader<T> reader, CancellationToken cancellationToken)
        where T : MembraneModel
    {
        using var response = await pipeline.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return Read(request, response, (ref Utf8JsonReader body) => reader.Read(ref body, Objects));
    }

    /// <summary>Sends a request whose answer has no body that matters: nothing, or any JSON. All else is not from the service.</summary>
    public async Task SendAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        using var response = await pipeline.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (!response.Body.IsEmpty)
        {
            Read(request, response, static (ref Utf8JsonReader body) => body.TrySkip());
        }
    }

    /// <summary>Sends a request whose answer is read in one pass.</summary>
    public async Task<T> SendAsync<T>(ApiRequest request, ReadBody<T> read, CancellationToken cancellationToken)
    {
        using var response = await pipeline.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return Read(request, response, read);
    }

    /// <summary>The token that requests carry now.</summary>
    public async Task<string> GetTokenAsync(CancellationToken cancellationToken)
    {
        lifetime.ThrowIfClosed();
        try
        {
            return await options.TokenSource!.GetTokenAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            throw CallerCancellation.Of(exception, cancellationToken);
        }
    }

    /// <summary>Sends a request whose answer may be any JSON value, or nothing.</summary>
    public async Task<object?> SendForValueAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        using var response = await pipeline.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return response.Body.IsEmpty ? null : ReadValue(request, response);
    }

    /// <summary>Sends a request and makes something of the answer itself, while its body is there.</summary>
    public async Task<T> SendAsync<T>(ApiRequest request, Func<ApiResponse, T> read, CancellationToken cancellationToken)
    {
        using var response = await pipeline.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return read(response);
    }

    /// <summary>The body as a JSON value.</summary>
    /// <exception cref="MembraneResponseException">It is not valid.</exception>
    public object? ReadValue(ApiRequest request, ApiResponse response) =>
        Read(request, response, (ref Utf8JsonReader reader) => JsonValueReader.Read(ref reader, Objects));

    public void Dispose()
    {
        lifetime.Dispose();
        if (ownsConnections)
        {
            http.Dispose();
        }
    }

    private static Uri WithTrailingSlash(Uri address) =>
        address.AbsoluteUri.EndsWith("/", StringComparison.Ordinal) ? address : new Uri(address.AbsoluteUri + "/");

    /// <summary>Reads the body as JSON, from its beginning to its end.</summary>
    /// <exception cref="MembraneResponseException">It is not valid.</exception>
    public static T Read<T>(ApiRequest request, ApiResponse response, ReadBody<T> read)
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
            throw Unreadable(request, response, exception);
        }
    }

    /// <summary>Returns the error of an answer that cannot be read.</summary>
    public static MembraneResponseException Unreadable(ApiRequest request, ApiResponse response, Exception exception) =>
        Unreadable(
            request,
            ErrorAnswer.LooksLikeHtml(response) ? ErrorAnswer.Html(request, response) : ErrorAnswer.Malformed(request, response, exception)
        );

    private static MembraneResponseException Unreadable(ApiRequest request, MembraneResponseException exception)
    {
        exception.Outcome = RequestOutcomes.OfSent(request, mayHaveRun: true);
        return exception;
    }

    private static ObserverGuard? Guard(IRequestObserver? observer) => observer is null ? null : new ObserverGuard(observer);
}
