using Membrane.Client.Checkpoints;

namespace Membrane.PowerShell.Checkpoints;

/// <summary>What the first line of a checkpoint says.</summary>
internal static class CheckpointFields
{
    /// <summary>Returns a field; null where it says nothing.</summary>
    public static string? Of(CheckpointView view, string name) =>
        view.Purpose.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
}
