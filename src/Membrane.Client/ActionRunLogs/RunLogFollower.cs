using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace Membrane.Client.ActionRunLogs;

/// <summary>
/// Reads the records of runs as they come, the oldest first: each once. What is shown later than what began after it, as a run that took
/// long, is looked for a while.
/// </summary>
/// <param name="logs">Where the records are read.</param>
/// <param name="filter">Which are wanted. With a beginning, those since then come first; without one, only what comes from now on.</param>
internal sealed class RunLogFollower(ActionRunLogsClient logs, ActionRunLogFilter filter)
{
    /// <summary>How long after an answer the next one is asked for.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, DateTimeOffset> seen = new(StringComparer.Ordinal);
    private DateTimeOffset? newest;
    private TimeSpan pause = Interval;

    /// <summary>Told of the first failure in a row after which it goes on; on any thread.</summary>
    public System.Action<MembraneException>? OnFailure { get; init; }

    /// <summary>How it waits.</summary>
    public Func<TimeSpan, CancellationToken, Task> WaitAsync { get; init; } = Task.Delay;

    /// <summary>Reads them until the token is canceled.</summary>
    /// <exception cref="MembraneException">The service refuses to show them, or the sign-in is at its end.</exception>
    public async IAsyncEnumerable<ActionRunLog> FollowAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var isNew = filter.From is not null;
        while (true)
        {
            if (await TryReadAsync(cancellationToken).ConfigureAwait(false) is { } found)
            {
                foreach (var log in TakeNew(found))
                {
                    if (isNew)
                    {
                        yield return log;
                    }
                }

                isNew = true;
            }

            await WaitAsync(pause, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<List<ActionRunLog>?> TryReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (newest is null && filter.From is null)
            {
                // Where the list begins tells the time of the service, without reading all of it.
                var last = await ReadAsync(null, 1, cancellationToken).ConfigureAwait(false);
                newest = last.Max(static log => log.CreatedAt);
                if (newest is null)
                {
                    pause = Interval;
                    return last;
                }
            }

            var found = await ReadAsync(From(), null, cancellationToken).ConfigureAwait(false);
            pause = Interval;
            return found;
        }
        catch (MembraneException exception) when (IsPassing(exception))
        {
            if (pause == Interval)
            {
                OnFailure?.Invoke(exception);
            }

            pause = pause + pause < LongestPause ? pause + pause : LongestPause;
            return null;
        }
    }

    private DateTimeOffset? From()
    {
        var from = newest - Overlap;
        return from is null || from < filter.From ? filter.From : from;
    }

    private async Task<List<ActionRunLog>> ReadAsync(DateTimeOffset? from, int? first, CancellationToken cancellationToken)
    {
        var read = new List<ActionRunLog>();
        var list = logs.List(
            new ActionRunLogFilter
            {
                ActionId = filter.ActionId,
                ConnectionId = filter.ConnectionId,
                IntegrationId = filter.IntegrationId,
                ExternalAppId = filter.ExternalAppId,
                TenantId = filter.TenantId,
                Status = filter.Status,
                From = from,
            },
            first is null ? new ListingOptions() : new ListingOptions { First = first, PageSize = first.Value }
        );
        await foreach (var log in list.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            read.Add(log);
        }

        return read;
    }

    private ActionRunLog[] TakeNew(List<ActionRunLog> found)
    {
        // The service lists the newest first; those of one time stay in that order, turned round.
        found.Reverse();
        var fresh = found.Where(IsNew).OrderBy(static log => log.CreatedAt ?? DateTimeOffset.MaxValue).ToArray();
        foreach (var old in seen.Where(one => one.Value < newest - Overlap).Select(static one => one.Key).ToArray())
        {
            seen.Remove(old);
        }

        return fresh;
    }

    private bool IsNew(ActionRunLog log)
    {
        if (log.Id is null || seen.ContainsKey(log.Id))
        {
            return false;
        }

        newest = log.CreatedAt > newest || newest is null ? log.CreatedAt ?? newest : newest;
        seen.Add(log.Id, log.CreatedAt ?? newest ?? DateTimeOffset.MaxValue);
        return true;
    }

    // A sign-in that has ended stays so, and what is refused once is refused again.
    private static bool IsPassing(MembraneException exception) =>
        exception is MembraneNetworkException or MembraneTimeoutException or MembraneResponseException
        || exception is MembraneApiException { StatusCode: var status } && ((int)status >= 500 || (int)status is 408 or 429);
}
