using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client;
using Membrane.Client.Bulk;
using Membrane.Client.Callers;
using Membrane.Client.Reports;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Commands;

/// <summary>
/// The items of one command, worked on several at a time: each with exactly one result or one error, results while input
/// still comes. All but the work itself happens on the pipeline thread.
/// </summary>
internal sealed class CommandBatch : IDisposable
{
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly IBatchOutput output;
    private readonly BulkRunner<object?> runner;
    private readonly BatchProgress progress;
    private bool isAtEnd;

    /// <summary>Makes an empty batch.</summary>
    /// <param name="output">Where results, errors and progress go.</param>
    /// <param name="client">The client whose requests share the rate limiter of this batch.</param>
    /// <param name="activity">What the progress bar says is being done.</param>
    /// <param name="throttleLimit">How many items are worked on at a time at most, from 1.</param>
    /// <param name="isOrdered">Whether results are emitted in the order of the items; else in that of completion.</param>
    public CommandBatch(IBatchOutput output, MembraneClient client, string activity, int throttleLimit, bool isOrdered)
    {
        this.output = output;
        Client = client;
        runner = new BulkRunner<object?>(throttleLimit, isOrdered, output.StopToken);
        progress = new BatchProgress(output, activity, Summary);
    }

    /// <summary>The client whose requests share the rate limiter of this batch.</summary>
    public MembraneClient Client { get; }

    /// <summary>Whether there has been more than one input. Any thread may ask.</summary>
    public bool HasSeveral { get; private set; }

    /// <summary>The summary so far.</summary>
    public RunSummary Summary { get; } = new();

    /// <summary>How many inputs there are in all, for the progress; null where that is not known.</summary>
    public long? Expected
    {
        get => progress.Expected;
        set => progress.Expected = value;
    }

    /// <summary>The report of the batch; null where none is wanted.</summary>
    public CommandReport? Report { get; set; }

    /// <summary>Starts the work on an item as soon as there is room. Results that came meanwhile are emitted.</summary>
    /// <param name="target">The item, for the error record.</param>
    /// <param name="work">What is to be done: its result is emitted, unless it is null. It runs on any thread.</param>
    /// <param name="key">What the work changes: two of the same are done one after the other, in the order of the input.</param>
    /// <param name="inputIndex">The position of the input, where this item only goes on with an earlier one.</param>
    public void Submit(object? target, Func<CancellationToken, Task<object?>> work, string? key = null, long? inputIndex = null)
    {
        var index = inputIndex ?? Summary.Total;
        isAtEnd = false;
        HasSeveral |= index > 0;
        Summary.Total++;
        var hasRoom = false;
        try
        {
            // What has come is emitted first: an error may be the end of the command, and then nothing more may be sent.
            EmitReady();
            while (!runner.HasRoomFor(key))
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
                Summary.NotSent++;
                Report?.Add(index, ReportOutcome.NotSent, target, watch.Elapsed);
            }
        }

        runner.Start(index, target, work, key);
        EmitReady();
    }

    /// <summary>Counts an item whose work is not started because of an error.</summary>
    public void SubmitError(object? target, MembraneException error, long? inputIndex = null) =>
        Submit(target, _ => Task.FromException<object?>(error), inputIndex: inputIndex);

    /// <summary>Does something for each item before its work is started. An error is that item's error, and the next one follows.</summary>
    public void ForEach<T>(IEnumerable<T> items, Func<T, object?> target, Action<T> body)
    {
        foreach (var item in items)
        {
            try
            {
                body(item);
            }
            catch (MembraneException exception) when (exception is not MembraneSignInException)
            {
                SubmitError(target(item), exception);
            }
        }
    }

    /// <summary>Counts an item that needs no work because it was done before.</summary>
    public void Skip(object? target)
    {
        Report?.Add(Summary.Total, ReportOutcome.Skipped, target, watch.Elapsed);
        Summary.Total++;
        Summary.Skipped++;
        progress.Show();
    }

    /// <summary>Counts an item that nothing is done with: the user declined, or it is a dry run.</summary>
    public void Decline(object? target)
    {
        Report?.Add(Summary.Total, ReportOutcome.NotSent, target, watch.Elapsed);
        Summary.Total++;
        Summary.NotSent++;
        progress.Show();
    }

    /// <summary>Waits for the work in progress, and emits its results.</summary>
    public void Finish()
    {
        while (runner.HasMore)
        {
            EmitNext();
        }

        progress.End();
        isAtEnd = true;
    }

    /// <summary>Writes the report, where one is wanted.</summary>
    /// <exception cref="MembraneException">It could not be written.</exception>
    public void WriteReport() => Report?.Complete(watch.Elapsed, isStopped: false);

    /// <summary>Ends the work, also when the pipeline was stopped: nothing goes on, and every item is counted.</summary>
    public void Dispose()
    {
        runner.Dispose();
        while (runner.TryTakeAny(out var result))
        {
            Count(result, ErrorOf(result));
        }

        Summary.Duration = watch.Elapsed;
        Report?.Close(watch.Elapsed, isStopped: !isAtEnd);
    }

    private void EmitReady()
    {
        while (runner.TryTake(out var result))
        {
            EmitResult(result);
        }
    }

    private void EmitNext()
    {
        if (runner.TryTake(out var result))
        {
            EmitResult(result);
            return;
        }

        output.Await(_ => runner.WaitAsync());
    }

    private void EmitResult(BulkResult<object?> result)
    {
        var failure = ErrorOf(result);
        Summary.Duration = watch.Elapsed;
        Count(result, failure);
        progress.Show();
        if (result.Value is not null)
        {
            output.Emit(result.Value, result.Index);
        }

        if (failure is null)
        {
            return;
        }

        if (failure is OperationCanceledException && output.StopToken.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }

        var error = failure as MembraneException ?? MembraneCommand.Unexpected(failure);
        if (error.InputIndex is not null)
        {
            // What several inputs waited for together failed for all of them.
            error = error.Copy();
        }

        error.InputIndex = result.Index;
        var target = result.Value ?? result.Target;
        output.WriteItemError(error, target);
    }

    private Exception? ErrorOf(BulkResult<object?> result) =>
        result.Error ?? (result.Value is null ? null : output.FindError(result.Value));

    private void Count(BulkResult<object?> result, Exception? error)
    {
        var outcome = OutcomeOf(error);
        switch (outcome)
        {
            case ReportOutcome.Succeeded:
                Summary.Succeeded++;
                break;
            case ReportOutcome.NotSent:
                Summary.NotSent++;
                break;
            case ReportOutcome.Unknown:
                Summary.Unknown++;
                break;
            default:
                Summary.Failed++;
                break;
        }

        Report?.Add(
            result.Index,
            outcome,
            result.Target,
            watch.Elapsed,
            result.Value is null ? null : output.ReportedOutput(result.Value),
            error
        );
    }

    private static ReportOutcome OutcomeOf(Exception? error) =>
        error switch
        {
            null => ReportOutcome.Succeeded,
            CanceledUnsentException or MembraneException { Outcome: RequestOutcome.NotSent } => ReportOutcome.NotSent,
            OperationCanceledException or MembraneException { Outcome: RequestOutcome.Unknown } => ReportOutcome.Unknown,
            _ => ReportOutcome.Failed,
        };
}
