using System.Linq;
using Membrane.Client;
using Membrane.Client.Authentication.OAuth;
using Membrane.Client.Authentication.Stored;
using Membrane.PowerShell.Sessions;

namespace Membrane.PowerShell.Contexts;

/// <summary>Signs in with a stored sign-in. That of an account serves any number of contexts, each for its own workspace and tenant.</summary>
internal sealed class StoredLogin(ConnectMembraneCommand command) : ILogin
{
    public MembraneContext SignIn()
    {
        var apiUri = command.Address;
        var choice = command.Choice;
        var stored = Find(command.Contexts.Store.Read(), choice);
        if (apiUri is not null && apiUri != stored.ApiUri)
        {
            throw new MembraneSignInException(
                ErrorIds.NotSignedIn,
                $"The stored sign-in '{stored.Name}' is for {stored.ApiUri}, not for {apiUri}.",
                "Sign in there with Connect-Membrane -Interactive -ApiUri and another -Name, or leave out -ApiUri and MEMBRANE_API_URL."
            );
        }

        if (stored.Scope == OAuthScope.Tenant && !choice.IsEmpty)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(command.TenantKey),
                $"The stored sign-in '{stored.Name}' is for one tenant already: nothing can be chosen with it.",
                "Leave out -WorkspaceKey, -TenantKey and -Manager, or sign in with Connect-Membrane -Interactive -Scope PlatformUser."
            );
        }

        command.WriteVerbose($"Using the stored sign-in '{stored.Name}'.");
        // Who names only a tenant stays in the workspace of the sign-in.
        choice.WorkspaceKey ??= stored.WorkspaceKey;
        return command.Contexts.MakeContext(stored, command.Choice.IsEmpty ? ContextFactory.ChoiceOf(stored) : choice);
    }

    private StoredSignIn Find(CredentialSection section, WorkspaceChoice choice)
    {
        var wanted = command.SignInName ?? command.Name;
        if (section.SignIns.TryGetValue(wanted, out var named))
        {
            return named;
        }

        if (section.SignIns.Count == 0)
        {
            throw MembraneSession.NotSignedIn();
        }

        // A context of an own name for a tenant is made of the account that is there. Without a choice it would be another context of the
        // same tenant, which is rather a mistyped name.
        var accounts = section.SignIns.Values.Where(static signIn => signIn.Scope == OAuthScope.PlatformUser).ToArray();
        if (command.SignInName is null && !choice.IsEmpty)
        {
            var usual = accounts.FirstOrDefault(static signIn => signIn.Name == RunspaceState.DefaultContextName);
            if ((usual ?? (accounts.Length == 1 ? accounts[0] : null)) is { } account)
            {
                return account;
            }
        }

        var names = string.Join(
            ", ",
            section.SignIns.Keys.OrderBy(static name => name, System.StringComparer.Ordinal).Select(static name => $"'{name}'")
        );
        throw new MembraneSignInException(
            ErrorIds.NotSignedIn,
            $"No sign-in '{wanted}' is stored. There is {names}.",
            choice.IsEmpty
                ? "Name one of them with -Name, or sign in with Connect-Membrane -Interactive and this -Name."
                : "Name the one of the account with -SignInName, or sign in with Connect-Membrane -Interactive -Scope PlatformUser."
        );
    }
}
