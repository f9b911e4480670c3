using System;
using System.Diagnostics;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Transport;

namespace Membrane.Client.Diagnosis;

/// <summary>One request without a token, which tells whether the service can be reached, by which way, and what time it has there.</summary>
internal sealed class ServiceProbe
{
    private ServiceProbe(Uri? proxy) => Proxy = proxy;

    /// <summary>The proxy on the way, without a user name; null where there is none.</summary>
    public Uri? Proxy { get; }

    /// <summary>Why no answer came; null where one did.</summary>
    public MembraneNetworkException? Failure { get; private set; }

    /// <summary>Whether the proxy is to blame, and not what is behind it.</summary>
    public bool IsProxyFailure { get; private set; }

    /// <summary>How long the answer took.</summary>
    public TimeSpan Duration { get; private set; }

    /// <summary>How far the clock of this machine is ahead of that of the service; null where the service did not tell its time.</summary>
    public TimeSpan? ClockDifference { get; private set; }

    /// <summary>Asks, without any retry.</summary>
    /// <param name="address">The address of the API.</param>
    /// <param name="proxy">The proxy of the context; null for that of the system.</param>
    /// <param name="timeout">How long an answer may take.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public static async Task<ServiceProbe> AskAsync(Uri address, IWebProxy? proxy, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var options = new MembraneClientOptions { ApiUri = address, Proxy = proxy };
        var probe = new ServiceProbe(ProxyRoute.Find(options, address));
        var request = ApiRequest.To(HttpMethod.Get, string.Empty);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        using var client = HttpStack.Create(address, options);
        var watch = Stopwatch.StartNew();
        try
        {
            var begun = DateTimeOffset.UtcNow;
            using var message = new HttpRequestMessage(HttpMethod.Get, "/");
            using var answer = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            probe.Duration = watch.Elapsed;
            if (
                answer.StatusCode == HttpStatusCode.ProxyAuthenticationRequired
                && ProxyFailure.Answering(probe.Proxy, address) is { } asking
            )
            {
                probe.IsProxyFailure = true;
                probe.Failure = ProxyFailure.DescribeCredentials(asking, address, null);
            }
            else if (answer.Headers.Date is { } date)
            {
                // The service wrote its time somewhere within the request, in whole seconds.
                probe.ClockDifference = begun + TimeSpan.FromTicks(probe.Duration.Ticks / 2) - date - TimeSpan.FromSeconds(0.5);
            }
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            probe.Failure = NetworkFailure.DescribeTimeout(request, timeout, exception, probe.Proxy);
        }
        catch (Exception exception) when (NetworkFailure.Is(exception))
        {
            var end = NetworkFailure.End(exception);
            probe.Failure = NetworkFailure.Describe(request, address, exception, end, probe.Proxy);
            probe.IsProxyFailure = probe.Proxy is not null && probe.Failure.ErrorId == ErrorIds.CannotConnect;
        }

        return probe;
    }
}
