using System;
using System.Collections.Generic;
using System.Linq;

namespace Membrane.Client.Reports;

/// <summary>
/// The counts of a report: outcomes, causes of errors, and how many ended when. It takes the same room however many there are.
/// </summary>
internal sealed class ReportCounts
{
    private const int MostCauses = 1000;
    private const int Slots = 120;

    /// <summary>How an input can end, in the order in which that is told.</summary>
    public static readonly IReadOnlyList<ReportOutcome> Outcomes =
    [
        ReportOutcome.Succeeded,
        ReportOutcome.Failed,
        ReportOutcome.NotSent,
        ReportOutcome.Unknown,
        ReportOutcome.Skipped,
    ];

    private readonly long[] outcomes = new long[Outcomes.Count];
    private readonly Dictionary<string, ReportCause> causes = new(StringComparer.Ordinal);
    private (long Done, long Failed)[] slots = new (long, long)[Slots];
    private TimeSpan slot = TimeSpan.FromMilliseconds(100);

    /// <summary>How many there are.</summary>
    public long Total => outcomes.Sum();

    /// <summary>The causes of errors, the most frequent first.</summary>
    public IReadOnlyList<ReportCause> Causes => [.. causes.Values.OrderByDescending(static cause => cause.Count)];

    /// <summary>How long each part of the picture is.</summary>
    public TimeSpan SlotLength => slot;

    /// <summary>How many ended well and how many did not, in each part of the time, up to the last one with any.</summary>
    public IReadOnlyList<(long Done, long Failed)> Rate =>
        [.. slots.Take(1 + Array.FindLastIndex(slots, static one => one.Done + one.Failed > 0))];

    /// <summary>How many ended so.</summary>
    public long this[ReportOutcome outcome] => outcomes[(int)outcome];

    /// <summary>Counts an item.</summary>
    public void Add(ReportItem item)
    {
        outcomes[(int)item.Outcome]++;
        if (item.Outcome != ReportOutcome.Skipped)
        {
            Place(item);
        }

        if (item.ErrorId is null)
        {
            return;
        }

        var key = ReportCause.KeyOf(item);
        if (!causes.TryGetValue(key, out var cause))
        {
            key = causes.Count < MostCauses ? key : string.Empty;
            if (!causes.TryGetValue(key, out cause))
            {
                cause = new ReportCause(item, isRest: key.Length == 0);
                causes.Add(key, cause);
            }
        }

        cause.Add(item);
    }

    // Where the time gets too long for the picture, two parts become one.
    private void Place(ReportItem item)
    {
        while (item.Time.Ticks / slot.Ticks >= Slots)
        {
            var wider = new (long Done, long Failed)[Slots];
            for (var index = 0; index < Slots; index++)
            {
                wider[index / 2].Done += slots[index].Done;
                wider[index / 2].Failed += slots[index].Failed;
            }

            slots = wider;
            slot += slot;
        }

        ref var place = ref slots[item.Time.Ticks / slot.Ticks];
        if (item.Outcome == ReportOutcome.Succeeded)
        {
            place.Done++;
        }
        else
        {
            place.Failed++;
        }
    }
}
