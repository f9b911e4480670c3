using System;
using System.Threading;
using System.Threading.Tasks;

namespace Membrane.Client.Transport;

/// <summary>Lets requests that belong together through as fast as the service takes them.</summary>
internal interface IRateLimiter
{
    /// <summary>Waits until a request may be sent. False where that is known to take longer than the caller waits.</summary>
    /// <param name="maxWait">How long the caller waits while the service limits the rate.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<bool> EnterAsync(TimeSpan maxWait, CancellationToken cancellationToken);

    /// <summary>A request that was let through has been answered, or has failed.</summary>
    /// <param name="isRateLimited">Whether it was rate limited.</param>
    /// <param name="retryAfter">How long the service, or else our own policy, asks to wait.</param>
    void Leave(bool isRateLimited, TimeSpan retryAfter);
}
