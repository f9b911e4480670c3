namespace Membrane.Client.Transport;

/// <summary>The ways to go on after a try that failed.</summary>
internal enum RetryStep
{
    /// <summary>The request has failed.</summary>
    GiveUp,

    /// <summary>The request is sent again at once, with a new token.</summary>
    RenewToken,

    /// <summary>The request waits in the rate limiter with all others of its batch. This is not a try of its own.</summary>
    WaitInLimiter,

    /// <summary>The request is sent again after a delay.</summary>
    WaitAndRetry,
}
