using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;

namespace Membrane.Emulator.Control;

/// <summary>The faults that are set, and which of them hits a request.</summary>
internal sealed class FaultList(int? seed)
{
    private readonly object gate = new();
    private readonly List<ActiveFault> faults = new();
    private readonly Random random = seed is null ? new Random() : new Random(seed.Value);
    private volatile bool any;
    private int lastId;
    private TaskCompletionSource<bool> cleared = NotCleared();

    /// <summary>Adds a fault, and returns the number by which it can be removed.</summary>
    public int Add(Fault fault)
    {
        lock (gate)
        {
            faults.Add(new ActiveFault(++lastId, fault));
            any = true;
            return lastId;
        }
    }

    /// <summary>Takes one fault away, and lets the requests go on that it holds back; false if it is not there.</summary>
    public bool Remove(int id)
    {
        ActiveFault? found;
        lock (gate)
        {
            found = faults.Find(active => active.Id == id);
            if (found is null)
            {
                return false;
            }

            faults.Remove(found);
            any = faults.Count > 0;
        }

        found.Removed.SetResult(true);
        return true;
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

    public Fault[] All() => Array.ConvertAll(Listed(), static listed => listed.Fault);

    /// <summary>Returns the faults with their numbers, and how many requests each has left; null for no end.</summary>
    public (int Id, Fault Fault, int? Left)[] Listed()
    {
        lock (gate)
        {
            return [.. faults.Select(static active => (active.Id, active.Fault, active.Left))];
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
                    cleared.Task,
                    active.Removed.Task
                );
            }
        }

        return null;
    }

    private static TaskCompletionSource<bool> NotCleared() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class ActiveFault(int id, Fault fault)
    {
        private readonly Queue<long> admitted = new();

        public int Id { get; } = id;

        public TaskCompletionSource<bool> Removed { get; } = NotCleared();

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
