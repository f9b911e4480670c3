using Membrane.Client.Authentication.OAuth;
using Membrane.PowerShell.Sessions;

namespace Membrane.PowerShell.Contexts;

/// <summary>Signs in with the stored sign-in of the name.</summary>
internal sealed class StoredLogin(ConnectMembraneCommand command) : ILogin
{
    public MembraneContext SignIn()
    {
        var contexts = command.Contexts;
        var name = command.Name;
        var apiUri = command.Address;
        var choice = command.Choice;
        var stored = contexts.Store.FindSignIn(name) ?? throw MembraneSession.NotSignedIn();
        if (apiUri is not null && apiUri != stored.ApiUri)
        {
            throw new MembraneSignInException(
                ErrorIds.NotSignedIn,
                $"The stored sign-in '{name}' is for {stored.ApiUri}, not for {apiUri}.",
                "Sign in there with Connect-Membrane -Interactive -ApiUri and another -Name, or leave out -ApiUri and MEMBRANE_API_URL."
            );
        }

        if (stored.Scope == OAuthScope.Tenant && !choice.IsEmpty)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(command.TenantKey),
                $"The stored sign-in '{name}' is for one tenant already: nothing can be chosen with it.",
                "Leave out -WorkspaceKey, -TenantKey and -Manager, or sign in with Connect-Membrane -Interactive -Scope PlatformUser."
            );
        }

        command.WriteVerbose($"Using the stored sign-in '{name}'.");
        return contexts.MakeContext(stored, choice.IsEmpty ? ContextFactory.ChoiceOf(stored) : choice);
    }
}
