using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client;
using Membrane.Client.Bulk;
using Membrane.Client.Transport;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Commands;

/// <summary>
/// The items of one command, worked on several at a time: each with exactly one result or one error, results while input
/// still comes. All but the work itself happens on the pipeline thread.
/// </summary>
internal sealed class CommandBatch : IDisposable
{
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly MembraneApiCommand command;
    private readonly BulkRunner<object?> runner;
    private readonly BatchProgress progress;

    /// <summary>A batch with nothing in it.</summary>
    /// <param name="command">The command.</param>
    /// <param name="activity">What the progress bar says is being done.</param>
    /// <param name="throttleLimit">How many items are worked on at once at the most, from 1.</param>
    /// <param name="isOrdered">Whether results are emitted in the order of the items; else in that of completion.</param>
    public CommandBatch(MembraneApiCommand command, string activity, int throttleLimit, bool isOrdered)
    {
        this.command = command;
        Emit = (result, _) => command.WriteObject(result);
        Client = command.Client.WithRateLimiter(new RateLimiter(throttleLimit));
        runner = new BulkRunner<object?>(throttleLimit, isOrdered, command.StopToken);
        progress = new BatchProgress(command, activity, Summary);
    }

    /// <summary>The client whose requests share the gate of this batch.</summary>
    public MembraneClient Client { get; }

    /// <summary>The account so far.</summary>
    public RunSummary Summary { get; } = new();

    /// <summary>Emits a result, with the position of its item among all items, from 0.</summary>
    public Action<object, long> Emit { get; init; }

    /// <summary>The error that a result itself speaks of, or null.</summary>
    public Func<object, MembraneException?> FindError { get; init; } = static _ => null;

    /// <summary>Starts the work on an item as soon as there is room. Results that came meanwhile are emitted.</summary>
    /// <param name="target">The item, for the error record.</param>
    /// <param name="work">What is to be done: its result is emitted, unless it is null. It runs on any thread.</param>
    /// <param name="key">What the work changes: two of the same are done one after the other, in the order of the input.</param>
    /// <param name="inputIndex">The position of the input, where this item only goes on with an earlier one.</param>
    public void Submit(object? target, Func<CancellationToken, Task<object?>> work, string? key = null, long? inputIndex = null)
    {
        var index = inputIndex ?? Summary.Total;
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
            }
        }

        runner.Start(index, target, work, key);
        EmitReady();
    }

    /// <summary>Accounts for an item whose work is not to be started, because of an error.</summary>
    public void SubmitError(object? target, MembraneException error) => Submit(target, _ => Task.FromException<object?>(error));

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

    /// <summary>Accounts for an item that needs no work, because it was done before.</summary>
    public void Skip()
    {
        Summary.Total++;
        Summary.Skipped++;
        progress.Show();
    }

    /// <summary>Accounts for an item that nothing is done with, because somebody said no, or because it is a rehearsal.</summary>
    public void Decline()
    {
        Summary.Total++;
        Summary.NotSent++;
        progress.Show();
    }

    /// <summary>Waits for what is under way, and emits it.</summary>
    public void Finish()
    {
        while (runner.HasMore)
        {
            EmitNext();
        }

        progress.End();
    }

    /// <summary>Also when the pipeline was stopped: nothing stays under way, and nothing unaccounted for.</summary>
    public void Dispose()
    {
        runner.Dispose();
        while (runner.TryTakeAny(out var result))
        {
            Count(ErrorOf(result));
        }

        Summary.Duration = watch.Elapsed;
    }

    private void EmitReady()
    {
        while (runner.TryTake(out var result))
        {
            Account(result);
        }
    }

    private void EmitNext()
    {
        if (runner.TryTake(out var result))
        {
            Account(result);
            return;
        }

        command.Await(_ => runner.WaitAsync());
    }

    private void Account(BulkResult<object?> result)
    {
        var failure = ErrorOf(result);
        Summary.Duration = watch.Elapsed;
        Count(failure);
        progress.Show();
        if (result.Value is not null)
        {
            Emit(result.Value, result.Index);
        }

        if (failure is null)
        {
            return;
        }

        if (failure is OperationCanceledException && command.StopToken.IsCancellationRequested)
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
        if (error is MembraneSignInException)
        {
            // Without a sign-in none of the others can go better.
            command.ThrowTerminatingError(ErrorRecords.Create(error, target));
        }

        command.WriteError(error, target);
    }

    private Exception? ErrorOf(BulkResult<object?> result) => result.Error ?? (result.Value is null ? null : FindError(result.Value));

    private void Count(Exception? error)
    {
        switch (error)
        {
            case null:
                Summary.Succeeded++;
                break;
            case CanceledUnsentException or MembraneException { Outcome: RequestOutcome.NotSent }:
                Summary.NotSent++;
                break;
            case OperationCanceledException or MembraneException { Outcome: RequestOutcome.Unknown }:
                Summary.Unknown++;
                break;
            default:
                Summary.Failed++;
                break;
        }
    }
}
