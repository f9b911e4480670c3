using System;
using System.Diagnostics;
using System.Management.Automation;

namespace Membrane.PowerShell.Commands;

/// <summary>
/// One bar for a batch, updated at most four times a second, for a person only. Percentage and remaining time are shown only while it is
/// known how many inputs there are.
/// </summary>
internal sealed class BatchProgress(IBatchOutput output, string activity, RunSummary summary)
{
    private const int ProgressId = 0x4D43;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.25);

    private readonly bool isShown = output.HasPerson;
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private TimeSpan lastShown = TimeSpan.Zero;

    /// <summary>How many inputs there are in all; null where that is not known.</summary>
    public long? Expected { get; set; }

    public void Show()
    {
        if (!isShown || watch.Elapsed - lastShown < Interval)
        {
            return;
        }

        lastShown = watch.Elapsed;
        var done = summary.Total - summary.Pending;
        // What an earlier run had done took no time now, and says nothing of what is still to come.
        var rate = (done - summary.Skipped) / Math.Max(0.001, watch.Elapsed.TotalSeconds);
        // More inputs than expected: then the number was wrong, and the right one is not known.
        var expected = Expected is { } total && total >= summary.Total ? Expected : null;
        var record = new ProgressRecord(
            ProgressId,
            activity,
            (expected is null ? $"{done} done, " : $"{done} of {expected} done, ")
                + $"{summary.Failed + summary.NotSent + summary.Unknown} failed, {rate:0.#} a second"
        );
        if (expected is not null)
        {
            record.PercentComplete = (int)(100m * done / expected.Value);
            record.SecondsRemaining = rate > 0 ? (int)Math.Min(int.MaxValue, Math.Ceiling((expected.Value - done) / rate)) : -1;
        }

        output.WriteProgress(record);
    }

    public void End()
    {
        if (lastShown > TimeSpan.Zero)
        {
            output.WriteProgress(new ProgressRecord(ProgressId, activity, "Done") { RecordType = ProgressRecordType.Completed });
        }
    }
}
