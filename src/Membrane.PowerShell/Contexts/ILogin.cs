namespace Membrane.PowerShell.Contexts;

/// <summary>One way to sign in.</summary>
internal interface ILogin
{
    /// <summary>Signs in, and returns the context; null where a person must complete the sign-in later.</summary>
    MembraneContext? SignIn();
}
