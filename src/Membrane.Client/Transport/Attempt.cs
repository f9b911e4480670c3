using System;

namespace Membrane.Client.Transport;

/// <summary>How one try ended that did not succeed: all that the retry policy looks at.</summary>
internal readonly struct Attempt(AttemptEnd end, int statusCode = 0, TimeSpan? retryAfter = null, bool reachedApp = false)
{
    public AttemptEnd End { get; } = end;

    public int StatusCode { get; } = statusCode;

    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>Whether the answer speaks of the external app or of a run: then the service did not turn the request away unread.</summary>
    public bool ReachedApp { get; } = reachedApp;
}
