using System;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Callers;
using Membrane.Client.Checkpoints;

namespace Membrane.Client.Actions;

/// <summary>One input in the checkpoint of a batch.</summary>
/// <param name="journal">The checkpoint.</param>
/// <param name="identity">What tells the input apart.</param>
/// <param name="state">What is known of it from earlier runs.</param>
/// <param name="begin">Which input it is, for people.</param>
internal sealed class CheckpointEntry(CheckpointJournal journal, Guid identity, CheckpointState state, CheckpointNote begin)
{
    /// <summary>Decides what is done with the input.</summary>
    public CheckpointDecision Decide(bool resumeFailed, bool retryUnknown) =>
        state switch
        {
            CheckpointState.Succeeded => CheckpointDecision.Skip,
            CheckpointState.Failed => resumeFailed ? CheckpointDecision.Run : CheckpointDecision.Report,
            CheckpointState.Started => retryUnknown ? CheckpointDecision.Run : CheckpointDecision.Report,
            _ => CheckpointDecision.Run,
        };

    /// <summary>Returns the error that says how the input ended in an earlier run.</summary>
    public MembraneException Report() =>
        state == CheckpointState.Failed
            ? new MembraneException(
                ErrorIds.FailedBefore,
                "This input failed in an earlier run with the same checkpoint, and was not run again.",
                "Run the batch again with the choice to run failed inputs too."
            )
            : new MembraneException(
                ErrorIds.OutcomeUnknown,
                "This input was sent in an earlier run with the same checkpoint, and no answer came: it may or may not have been "
                    + "done. It was not sent again.",
                "Look in the app whether it was done. If running it twice does no harm, run the batch again with the choice to run such inputs too."
            )
            {
                Outcome = RequestOutcome.Unknown,
            };

    /// <summary>Runs the input. Its start, and its outcome, are written down before they are reported.</summary>
    /// <param name="run">The run.</param>
    /// <param name="warn">Told where the checkpoint cannot take what came of it although there is a better error to report.</param>
    /// <param name="cancellationToken">Ends the call; the action may have been run anyway.</param>
    public async Task<ActionRun> RunAsync(PreparedRun run, Action<string> warn, CancellationToken cancellationToken)
    {
        var isStarted = false;
        run.BeforeSending(async () =>
        {
            await journal
                .WriteAsync(
                    identity,
                    CheckpointState.Started,
                    new CheckpointNote
                    {
                        Time = DateTimeOffset.UtcNow,
                        Key = begin.Key,
                        Input = begin.Input,
                    }
                )
                .ConfigureAwait(false);
            isStarted = true;
        });
        ActionRun result;
        try
        {
            result = await run.SendAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (MembraneException exception) when (isStarted && exception.Outcome != RequestOutcome.Unknown)
        {
            // What is unknown stays "started", which is how a later run finds out.
            await WriteEndAsync(
                    exception.Outcome == RequestOutcome.NotSent ? CheckpointState.None : CheckpointState.Failed,
                    new CheckpointNote
                    {
                        Time = DateTimeOffset.UtcNow,
                        RunId = (exception as MembraneApiException)?.ActionRunId,
                        ErrorId = exception.ErrorId,
                        Message = exception.Message,
                    },
                    warn
                )
                .ConfigureAwait(false);
            throw;
        }
        catch (CanceledUnsentException) when (isStarted)
        {
            // It was rate limited, and waited to be sent again.
            await WriteEndAsync(CheckpointState.None, new CheckpointNote { Time = DateTimeOffset.UtcNow }, warn).ConfigureAwait(false);
            throw;
        }

        try
        {
            await journal
                .WriteAsync(
                    identity,
                    CheckpointState.Succeeded,
                    new CheckpointNote { Time = DateTimeOffset.UtcNow, RunId = result.ActionRunId }
                )
                .ConfigureAwait(false);
            return result;
        }
        catch (MembraneException exception)
        {
            // It was done, and the checkpoint says "started".
            exception.Outcome = RequestOutcome.Unknown;
            throw;
        }
    }

    private async Task WriteEndAsync(CheckpointState end, CheckpointNote note, Action<string> warn)
    {
        try
        {
            await journal.WriteAsync(identity, end, note).ConfigureAwait(false);
        }
        catch (MembraneException exception)
        {
            warn(exception.Message + " A later run with this checkpoint will not know how this input ended.");
        }
    }
}
