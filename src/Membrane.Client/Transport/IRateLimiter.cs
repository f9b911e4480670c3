using System;
using System.Threading;
using System.Threading.Tasks;

namespace Membrane.Client.Transport;

/// <summary>Lets requests that belong together through as fast as the service takes them.</summary>
internal interface IRateLimiter
{
    /// <summary>Waits until a request may be sent. False where that is known to take longer than the caller waits.</summary>
    /// <param name="patience">How long the caller waits for a service that turns requests away.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<bool> EnterAsync(TimeSpan patience, CancellationToken cancellationToken);

    /// <summary>A request that was let through has been answered, or has failed.</summary>
    /// <param name="isTurnedAway">Whether the service turned it away because of too many requests.</param>
    /// <param name="retryAfter">How long the service, or else our own policy, asks to wait.</param>
    void Leave(bool isTurnedAway, TimeSpan retryAfter);
}
