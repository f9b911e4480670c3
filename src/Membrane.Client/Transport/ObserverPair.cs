using System;

namespace Membrane.Client.Transport;

/// <summary>Tells two observers the same.</summary>
internal sealed class ObserverPair(IRequestObserver first, IRequestObserver second) : IRequestObserver
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
}
