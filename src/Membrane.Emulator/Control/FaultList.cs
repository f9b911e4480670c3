using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading.Tasks;

namespace Membrane.Emulator.Control;

/// <summary>The faults that are set, and which of them hits a request.</summary>
internal sealed class FaultList(int? seed)
{
    private readonly object gate = new();
    private readonly List<ActiveFault> faults = new();
    private readonly Random random = seed is null ? new Random() : new Random(seed.Value);
    private volatile bool any;
    private TaskCompletionSource<bool> cleared = NotCleared();

    public void Add(Fault fault)
    {
        lock (gate)
        {
            faults.Add(new ActiveFault(fault));
            any = true;
        }
    }

    /// <summary>Takes every fault away, and lets the requests go on that one of them holds back.</summary>
    public void Clear()
    {
        TaskCompletionSource<bool> past;
        lock (gate)
        {
            faults.Clear();
            any = false;
            past = cleared;
            cleared = NotCleared();
        }

        past.SetResult(true);
    }

    public Fault[] All()
    {
        lock (gate)
        {
            var result = new List<Fault>();
            foreach (var active in faults)
            {
                result.Add(active.Fault);
            }

            return result.ToArray();
        }
    }

    /// <summary>Returns the first fault that matches, already counted.</summary>
    public FaultHit? Match(string method, string path)
    {
        if (!any)
        {
            return null;
        }

        lock (gate)
        {
            foreach (var active in faults)
            {
                var fault = active.Fault;
                if (fault.Method is not null && !fault.Method.Equals(method, StringComparison.OrdinalIgnoreCase))
                {
                    continue;
                }

                if (fault.Path is not null && !Wildcard.Matches(fault.Path, path))
                {
                    continue;
                }

                if (fault.RequestsPerSecond is { } allowed && active.TakeSlot(allowed))
                {
                    continue;
                }

                if (fault.Probability < 1 && random.NextDouble() >= fault.Probability)
                {
                    continue;
                }

                if (active.Left is not null && --active.Left <= 0)
                {
                    faults.Remove(active);
                }

                any = faults.Count > 0;
                return new FaultHit(
                    fault,
                    fault.DelayMilliseconds + (fault.JitterMilliseconds > 0 ? random.Next(fault.JitterMilliseconds + 1) : 0),
                    cleared.Task
                );
            }
        }

        return null;
    }

    private static TaskCompletionSource<bool> NotCleared() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class ActiveFault(Fault fault)
    {
        private readonly Queue<long> admitted = new();

        public Fault Fault { get; } = fault;

        public int? Left { get; set; } = fault.Times;

        /// <summary>Takes a slot of the rolling second; false when there is none left.</summary>
        public bool TakeSlot(int allowed)
        {
            var now = Stopwatch.GetTimestamp();
            while (admitted.Count > 0 && now - admitted.Peek() >= Stopwatch.Frequency)
            {
                admitted.Dequeue();
            }

            if (admitted.Count >= allowed)
            {
                return false;
            }

            admitted.Enqueue(now);
            return true;
        }
    }
}
