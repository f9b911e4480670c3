namespace Membrane.Client.Actions;

/// <summary>What is done with an input that a checkpoint file may know.</summary>
internal enum CheckpointDecision
{
    /// <summary>It is run.</summary>
    Run,

    /// <summary>It was done: it is skipped.</summary>
    Skip,

    /// <summary>It failed, or the outcome is unknown: that is reported again, and it is not run.</summary>
    Report,
}
