using System;

namespace Membrane;

/// <summary>The root of all errors that the client raises on purpose.</summary>
/// <remarks>Makes an error.</remarks>
/// <param name="errorId">The stable name of the error.</param>
/// <param name="message">What happened.</param>
/// <param name="recommendedAction">What to do about it.</param>
/// <param name="innerException">What caused it.</param>
public class MembraneException(string errorId, string message, string? recommendedAction = null, Exception? innerException = null)
    : Exception(ShownText.Of(message), innerException)
{
    /// <summary>The stable name of the error, listed in about_Membrane_Errors.</summary>
    public string ErrorId { get; } = errorId;

    /// <summary>What to do about it.</summary>
    public string? RecommendedAction { get; internal set; } = recommendedAction;

    /// <summary>What the error is about where its id says too little for a host's own advice; null elsewhere.</summary>
    internal string? Topic { get; set; }

    /// <summary>Whether what was asked for may have happened anyway.</summary>
    public RequestOutcome Outcome { get; set; } = RequestOutcome.Failed;

    /// <summary>The position of the input that failed among the inputs of the same command, from 0; empty where there was one.</summary>
    public long? InputIndex { get; internal set; }

    /// <summary>The same error of another input.</summary>
    internal MembraneException Copy() => (MembraneException)MemberwiseClone();
}
