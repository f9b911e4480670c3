namespace Membrane.Client.Checkpoints;

/// <summary>What a checkpoint file knows of an input.</summary>
internal enum CheckpointState
{
    /// <summary>Nothing: it was never sent.</summary>
    None,

    /// <summary>It was about to be sent, and what came of it is not known.</summary>
    Started,

    /// <summary>It was done.</summary>
    Succeeded,

    /// <summary>The service refused it.</summary>
    Failed,
}
