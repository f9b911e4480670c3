namespace Membrane.Client.Actions;

/// <summary>What is done with an input that a checkpoint file may know.</summary>
internal enum CheckpointDecision
{
    /// <summary>It is run.</summary>
    Run,

    /// <summary>It was done: nothing.</summary>
    Skip,

    /// <summary>It failed, or nobody knows: that is said again, and it is not run.</summary>
    Report,
}
