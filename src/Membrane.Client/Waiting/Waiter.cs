using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Callers;

namespace Membrane.Client.Waiting;

/// <summary>Waits for something to change, however long, in polls that the service allows.</summary>
internal static class Waiter
{
    private const int LongestPollSeconds = 60;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(3);

    // Timers may end a little early. The last pause must not, or what little is left is spent polling without pause.
    private static readonly TimeSpan TimerStep = TimeSpan.FromMilliseconds(20);

    // How much later than the end of the wait its last answer may come. A service that never answers must not stretch the wait.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    // Timers take no more than some weeks.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(20);

    /// <summary>Waits with requests that the service holds back until something happens.</summary>
    /// <param name="poll">Asks once, for at most the given seconds.</param>
    /// <param name="isDone">Whether what is waited for has happened.</param>
    /// <param name="options">How long to wait, and who is told of each poll.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="MembraneTimeoutException">Time is up.</exception>
    public static Task<T> ForAnswerAsync<T>(
        Func<int, CancellationToken, Task<T>> poll,
        Func<T, bool> isDone,
        WaitOptions<T> options,
        CancellationToken cancellationToken
    ) => RunAsync(poll, isDone, isHeld: true, options, cancellationToken);

    /// <summary>Waits with requests that are answered at once, and pauses in between.</summary>
    /// <inheritdoc cref="ForAnswerAsync" path="/param"/>
    /// <exception cref="MembraneTimeoutException">Time is up.</exception>
    public static Task<T> ForStateAsync<T>(
        Func<CancellationToken, Task<T>> poll,
        Func<T, bool> isDone,
        WaitOptions<T> options,
        CancellationToken cancellationToken
    ) => RunAsync((_, token) => poll(token), isDone, isHeld: false, options, cancellationToken);

    private static async Task<T> RunAsync<T>(
        Func<int, CancellationToken, Task<T>> poll,
        Func<T, bool> isDone,
        bool isHeld,
        WaitOptions<T> options,
        CancellationToken cancellationToken
    )
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (options.Timeout < LongestTimer)
        {
            bound.CancelAfter(options.Timeout + Grace);
        }

        T? lastSeen = default;
        try
        {
            var watch = Stopwatch.StartNew();
            var pause = FirstPause;
            while (true)
            {
                var asked = watch.Elapsed;
                var seconds = (int)Math.Min(LongestPollSeconds, Math.Max(1, Math.Ceiling((options.Timeout - asked).TotalSeconds)));
                var state = await poll(seconds, bound.Token).ConfigureAwait(false);
                lastSeen = state;
                Report(state, options.Progress);
                if (isDone(state))
                {
                    return state;
                }

                var left = options.Timeout - watch.Elapsed;
                if (left <= TimeSpan.Zero)
                {
                    throw TimeIsUp(options, lastSeen);
                }

                // Also after a poll that was meant to be held back: a server that answers at once must not be flooded.
                if (!isHeld || watch.Elapsed - asked < FirstPause)
                {
                    await Task.Delay(pause < left ? pause : left + TimerStep, bound.Token).ConfigureAwait(false);
                    pause = TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, pause.Ticks * 3 / 2));
                }
            }
        }
        catch (OperationCanceledException) when (bound.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw TimeIsUp(options, lastSeen);
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            throw CallerCancellation.Of(exception, cancellationToken);
        }
    }

    private static void Report<T>(T state, IProgress<T>? progress)
    {
        try
        {
            progress?.Report(state);
        }
        catch (Exception exception)
        {
            CallerCallback.ReportFailure(nameof(WaitOptions<T>) + "." + nameof(WaitOptions<T>.Progress), exception);
        }
    }

    private static MembraneTimeoutException TimeIsUp<T>(WaitOptions<T> options, T? lastSeen) =>
        new(
            ErrorIds.WaitTimeout,
            $"{options.What} did not end within {options.Timeout.TotalSeconds:0.#} seconds.",
            "It goes on at the service: wait again, or wait longer.",
            lastSeen
        );
}
