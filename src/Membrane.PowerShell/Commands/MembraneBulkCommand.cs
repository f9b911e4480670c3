using System.Management.Automation;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Commands;

/// <summary>
/// The base of the commands that do the same for many items: several at a time, each with exactly one result or one
/// error, results while input still comes.
/// </summary>
public abstract class MembraneBulkCommand : MembraneApiCommand
{
    /// <summary>
    /// How many items are worked on at a time at most, 1 to 256; fewer while the service limits the rate. 1 does one after the
    /// other, in the order of the input.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 256)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public int ThrottleLimit { get; set; } = 8;

    /// <summary>
    /// How many seconds an input waits at most while the service limits the rate, 0 to 86400. Without this parameter, one input alone is
    /// tried four times, as by every other command.
    /// </summary>
    [Parameter]
    [ValidateRange(0, LongestRateLimitWaitSec)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public int MaxRateLimitWaitSec { get; set; } = UsualRateLimitWaitSec;

    /// <summary>The name of a variable for the summary of all items. It is kept up to date, also when the command is stopped.</summary>
    [Parameter]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? SummaryVariable { get; set; }

    /// <summary>
    /// How many inputs the pipeline is going to bring, where you know it: the progress bar then shows a percentage and the remaining time.
    /// 0 is not known. It changes nothing else, and a number that turns out to be wrong does no harm.
    /// </summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public long TotalCount { get; set; }

    /// <summary>
    /// A file for a report of the batch, with the extension .html, .csv or .json: what became of each input, errors by cause, and how many
    /// ended when. It is written whole when the command ends, also when it is stopped.
    /// </summary>
    [Parameter]
    [RefuseNothing]
    public string? ReportPath { get; set; }

    /// <summary>Replace the file of -ReportPath, where it is there already.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>What the progress bar says is being done.</summary>
    private protected abstract string Activity { get; }

    /// <summary>
    /// Whether results are emitted in the order of the input. Without it, a result must itself say which input it belongs to.
    /// </summary>
    private protected virtual bool KeepsOrder => true;

    /// <summary>The session in which the variable of the summary is.</summary>
    private protected virtual SessionState SummarySession => SessionState;

    // As an item of the batch, so that it is counted, too.
    private protected sealed override void Refuse(MembraneInputException refusal) => Batch.SubmitError(ErrorTarget, refusal);

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        StartBatch(Activity, ThrottleLimit, MaxRateLimitWaitSec, SummaryVariable, KeepsOrder, SummarySession);
        Batch.Expected = TotalCount > 0 ? TotalCount : null;
        StartReport(ReportPath, Force);
    }
}
