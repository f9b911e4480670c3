namespace Membrane;

/// <summary>What was waited for did not happen in time. It may still happen.</summary>
public sealed class MembraneTimeoutException : MembraneException
{
    internal MembraneTimeoutException(string errorId, string message, string? recommendedAction, object? lastSeen)
        : base(errorId, message, recommendedAction) => LastSeen = lastSeen;

    /// <summary>What was waited for, as it was last seen.</summary>
    public object? LastSeen { get; }
}
