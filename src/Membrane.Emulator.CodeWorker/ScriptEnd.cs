namespace Membrane.Emulator.CodeWorker;

/// <summary>How a script has ended.</summary>
/// <param name="Output">What it returned, as JSON; null for nothing.</param>
/// <param name="Failure">Why it failed; null where it did not.</param>
internal sealed record ScriptEnd(string? Output, ScriptFailure? Failure);
