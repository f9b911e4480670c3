namespace Membrane;

/// <summary>What a checkpoint knows of an input.</summary>
public enum CheckpointOutcome
{
    /// <summary>It was done.</summary>
    Succeeded,

    /// <summary>It ended with an error.</summary>
    Failed,

    /// <summary>It was not sent in the end: it was rate limited for too long, or the run was stopped.</summary>
    NotSent,

    /// <summary>It was sent, and no outcome is written down: it is under way now, or what came of it is not known.</summary>
    Unknown,
}
