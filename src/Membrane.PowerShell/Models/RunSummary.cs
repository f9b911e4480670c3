using System;

namespace Membrane;

/// <summary>The summary of a batch: every input is counted exactly once. It is kept up to date while the batch runs.</summary>
public sealed class RunSummary
{
    /// <summary>How many inputs came.</summary>
    public long Total { get; internal set; }

    /// <summary>How many were done.</summary>
    public long Succeeded { get; internal set; }

    /// <summary>How many ended with an error of the service, or of something that they need.</summary>
    public long Failed { get; internal set; }

    /// <summary>How many were never sent, because they cannot be sent as they are or were declined, or were rate limited.</summary>
    public long NotSent { get; internal set; }

    /// <summary>How many were sent without an answer: they may or may not have been done.</summary>
    public long Unknown { get; internal set; }

    /// <summary>How many an earlier run with the same checkpoint file had done already.</summary>
    public long Skipped { get; internal set; }

    /// <summary>How many are under way.</summary>
    public long Pending => Total - Succeeded - Failed - NotSent - Unknown - Skipped;

    /// <summary>How long the batch has taken so far.</summary>
    public TimeSpan Duration { get; internal set; }

    /// <summary>Returns the summary in one line.</summary>
    public override string ToString() =>
        $"{Total} inputs: {Succeeded} succeeded, {Failed} failed, {NotSent} not sent, {Unknown} unknown, {Skipped} skipped";
}
