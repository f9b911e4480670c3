using System;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Checkpoints;

namespace Membrane.Client.Actions;

/// <summary>One input in the checkpoint file of a batch.</summary>
internal sealed class CheckpointEntry(CheckpointFile file, Guid identity)
{
    private readonly CheckpointState state = file.StateOf(identity);

    /// <summary>What is done with the input.</summary>
    public CheckpointDecision Decide(bool resumeFailed, bool retryUnknown) => state switch
    {
        CheckpointState.Succeeded => CheckpointDecision.Skip,
        CheckpointState.Failed => resumeFailed ? CheckpointDecision.Run : CheckpointDecision.Report,
        CheckpointState.Started => retryUnknown ? CheckpointDecision.Run : CheckpointDecision.Report,
        _ => CheckpointDecision.Run,
    };

    /// <summary>Says again how the input ended in an earlier run.</summary>
    public MembraneException Report() => state == CheckpointState.Failed
        ? new MembraneException(
            ErrorIds.FailedBefore,
            "This input failed in an earlier run with the same checkpoint file, and was not run again.",
            "Run it again with -ResumeFailed.")
        : new MembraneException(
            ErrorIds.OutcomeUnknown,
            "This input was sent in an earlier run with the same checkpoint file, and no answer came: it may or may not have been done. It was not sent again.",
            "Look in the app whether it was done. If running it twice does no harm, run it again with -RetryUnknown.")
        {
            Outcome = RequestOutcome.Unknown,
        };

    /// <summary>Runs the input. What is about to happen, and what came of it, is on the disk before anybody sees it.</summary>
    public async Task<ActionRun> RunAsync(PreparedRun run, CancellationToken cancellationToken)
    {
        bool isStarted = false;
        run.BeforeSending(async () =>
        {
            await file.WriteAsync(identity, CheckpointState.Started).ConfigureAwait(false);
            isStarted = true;
        });
        try
        {
            ActionRun result = await run.SendAsync(cancellationToken).ConfigureAwait(false);
            await file.WriteAsync(identity, CheckpointState.Succeeded).ConfigureAwait(false);
            return result;
        }
        catch (MembraneException exception) when (isStarted && exception.Outcome != RequestOutcome.Unknown)
        {
            // What is unknown stays "started", which is how a later run finds out.
            await file.WriteAsync(identity, exception.Outcome == RequestOutcome.NotSent ? CheckpointState.None : CheckpointState.Failed).ConfigureAwait(false);
            throw;
        }
    }
}
