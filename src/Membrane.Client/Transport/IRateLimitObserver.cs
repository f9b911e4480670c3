using System;

namespace Membrane.Client.Transport;

/// <summary>An observer that also wants to know why a request waits.</summary>
internal interface IRateLimitObserver : IRequestObserver
{
    /// <summary>Notes that the service limits the rate, so that a request waits before it is sent again.</summary>
    /// <param name="operation">The method, path and query.</param>
    /// <param name="delay">How long it waits now.</param>
    void RateLimited(string operation, TimeSpan delay);
}
