using System;

namespace Membrane;

/// <summary>There is no usable sign-in. No request was made, or only one to sign in.</summary>
public sealed class MembraneSignInException : MembraneException
{
    internal MembraneSignInException(string errorId, string message, string? recommendedAction, Exception? innerException = null)
        : base(errorId, message, recommendedAction, innerException) => Outcome = RequestOutcome.NotSent;
}
