using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Transport;

namespace Membrane.Client.Bulk;

/// <summary>
/// Limits the rate of one batch. When the service answers with 429 or the like, the whole batch waits, longer each time in a row,
/// and fewer requests are sent at once afterwards; with every answer the number grows again.
/// </summary>
internal sealed class RateLimiter : IRateLimiter
{
    private readonly object sync = new();
    private readonly Queue<TaskCompletionSource<bool>> waiting = new();
    private readonly int maxLimit;
    private readonly Func<TimeSpan?> maxWait;
    private readonly Func<TimeSpan> clock;
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
            isIn = await WaitAsync(maxWait, cancellationToken).ConfigureAwait(false);
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
                limit = Math.Min(maxLimit, limit + (1 / limit));
            }

            WakeNext();
            return pause;
        }
    }

    private async Task<bool> WaitAsync(TimeSpan maxWait, CancellationToken cancellationToken)
    {
        while (true)
        {
            TimeSpan pause;
            TaskCompletionSource<bool>? turn = null;
            lock (sync)
            {
                pause = closedUntil - clock();
                if (pause <= TimeSpan.Zero)
                {
                    if (inside < (int)limit)
                    {
                        inside++;
                        return true;
                    }

                    turn = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
                    waiting.Enqueue(turn);
                }
            }

            if (turn is null)
            {
                if (pause > maxWait)
                {
                    return false;
                }

                await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
                continue;
            }

            using (cancellationToken.Register(static state => ((TaskCompletionSource<bool>)state!).TrySetCanceled(), turn))
            {
                await turn.Task.ConfigureAwait(false);
            }
        }
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
            // One halving and one longer pause for a whole wave: those that were under way at the same time are told the same.
            timesLimited++;
            limit = Math.Max(1, limit / 2);
        }

        var until = now + policy.LimiterPause(attempt, timesLimited, Jitter.Next());
        closedUntil = until > closedUntil ? until : closedUntil;
        return closedUntil - now;
    }
}
