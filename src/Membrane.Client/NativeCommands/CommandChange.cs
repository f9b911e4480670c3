namespace Membrane.Client.NativeCommands;

/// <summary>A difference between two states of a module.</summary>
/// <param name="Kind">What happened: Added, Removed or Changed.</param>
/// <param name="Command">The command.</param>
/// <param name="Action">The action behind it, by key or id.</param>
/// <param name="Parameter">The parameter; null where the command itself or its output is meant.</param>
/// <param name="Before">What it took or emitted before; null where it was not there.</param>
/// <param name="After">What it takes or emits now; null where it is there no more.</param>
internal sealed record CommandChange(
    string Kind,
    string Command,
    string Action,
    string? Parameter = null,
    string? Before = null,
    string? After = null
);
