using System;

namespace Membrane;

/// <summary>What was given cannot be sent. No request was made.</summary>
public class MembraneInputException : MembraneException
{
    /// <summary>Makes an error, as the client does; in a test, to see what a program does with it.</summary>
    /// <param name="errorId">The stable name of the error, one of <see cref="ErrorIds"/>.</param>
    /// <param name="parameterName">The parameter or option that is wrong.</param>
    /// <param name="message">What happened.</param>
    /// <param name="recommendedAction">What to do about it.</param>
    /// <param name="innerException">What caused it.</param>
    public MembraneInputException(
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
