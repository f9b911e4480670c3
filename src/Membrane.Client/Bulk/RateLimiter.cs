using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Transport;

namespace Membrane.Client.Bulk;

/// <summary>
/// The gate of one batch. When the service turns a request away, all of the batch waits and fewer go through at once
/// afterwards; with every answer the number grows again.
/// </summary>
internal sealed class RateLimiter : IRateLimiter
{
    private readonly object gate = new();
    private readonly Queue<TaskCompletionSource<bool>> waiting = new();
    private readonly int maxLimit;
    private readonly Func<TimeSpan> clock;
    private double limit;
    private int inside;
    private TimeSpan closedUntil = TimeSpan.Zero;

    /// <summary>An open gate.</summary>
    /// <param name="maxLimit">How many requests go through at once at the most.</param>
    /// <param name="clock">The time since some beginning.</param>
    public RateLimiter(int maxLimit, Func<TimeSpan>? clock = null)
    {
        this.maxLimit = maxLimit;
        limit = maxLimit;
        var watch = Stopwatch.StartNew();
        this.clock = clock ?? (() => watch.Elapsed);
    }

    /// <summary>How many requests go through at once now.</summary>
    public int Limit
    {
        get
        {
            lock (gate)
            {
                return (int)limit;
            }
        }
    }

    public async Task<bool> EnterAsync(TimeSpan maxWait, CancellationToken cancellationToken)
    {
        while (true)
        {
            TimeSpan pause;
            TaskCompletionSource<bool>? turn = null;
            lock (gate)
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

    public void Leave(bool isRateLimited, TimeSpan retryAfter)
    {
        lock (gate)
        {
            inside--;
            if (isRateLimited)
            {
                var now = clock();
                if (now >= closedUntil)
                {
                    // One halving for a whole wave: those that were under way at the same time are told the same.
                    limit = Math.Max(1, limit / 2);
                }

                var until = now + retryAfter;
                closedUntil = until > closedUntil ? until : closedUntil;
            }
            else
            {
                limit = Math.Min(maxLimit, limit + (1 / limit));
            }

            // Those that waited look again for themselves: the gate may be closed by now.
            for (var free = (int)limit - inside; free > 0 && waiting.Count > 0; )
            {
                if (waiting.Dequeue().TrySetResult(true))
                {
                    free--;
                }
            }
        }
    }
}
