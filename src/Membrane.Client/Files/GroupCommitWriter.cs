using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace Membrane.Client.Files;

/// <summary>
/// Writes the entries of many callers in batches, one batch at a time: what comes while one is written shares the next,
/// and so one flush of the disk.
/// </summary>
/// <typeparam name="T">What is written.</typeparam>
/// <param name="write">Writes a batch and flushes it. Its exception is that of everybody who waits for the batch.</param>
internal sealed class GroupCommitWriter<T>(Action<IReadOnlyList<T>> write)
{
    private readonly object sync = new();
    private Batch pending = new();
    private Batch? inFlight;
    private bool isClosed;

    /// <summary>Adds an entry. The task ends when it is on the disk, and fails when its batch could not be written.</summary>
    /// <exception cref="ObjectDisposedException">The writer is closed.</exception>
    public Task AddAsync(T entry)
    {
        lock (sync)
        {
            if (isClosed)
            {
                throw new ObjectDisposedException(nameof(GroupCommitWriter<>));
            }

            var batch = pending;
            batch.Entries.Add(entry);
            if (inFlight is null)
            {
                TakePending();
                _ = Task.Run(WriteBatches);
            }

            return batch.Written.Task;
        }
    }

    /// <summary>Waits until all that was added so far is on the disk.</summary>
    public Task WhenWrittenAsync()
    {
        lock (sync)
        {
            return pending.Entries.Count > 0 ? pending.Written.Task : inFlight?.Written.Task ?? Task.CompletedTask;
        }
    }

    /// <summary>Refuses further entries, and waits for the last batch. It does not fail: those who wait for the batch are told.</summary>
    public void Close()
    {
        Task last;
        lock (sync)
        {
            isClosed = true;
            last = WhenWrittenAsync();
        }

        Task.WhenAny(last).GetAwaiter().GetResult();
    }

    private void TakePending()
    {
        inFlight = pending;
        pending = new Batch();
    }

    private void WriteBatches()
    {
        while (true)
        {
            var batch = inFlight!;
            Exception? failure = null;
            try
            {
                write(batch.Entries);
            }
#pragma warning disable CA1031 // Whatever went wrong, those who wait are told: a full disk alone has several exceptions.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                failure = exception;
            }

            bool isLast;
            lock (sync)
            {
                isLast = pending.Entries.Count == 0;
                inFlight = null;
                if (!isLast)
                {
                    TakePending();
                }
            }

            batch.End(failure);
            if (isLast)
            {
                return;
            }
        }
    }

    /// <summary>Entries that share a flush, and those who wait for it.</summary>
    private sealed class Batch
    {
        public List<T> Entries { get; } = [];

        public TaskCompletionSource<bool> Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void End(Exception? failure)
        {
            if (failure is null)
            {
                Written.TrySetResult(true);
            }
            else
            {
                Written.TrySetException(failure);
            }
        }
    }
}
