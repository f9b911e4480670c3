using System;
using System.Threading;
using System.Threading.Tasks;

namespace Membrane.Client.Transport;

/// <summary>Lets requests that belong together through as fast as the service takes them.</summary>
internal interface IRequestGate
{
    /// <summary>Waits until a request may be sent.</summary>
    Task EnterAsync(CancellationToken cancellationToken);

    /// <summary>A request that was let through has been answered, or has failed.</summary>
    /// <param name="isTurnedAway">Whether the service turned it away because of too many requests.</param>
    /// <param name="retryAfter">How long the service, or else our own policy, asks to wait.</param>
    void Leave(bool isTurnedAway, TimeSpan retryAfter);
}
