using System;

namespace Membrane;

/// <summary>No answer came: the service could not be reached, the connection broke, or time ran out.</summary>
/// <remarks>Makes an error, as the client does; in a test, to see what a program does with it.</remarks>
/// <param name="errorId">The stable name of the error, one of <see cref="ErrorIds"/>.</param>
/// <param name="message">What happened.</param>
/// <param name="recommendedAction">What to do about it.</param>
/// <param name="innerException">What caused it.</param>
public sealed class MembraneNetworkException(string errorId, string message, string? recommendedAction, Exception? innerException)
    : MembraneException(errorId, message, recommendedAction, innerException);
