using System;

namespace Membrane;

/// <summary>No answer came: the service could not be reached, the connection broke, or time ran out.</summary>
public sealed class MembraneNetworkException : MembraneException
{
    internal MembraneNetworkException(string errorId, string message, string? recommendedAction, Exception? innerException)
        : base(errorId, message, recommendedAction, innerException) { }
}
