using System;

namespace Membrane;

/// <summary>The root of all errors that the client raises on purpose.</summary>
public class MembraneException : Exception
{
    /// <summary>Makes an error.</summary>
    /// <param name="errorId">The stable name of the error.</param>
    /// <param name="message">What happened.</param>
    /// <param name="recommendedAction">What to do about it.</param>
    /// <param name="innerException">What caused it.</param>
    public MembraneException(string errorId, string message, string? recommendedAction = null, Exception? innerException = null)
        : base(message, innerException)
    {
        ErrorId = errorId;
        RecommendedAction = recommendedAction;
    }

    /// <summary>The stable name of the error, listed in about_Membrane_Errors.</summary>
    public string ErrorId { get; }

    /// <summary>What to do about it.</summary>
    public string? RecommendedAction { get; }

    /// <summary>Whether what was asked for may have happened all the same.</summary>
    public RequestOutcome Outcome { get; internal set; } = RequestOutcome.Failed;

    /// <summary>The position of the input that failed among the inputs of the same command, from 0; empty where there was one.</summary>
    public long? InputIndex { get; internal set; }

    /// <summary>The same error of another input.</summary>
    internal MembraneException Copy() => (MembraneException)MemberwiseClone();
}
