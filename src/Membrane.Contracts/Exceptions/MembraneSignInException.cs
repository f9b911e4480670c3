using System;

namespace Membrane;

/// <summary>There is no usable sign-in. No request was made, or only one to sign in.</summary>
public sealed class MembraneSignInException : MembraneException
{
    /// <summary>Makes an error, as the client does; in a test, to see what a program does with it.</summary>
    /// <param name="errorId">The stable name of the error, one of <see cref="ErrorIds"/>.</param>
    /// <param name="message">What happened.</param>
    /// <param name="recommendedAction">What to do about it.</param>
    /// <param name="innerException">What caused it.</param>
    public MembraneSignInException(string errorId, string message, string? recommendedAction, Exception? innerException = null)
        : base(errorId, message, recommendedAction, innerException) => Outcome = RequestOutcome.NotSent;
}
