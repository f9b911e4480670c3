using System;
using Membrane.Client.Transport;

namespace Membrane.Client;

/// <summary>Decides whether and when a request is tried again. It keeps no state and reads no clock.</summary>
public sealed class RetryPolicy
{
    private int maxAttempts = 4;

    /// <summary>The most tries of a request, 1 to 10. Default 4.</summary>
    /// <exception cref="MembraneInputException">The value is out of range.</exception>
    public int MaxAttempts
    {
        get => maxAttempts;
        set =>
            maxAttempts = value is >= 1 and <= 10
                ? value
                : throw new MembraneInputException(
                    ErrorIds.InvalidInput,
                    nameof(MaxAttempts),
                    $"A request cannot be tried {value} times.",
                    "Try it 1 to 10 times."
                );
    }

    /// <summary>The delay before the second try; doubled for each further one. Default 0.5 s.</summary>
    public TimeSpan BaseDelay { get; set; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The longest delay of our own. Default 8 s.</summary>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>The longest delay that the service may ask for; a longer one ends in the error. Default 60 s.</summary>
    public TimeSpan MaxRetryAfter { get; set; } = TimeSpan.FromSeconds(60);

    internal RetryPolicy Copy() => (RetryPolicy)MemberwiseClone();

    /// <summary>Gets how long to wait before the next try; null where the request must not be sent again.</summary>
    /// <param name="attempt">How the last try ended.</param>
    /// <param name="number">Its number, from 1.</param>
    /// <param name="isRepeatable">Whether a second try has the same effect as one.</param>
    /// <param name="random">A random number from 0 to 1, for the jitter.</param>
    internal TimeSpan? NextDelay(Attempt attempt, int number, bool isRepeatable, double random)
    {
        if (number >= MaxAttempts || !MayTryAgain(attempt, isRepeatable) || attempt.RetryAfter > MaxRetryAfter)
        {
            return null;
        }

        var jittered = Backoff(number, random);
        return attempt.RetryAfter is { } asked && asked > jittered ? Later(asked, random) : jittered;
    }

    /// <summary>What the service asks for, and a little more: not all requests that it limited may come back at the same moment.</summary>
    internal static TimeSpan Later(TimeSpan asked, double random) =>
        asked + TimeSpan.FromSeconds(Math.Min(1, asked.TotalSeconds / 10) * random);

    /// <summary>Gets how long a batch pauses after it was rate limited.</summary>
    /// <param name="attempt">How the try ended.</param>
    /// <param name="number">How many times in a row the batch was rate limited, from 1.</param>
    /// <param name="random">A random number from 0 to 1, for the jitter.</param>
    /// <remarks>The API documents no Retry-After; what does not say when to come back is asked less and less often.</remarks>
    internal TimeSpan LimiterPause(Attempt attempt, int number, double random) =>
        attempt.RetryAfter is { } asked && asked > TimeSpan.Zero ? Later(asked, random) : Backoff(number, random);

    /// <summary>Whether the request was rate limited: provably not run, and by no fault of its own.</summary>
    internal static bool IsRateLimited(Attempt attempt) => attempt.End == AttemptEnd.Status && DidNotRun(attempt);

    /// <summary>Whether the service provably did not run what was asked for.</summary>
    internal static bool DidNotRun(Attempt attempt) =>
        attempt.End switch
        {
            AttemptEnd.NotSent or AttemptEnd.NotTrusted => true,
            AttemptEnd.Status => !attempt.ReachedApp
                && (attempt.StatusCode == 429 || (attempt.StatusCode == 503 && attempt.RetryAfter is not null)),
            _ => false,
        };

    /// <summary>Whether the service may have run what was asked for without saying how it ended.</summary>
    internal static bool MayHaveRun(Attempt attempt) =>
        attempt.End switch
        {
            AttemptEnd.NotSent or AttemptEnd.NotTrusted => false,
            // These come from something between here and the service, which does not know what the service did.
            AttemptEnd.Status => (attempt.StatusCode == 408 || attempt.StatusCode >= 502) && !attempt.ReachedApp && !DidNotRun(attempt),
            _ => true,
        };

    private TimeSpan Backoff(int number, double random)
    {
        var delay = Math.Min(MaxDelay.TotalSeconds, BaseDelay.TotalSeconds * Math.Pow(2, number - 1));
        return TimeSpan.FromSeconds(delay * (0.75 + (0.25 * random)));
    }

    private static bool MayTryAgain(Attempt attempt, bool isRepeatable)
    {
        if (attempt.End is AttemptEnd.NotTrusted or AttemptEnd.TimedOut)
        {
            // Neither gets better by itself, and the caller has said how long a request may take.
            return false;
        }

        return DidNotRun(attempt)
            || (isRepeatable && (attempt.End == AttemptEnd.Lost || attempt.StatusCode is 408 or 429 or 502 or 503 or 504));
    }
}
