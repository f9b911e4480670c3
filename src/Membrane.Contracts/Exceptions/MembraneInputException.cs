using System;

namespace Membrane;

/// <summary>What was given cannot be sent. No request was made.</summary>
public class MembraneInputException : MembraneException
{
    internal MembraneInputException(
        string errorId,
        string parameterName,
        string message,
        string? recommendedAction = null,
        Exception? innerException = null
    )
        : base(errorId, message, recommendedAction, innerException)
    {
        ParameterName = parameterName;
        Outcome = RequestOutcome.NotSent;
    }

    /// <summary>The parameter that is wrong.</summary>
    public string ParameterName { get; }
}
