using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Membrane.Emulator.Streams;

/// <summary>
/// What one stream still has to tell. An element that changes again before its event is sent is told of once, and a client that does not
/// read loses its stream before the queue grows large: it opens another and looks for itself.
/// </summary>
internal sealed class EventQueue
{
    /// <summary>How many events wait at most.</summary>
    public const int Limit = 1_000;

    private readonly object gate = new();
    private readonly Queue<ElementEvent> waiting = new();
    private readonly HashSet<ElementEvent> known = new();
    private TaskCompletionSource<bool>? arrival;

    private readonly TaskCompletionSource<bool> end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the stream is to end.</summary>
    public Task Over => end.Task;

    /// <summary>Whether the stream is to end.</summary>
    public bool IsOver => end.Task.IsCompleted;

    public void Add(ElementEvent one)
    {
        lock (gate)
        {
            if (IsOver || !known.Add(one))
            {
                return;
            }

            waiting.Enqueue(one);
            if (waiting.Count > Limit)
            {
                End();
            }

            Signal();
        }
    }

    /// <summary>Ends the stream.</summary>
    public void End()
    {
        lock (gate)
        {
            end.TrySetResult(true);
            waiting.Clear();
            known.Clear();
            Signal();
        }
    }

    /// <summary>Waits for the next event; null when there is none for a while, or the stream is to end.</summary>
    public async Task<ElementEvent?> Next(TimeSpan wait, CancellationToken cancellation)
    {
        Task arrived;
        lock (gate)
        {
            if (IsOver || waiting.Count > 0)
            {
                return Take();
            }

            arrived = (arrival ??= new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }

        using (var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellation))
        {
            await Task.WhenAny(arrived, Task.Delay(wait, timer.Token));
            timer.Cancel();
        }

        cancellation.ThrowIfCancellationRequested();
        lock (gate)
        {
            return Take();
        }
    }

    private ElementEvent? Take()
    {
        if (waiting.Count == 0)
        {
            return null;
        }

        var one = waiting.Dequeue();
        known.Remove(one);
        return one;
    }

    private void Signal()
    {
        arrival?.TrySetResult(true);
        arrival = null;
    }
}
