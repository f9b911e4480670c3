namespace Membrane.Client.Actions;

/// <summary>A run that succeeded.</summary>
/// <param name="item">What was run.</param>
/// <param name="run">The result.</param>
internal sealed class FinishedRun(ActionItem item, ActionRun run)
{
    public ActionItem Item { get; } = item;

    public ActionRun Run { get; } = run;
}
