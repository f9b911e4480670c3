using System;
using System.Threading;
using System.Threading.Tasks;

namespace Membrane.Client.Transport;

/// <summary>Lets requests that belong together through as fast as the service takes them.</summary>
internal interface IRateLimiter
{
    /// <summary>
    /// How long one request waits at most while the service limits the rate; null for one that is tried a few times, like those without
    /// a limiter.
    /// </summary>
    TimeSpan? MaxWait { get; }

    /// <summary>Waits until a request may be sent. False where that is known to take longer than the caller waits.</summary>
    /// <param name="maxWait">How long the caller still waits.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<bool> EnterAsync(TimeSpan maxWait, CancellationToken cancellationToken);

    /// <summary>Notes that a request that was let through has been answered, or has failed.</summary>
    /// <param name="attempt">How it ended.</param>
    /// <param name="policy">Says how long to pause where the service limits the rate.</param>
    /// <returns>How long all requests pause, where it was rate limited; else zero.</returns>
    TimeSpan Leave(Attempt attempt, RetryPolicy policy);
}
