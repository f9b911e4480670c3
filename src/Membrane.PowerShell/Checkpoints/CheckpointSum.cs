using System;
using System.Collections.Generic;
using System.Linq;
using Membrane.Client.Checkpoints;

namespace Membrane.PowerShell.Checkpoints;

/// <summary>Adds up checkpoints: one summary for each batch that they are of.</summary>
internal sealed class CheckpointSum
{
    private readonly Dictionary<string, Batch> batches = new(StringComparer.Ordinal);

    /// <summary>Adds a checkpoint.</summary>
    public void Add(CheckpointView view)
    {
        var batch = string.Join(
            "\n",
            view.Purpose.OrderBy(static field => field.Key, StringComparer.Ordinal).Select(static field => field.Key + "=" + field.Value)
        );
        if (!batches.TryGetValue(batch, out var sum))
        {
            batches[batch] = sum = new Batch(view);
        }

        sum.Add(view);
    }

    /// <summary>Returns the summaries, in the order in which their first checkpoints came.</summary>
    public IEnumerable<CheckpointSummary> Summaries() => batches.Values.Select(static batch => batch.Sum());

    private sealed class Batch(CheckpointView first)
    {
        private readonly CheckpointStates states = new();
        private readonly HashSet<Guid> done = [];
        private readonly HashSet<Guid> doneTwice = [];
        private int checkpoints;
        private int open;

        public void Add(CheckpointView view)
        {
            checkpoints++;
            open += view.IsSealed ? 0 : 1;
            states.Add(view);
            foreach (var input in view.Inputs.Where(static input => input.State == CheckpointState.Succeeded))
            {
                if (!done.Add(input.Identity))
                {
                    doneTwice.Add(input.Identity);
                }
            }
        }

        public CheckpointSummary Sum()
        {
            var counts = states
                .All.Values.GroupBy(static state => state)
                .ToDictionary(static one => one.Key, static one => one.LongCount());
            return new CheckpointSummary
            {
                ActionId = CheckpointFields.Of(first, "action"),
                ConnectionId = CheckpointFields.Of(first, "connection"),
                TenantKey = CheckpointFields.Of(first, "tenant"),
                Checkpoints = checkpoints,
                Open = open,
                Total = states.All.Count,
                Succeeded = Count(CheckpointState.Succeeded),
                Failed = Count(CheckpointState.Failed),
                NotSent = Count(CheckpointState.None),
                Unknown = Count(CheckpointState.Started),
                DoneTwice = doneTwice.Count,
            };

            long Count(CheckpointState state) => counts.TryGetValue(state, out var count) ? count : 0;
        }
    }
}
