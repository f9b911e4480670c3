using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Membrane.Client.Bulk;

/// <summary>
/// Works on several items at a time. What it holds is bounded by the throttle, not by the number of items: the caller
/// takes results before it starts more.
/// </summary>
/// <typeparam name="T">The type of the results.</typeparam>
/// <remarks>An empty batch.</remarks>
/// <param name="throttleLimit">How many items are worked on at a time at most, from 1.</param>
/// <param name="isOrdered">Whether results are given in the order of the items; else in that of completion.</param>
/// <param name="cancellationToken">Ends the work in progress.</param>
internal sealed class BulkRunner<T>(int throttleLimit, bool isOrdered, CancellationToken cancellationToken) : IDisposable
{
    // How far a finished item may be ahead of the oldest unfinished one when the order is kept.
    private const int OrderWindow = 4;

    private readonly object sync = new();

    // By the place in which they are taken: the item's own, or the place in the order of completion.
    private readonly Dictionary<long, BulkResult<T>> finished = new();
    private readonly CancellationTokenSource leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    private readonly List<Task> running = [];
    private readonly HashSet<string> busyKeys = new(StringComparer.Ordinal);
    private TaskCompletionSource<bool>? change;
    private long started;
    private long completed;
    private long taken;
    private int active;

    /// <summary>Returns whether another item can be started now.</summary>
    /// <param name="key">What its work changes: not as long as another one with the same is under way.</param>
    public bool HasRoomFor(string? key)
    {
        lock (sync)
        {
            return active < throttleLimit
                && started - taken < (long)throttleLimit * (isOrdered ? OrderWindow : 2)
                && (key is null || !busyKeys.Contains(key));
        }
    }

    /// <summary>Whether some item has not been taken yet.</summary>
    public bool HasMore
    {
        get
        {
            lock (sync)
            {
                return taken < started;
            }
        }
    }

    /// <summary>Starts an item. There must be room.</summary>
    /// <param name="index">The position of the item among all of the caller's.</param>
    /// <param name="target">The item.</param>
    /// <param name="work">What is to be done with it.</param>
    /// <param name="key">What the work changes, where others may change the same.</param>
    public void Start(long index, object? target, Func<CancellationToken, Task<T>> work, string? key = null)
    {
        long place;
        bool isAlone;
        lock (sync)
        {
            if (key is not null)
            {
                busyKeys.Add(key);
            }

            place = started++;
            isAlone = active++ == 0;
        }

        // One that is alone gains nothing from another thread, and would wait for it.
        var task = isAlone ? RunAsync(place, index, target, work, key) : Task.Run(() => RunAsync(place, index, target, work, key));
        lock (sync)
        {
            running.RemoveAll(static one => one.IsCompleted);
            running.Add(task);
        }
    }

    /// <summary>Takes the next result, if there is one.</summary>
    public bool TryTake(out BulkResult<T> result)
    {
        lock (sync)
        {
            if (!finished.TryGetValue(taken, out var next))
            {
                result = null!;
                return false;
            }

            result = next;
            finished.Remove(taken);
            taken++;
            return true;
        }
    }

    /// <summary>Takes any result, in no order: for the summary after the end.</summary>
    public bool TryTakeAny(out BulkResult<T> result)
    {
        lock (sync)
        {
            foreach (var entry in finished)
            {
                result = entry.Value;
                finished.Remove(entry.Key);
                return true;
            }

            result = null!;
            return false;
        }
    }

    /// <summary>Completes when a result can be taken, or there is room again.</summary>
    public Task WaitAsync()
    {
        lock (sync)
        {
            if (finished.ContainsKey(taken))
            {
                return Task.CompletedTask;
            }

            // What follows on it only wakes the caller, so it need not wait for a thread.
            change ??= new TaskCompletionSource<bool>();
            return change.Task;
        }
    }

    /// <summary>Cancels the work in progress and waits until it has ended.</summary>
    public void Dispose()
    {
        leaving.Cancel();
        Task[] open;
        lock (sync)
        {
            open = running.ToArray();
        }

        // They end by the cancellation, and keep their errors to themselves.
        Task.WaitAll(open);
        leaving.Dispose();
    }

    private async Task RunAsync(long place, long index, object? target, Func<CancellationToken, Task<T>> work, string? key)
    {
        BulkResult<T> result;
        try
        {
            result = new BulkResult<T>(index, target, await work(leaving.Token).ConfigureAwait(false), null);
        }
#pragma warning disable CA1031 // Whatever went wrong is the result of this item.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            result = new BulkResult<T>(index, target, default, exception);
        }

        TaskCompletionSource<bool>? told;
        lock (sync)
        {
            finished.Add(isOrdered ? place : completed, result);
            completed++;
            active--;
            if (key is not null)
            {
                busyKeys.Remove(key);
            }

            told = change;
            change = null;
        }

        told?.TrySetResult(true);
    }
}
