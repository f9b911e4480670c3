using System;

namespace Membrane.Client.Transport;

/// <summary>What follows on a try that failed.</summary>
internal readonly struct RetryDecision(RetryStep step, TimeSpan delay = default)
{
    public RetryStep Step { get; } = step;

    public TimeSpan Delay { get; } = delay;
}
