using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Transport;

namespace Membrane.Client.Bulk;

/// <summary>
/// Limits the rate of one batch. When the service answers with 429 or the like, the whole batch pauses, longer each time in a row. Where it
/// had answered before, the batch then keeps to the pace that the service takes; else fewer requests are sent at once, and with every answer
/// more again.
/// </summary>
internal sealed class RateLimiter : IRateLimiter
{
    // Timers are no finer.
    private static readonly TimeSpan ShortestDelay = TimeSpan.FromMilliseconds(1);

    private readonly object sync = new();
    private readonly Queue<TaskCompletionSource<bool>> waiting = new();
    private readonly int maxLimit;
    private readonly Func<TimeSpan?> maxWait;
    private readonly Func<TimeSpan> clock;
    private readonly RequestPace pace = new();
    private double limit;
    private int inside;
    private int timesLimited;
    private TimeSpan closedUntil = TimeSpan.Zero;

    /// <summary>Makes a limiter that lets requests through at once.</summary>
    /// <param name="maxLimit">How many requests are sent at a time at most.</param>
    /// <param name="maxWait">Says how long one request waits at most, as <see cref="IRateLimiter.MaxWait"/>; asked when it matters.</param>
    /// <param name="clock">The time since some beginning.</param>
    public RateLimiter(int maxLimit, Func<TimeSpan?> maxWait, Func<TimeSpan>? clock = null)
    {
        this.maxLimit = maxLimit;
        this.maxWait = maxWait;
        limit = maxLimit;
        var watch = Stopwatch.StartNew();
        this.clock = clock ?? (() => watch.Elapsed);
    }

    public TimeSpan? MaxWait => maxWait();

    /// <summary>How many requests are sent at a time now.</summary>
    public int Limit
    {
        get
        {
            lock (sync)
            {
                return (int)limit;
            }
        }
    }

    public async Task<bool> EnterAsync(TimeSpan maxWait, CancellationToken cancellationToken)
    {
        var isIn = false;
        try
        {
            isIn = await WaitAsync(clock() + maxWait, cancellationToken).ConfigureAwait(false);
            return isIn;
        }
        finally
        {
            if (!isIn)
            {
                // Its turn, if it had one, is that of the next: no one who left would wake it.
                lock (sync)
                {
                    WakeNext();
                }
            }
        }
    }

    public TimeSpan Leave(Attempt attempt, RetryPolicy policy)
    {
        lock (sync)
        {
            inside--;
            var pause = TimeSpan.Zero;
            if (RetryPolicy.IsRateLimited(attempt))
            {
                pause = Slow(attempt, policy);
            }
            else
            {
                timesLimited = 0;
                pace.Answered(clock());
                limit = Math.Min(maxLimit, limit + (1 / limit));
            }

            WakeNext();
            return pause;
        }
    }

    // False where it would be later than the deadline.
    private async Task<bool> WaitAsync(TimeSpan deadline, CancellationToken cancellationToken)
    {
        while (true)
        {
            TimeSpan pause;
            TimeSpan left;
            var isInside = false;
            TaskCompletionSource<bool>? turn = null;
            lock (sync)
            {
                var now = clock();
                left = deadline - now;
                pause = closedUntil - now;
                if (pause <= TimeSpan.Zero)
                {
                    if (inside < (int)limit)
                    {
                        if (pace.TakeTurn(now, left, Jitter.Next()) is not { } untilTurn)
                        {
                            return false;
                        }

                        pause = untilTurn;
                        inside++;
                        if (pause < ShortestDelay)
                        {
                            return true;
                        }

                        isInside = true;
                    }
                    else
                    {
                        turn = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
                        waiting.Enqueue(turn);
                    }
                }
            }

            if (isInside)
            {
                if (await WaitForTurnAsync(pause, cancellationToken).ConfigureAwait(false))
                {
                    return true;
                }

                continue;
            }

            if (turn is not null)
            {
                if (!await WaitForWakingAsync(turn, left, cancellationToken).ConfigureAwait(false))
                {
                    return false;
                }

                continue;
            }

            if (pause > left)
            {
                return false;
            }

            await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
        }
    }

    // False where the time is up before it is woken.
    private static async Task<bool> WaitForWakingAsync(TaskCompletionSource<bool> turn, TimeSpan left, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        using (end.Token.Register(static state => ((TaskCompletionSource<bool>)state!).TrySetResult(false), turn))
        {
            var isWoken = await turn.Task.ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return isWoken;
        }
    }

    // False where the limiter was paused meanwhile: then it is no longer inside.
    private async Task<bool> WaitForTurnAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        var isTurn = false;
        try
        {
            await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
            isTurn = true;
        }
        finally
        {
            lock (sync)
            {
                if (!isTurn || closedUntil > clock())
                {
                    isTurn = false;
                    inside--;
                }
            }
        }

        return isTurn;
    }

    // They check again for themselves: the limiter may be paused by now.
    private void WakeNext()
    {
        for (var free = (int)limit - inside; free > 0 && waiting.Count > 0; )
        {
            if (waiting.Dequeue().TrySetResult(true))
            {
                free--;
            }
        }
    }

    private TimeSpan Slow(Attempt attempt, RetryPolicy policy)
    {
        var now = clock();
        if (now >= closedUntil)
        {
            // One step down and one longer pause for a whole wave: those that were under way at the same time are told the same.
            timesLimited++;
            pace.Lower(now);
            if (!pace.IsKnown)
            {
                limit = Math.Max(1, limit / 2);
            }
        }

        var until = now + PauseOf(attempt, policy);
        closedUntil = until > closedUntil ? until : closedUntil;
        return closedUntil - now;
    }

    private TimeSpan PauseOf(Attempt attempt, RetryPolicy policy)
    {
        if (!pace.IsKnown || attempt.RetryAfter > TimeSpan.Zero)
        {
            return policy.LimiterPause(attempt, timesLimited, Jitter.Next());
        }

        // The first time in a row is no more than a limit met at that pace.
        return timesLimited <= 1 ? pace.Pause : policy.LimiterPause(attempt, timesLimited - 1, Jitter.Next());
    }
}
