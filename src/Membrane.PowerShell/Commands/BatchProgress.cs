using System;
using System.Diagnostics;
using System.Management.Automation;

namespace Membrane.PowerShell.Commands;

/// <summary>One bar for a batch, updated at most four times a second, for a person only.</summary>
internal sealed class BatchProgress(IBatchOutput output, string activity, RunSummary summary)
{
    private const int ProgressId = 0x4D43;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.25);

    private readonly bool isShown = output.HasPerson;
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private TimeSpan lastShown = TimeSpan.Zero;

    public void Show()
    {
        if (!isShown || watch.Elapsed - lastShown < Interval)
        {
            return;
        }

        lastShown = watch.Elapsed;
        var done = summary.Total - summary.Pending;
        var rate = done / Math.Max(0.001, watch.Elapsed.TotalSeconds);
        var record = new ProgressRecord(
            ProgressId,
            activity,
            $"{done} done, {summary.Failed + summary.NotSent + summary.Unknown} failed, {rate:0} a second"
        );
        if (rate > 0)
        {
            // How much input is still to come is not known; what came already is.
            record.SecondsRemaining = (int)Math.Min(int.MaxValue, Math.Ceiling(summary.Pending / rate));
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
