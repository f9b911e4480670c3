namespace Membrane.Client.Actions;

/// <summary>One input of a batch, or a further page of one, with its request ready to be sent.</summary>
/// <param name="target">What is run.</param>
/// <param name="run">The request.</param>
/// <param name="source">What errors name: the input as the caller gave it.</param>
/// <param name="page">The page that it gets; null where only one is asked for.</param>
internal sealed class ActionItem(ActionTarget target, PreparedRun run, object? source, ActionPage? page = null)
{
    public ActionTarget Target { get; } = target;

    public PreparedRun Run { get; } = run;

    public ActionPage? Page { get; } = page;

    public object? Source { get; } = source;

    /// <summary>What the checkpoint file knows of the input; null without a file.</summary>
    public CheckpointEntry? Entry { get; set; }
}
