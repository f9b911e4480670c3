using System;

namespace Membrane.PowerShell.Sessions;

/// <summary>A sign-in that was asked for and did not come about.</summary>
/// <param name="name">The name that its context was to have.</param>
/// <param name="why">What happened, in a sentence.</param>
/// <param name="advice">How to sign in after all.</param>
internal sealed class SignInFailure(string name, string why, string advice)
{
    public string Name => name;

    public string Why => why;

    public string Advice => advice;

    /// <summary>Whether a name is the one that the context was to have.</summary>
    public bool IsOf(string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);
}
