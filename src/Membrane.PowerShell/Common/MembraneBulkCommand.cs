using System;
using System.Diagnostics;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client;
using Membrane.Client.Bulk;

namespace Membrane.PowerShell.Common;

/// <summary>
/// The base of the commands that do the same for many items: several at a time, each with exactly one result or one
/// error, results while input still comes.
/// </summary>
/// <typeparam name="T">What comes of an item; null where nothing is to be emitted.</typeparam>
public abstract class MembraneBulkCommand<T> : MembraneApiCommand
    where T : class
{
    private readonly RunSummary summary = new();
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private BulkRunner<T?>? runner;
    private MembraneClient? batchClient;
    private BatchProgress? progress;

    /// <summary>How many items are worked on at once at the most, 1 to 256. Fewer, while the service turns requests away.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 8;

    /// <summary>Emit results in the order of the input, not as they come.</summary>
    [Parameter]
    public SwitchParameter Ordered { get; set; }

    /// <summary>The name of a variable for the account of all items. It is kept up to date, also when the command is stopped.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SummaryVariable { get; set; }

    /// <summary>The client whose requests share the gate of this batch.</summary>
    private protected MembraneClient BatchClient => batchClient ??= Client.Through(new RateGate(ThrottleLimit));

    /// <summary>What the progress bar says is being done.</summary>
    protected abstract string Activity { get; }

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        if (SummaryVariable is not null)
        {
            SessionState.PSVariable.Set(SummaryVariable.TrimStart('$'), summary);
        }

        runner = new BulkRunner<T?>(ThrottleLimit, Ordered, StopToken);
        progress = new BatchProgress(this, Activity, summary);
    }

    /// <inheritdoc/>
    protected override void End()
    {
        while (runner!.HasMore)
        {
            EmitNext();
        }

        progress!.End();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // Also when the pipeline was stopped: nothing stays under way, and nothing unaccounted for.
            runner?.Dispose();
            while (runner is not null && runner.TryTakeAny(out BulkResult<T?> result))
            {
                Count(result);
            }

            summary.Duration = watch.Elapsed;
        }

        base.Dispose(disposing);
    }

    /// <summary>Starts the work on an item as soon as there is room. Results that came meanwhile are emitted.</summary>
    /// <param name="target">The item, for the error record.</param>
    /// <param name="work">What is to be done. It runs on any thread.</param>
    private protected void Submit(object? target, Func<CancellationToken, Task<T?>> work)
    {
        long index = summary.Total++;
        bool hasRoom = false;
        try
        {
            // What has come is emitted first: an error may be the end of the command, and then nothing more may be sent.
            EmitReady();
            while (!runner!.HasRoom)
            {
                EmitNext();
                EmitReady();
            }

            hasRoom = true;
        }
        finally
        {
            if (!hasRoom)
            {
                summary.NotSent++;
            }
        }

        runner.Start(index, target, work);
        EmitReady();
    }

    /// <summary>Accounts for an item whose work is not to be started, because of an error.</summary>
    private protected void SubmitError(object? target, MembraneException error) => Submit(target, _ => Task.FromException<T?>(error));

    /// <summary>Accounts for an item that needs no work, because it was done before.</summary>
    private protected void Skip()
    {
        summary.Total++;
        summary.Skipped++;
        progress!.Show();
    }

    /// <summary>Emits what came of an item.</summary>
    private protected virtual void Emit(T value, long index) => WriteObject(value);

    private void EmitReady()
    {
        while (runner!.TryTake(out BulkResult<T?> result))
        {
            Account(result);
        }
    }

    private void EmitNext()
    {
        if (runner!.TryTake(out BulkResult<T?> result))
        {
            Account(result);
            return;
        }

        Await(_ => runner.WaitAsync());
    }

    private void Account(BulkResult<T?> result)
    {
        summary.Duration = watch.Elapsed;
        Count(result);
        progress!.Show();
        if (result.Error is null)
        {
            if (result.Value is not null)
            {
                Emit(result.Value, result.Index);
            }

            return;
        }

        if (result.Error is OperationCanceledException && StopToken.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }

        MembraneException error = result.Error as MembraneException ?? Unexpected(result.Error);
        error.InputIndex = result.Index;
        if (error is MembraneSignInException)
        {
            // Without a sign-in none of the others can go better.
            ThrowTerminatingError(ErrorRecords.Create(error, result.Target));
        }

        WriteError(error, result.Target);
    }

    private void Count(BulkResult<T?> result)
    {
        switch (result.Error)
        {
            case null:
                summary.Succeeded++;
                break;
            case OperationCanceledException or MembraneException { Outcome: RequestOutcome.Unknown }:
                summary.Unknown++;
                break;
            case MembraneException { Outcome: RequestOutcome.NotSent }:
                summary.NotSent++;
                break;
            default:
                summary.Failed++;
                break;
        }
    }
}
