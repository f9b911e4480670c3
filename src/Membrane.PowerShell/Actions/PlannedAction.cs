using System;
using Membrane.Client.Actions;

namespace Membrane.PowerShell.Actions;

/// <summary>What the runs of one input have in common, however many pages there are.</summary>
/// <param name="selector">The action; null for a request to the app or code.</param>
/// <param name="known">The action itself, where it is at hand.</param>
/// <param name="target">The input, for error records.</param>
/// <param name="prepare">Writes what is sent for an input.</param>
internal sealed class PlannedAction(ActionSelector? selector, Action? known, object? target, Func<object?, PreparedRun> prepare)
{
    public ActionSelector? Selector { get; } = selector;

    public Action? Known { get; } = known;

    public object? Target { get; } = target;

    /// <summary>Writes what is sent for an input.</summary>
    public PreparedRun Prepare(object? input) => prepare(input);
}
