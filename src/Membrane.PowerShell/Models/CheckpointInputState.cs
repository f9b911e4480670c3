using System;

namespace Membrane;

/// <summary>One input in a checkpoint, and what became of it.</summary>
public sealed class CheckpointInputState
{
    internal CheckpointInputState(string checkpoint, string identity)
    {
        Checkpoint = checkpoint;
        Identity = identity;
    }

    /// <summary>
    /// The input: the value of its key, where the checkpoint has one; else the input itself, or how it begins where it is long. Empty where
    /// it was written by an earlier version.
    /// </summary>
    public object? Input { get; internal set; }

    /// <summary>What became of it.</summary>
    public CheckpointOutcome Outcome { get; internal set; }

    /// <summary>The id of the run log, where there is one.</summary>
    public string? ActionRunId { get; internal set; }

    /// <summary>When it was sent.</summary>
    public DateTimeOffset? StartedAt { get; internal set; }

    /// <summary>When its outcome was written down; empty while there is none.</summary>
    public DateTimeOffset? Time { get; internal set; }

    /// <summary>The name of the error that it ended with.</summary>
    public string? ErrorId { get; internal set; }

    /// <summary>What that error says.</summary>
    public string? ErrorMessage { get; internal set; }

    /// <summary>The action.</summary>
    public string? ActionId { get; internal set; }

    /// <summary>What tells the input apart: the same in every checkpoint of the same batch.</summary>
    public string Identity { get; }

    /// <summary>The file, or the address of the blob without its signature.</summary>
    public string Checkpoint { get; }

    /// <summary>The outcome and the input.</summary>
    public override string ToString() => $"{Outcome} {Input}";
}
