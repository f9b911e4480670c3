using System;
using Membrane.Client.Callers;

namespace Membrane.Client.Transport;

/// <summary>Tells an observer what goes over the wire. A request neither waits for it to succeed nor fails with it.</summary>
internal sealed class ObserverGuard(IRequestObserver observer) : IRateLimitObserver
{
    public void Answered(string operation, int statusCode, TimeSpan duration)
    {
        try
        {
            observer.Answered(operation, statusCode, duration);
        }
        catch (Exception exception)
        {
            CallerCallback.ReportFailure(nameof(IRequestObserver) + "." + nameof(Answered), exception);
        }
    }

    public void Retrying(string operation, string reason, TimeSpan delay)
    {
        try
        {
            observer.Retrying(operation, reason, delay);
        }
        catch (Exception exception)
        {
            CallerCallback.ReportFailure(nameof(IRequestObserver) + "." + nameof(Retrying), exception);
        }
    }

    public void RateLimited(string operation, TimeSpan delay)
    {
        try
        {
            (observer as IRateLimitObserver)?.RateLimited(operation, delay);
        }
        catch (Exception exception)
        {
            CallerCallback.ReportFailure(nameof(IRateLimitObserver) + "." + nameof(RateLimited), exception);
        }
    }
}
