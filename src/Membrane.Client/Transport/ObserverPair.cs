using System;

namespace Membrane.Client.Transport;

/// <summary>Tells two observers the same.</summary>
internal sealed class ObserverPair(IRequestObserver first, IRequestObserver second) : IRateLimitObserver
{
    public void Answered(string operation, int statusCode, TimeSpan duration)
    {
        first.Answered(operation, statusCode, duration);
        second.Answered(operation, statusCode, duration);
    }

    public void Retrying(string operation, string reason, TimeSpan delay)
    {
        first.Retrying(operation, reason, delay);
        second.Retrying(operation, reason, delay);
    }

    public void RateLimited(string operation, TimeSpan delay)
    {
        (first as IRateLimitObserver)?.RateLimited(operation, delay);
        (second as IRateLimitObserver)?.RateLimited(operation, delay);
    }
}
