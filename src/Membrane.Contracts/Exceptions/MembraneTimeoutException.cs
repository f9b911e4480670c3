namespace Membrane;

/// <summary>What was waited for did not happen in time. It may still happen.</summary>
/// <remarks>Makes an error, as the client does; in a test, to see what a program does with it.</remarks>
/// <param name="errorId">The stable name of the error, one of <see cref="ErrorIds"/>.</param>
/// <param name="message">What happened.</param>
/// <param name="recommendedAction">What to do about it.</param>
/// <param name="lastSeen">What was waited for, as it was last seen.</param>
public sealed class MembraneTimeoutException(string errorId, string message, string? recommendedAction, object? lastSeen)
    : MembraneException(errorId, message, recommendedAction)
{
    /// <summary>What was waited for, as it was last seen.</summary>
    public object? LastSeen { get; } = lastSeen;
}
