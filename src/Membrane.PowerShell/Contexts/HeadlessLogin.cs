using Membrane.Client;
using Membrane.Client.Authentication.OAuth;

namespace Membrane.PowerShell.Contexts;

/// <summary>Begins a sign-in that the user completes with Complete-MembraneLogin, and emits the address of the page.</summary>
internal sealed class HeadlessLogin(ConnectMembraneCommand command) : ILogin
{
    public MembraneContext? SignIn()
    {
        var choice = MakePending(command);
        using OAuthClient oauth = new(command.Contexts.MakeOptions(choice.ApiUri, null));
        RequireWritableStore(command);
        (var pending, var address) = command.Await(token => HeadlessSignIn.BeginAsync(oauth, choice, token));
        command.Await(token => command.Contexts.Store.SaveAsync(pending, token));
        command.WriteObject(
            new PendingLogin(command.Name, address) { ApiUri = pending.ApiUri, ExpiresAt = pending.CreatedAt + PendingSignIn.Lifetime }
        );
        return null;
    }

    /// <summary>Returns what the sign-in is to be for.</summary>
    /// <exception cref="MembraneInputException">The parameters contradict each other.</exception>
    public static PendingSignIn MakePending(ConnectMembraneCommand command)
    {
        var choice = command.Choice;
        var scope = (OAuthScope?)command.Scope ?? (choice.IsEmpty ? OAuthScope.Tenant : OAuthScope.PlatformUser);
        if (scope == OAuthScope.Tenant && !choice.IsEmpty)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(command.Scope),
                "With -Scope Tenant the workspace and the tenant are chosen in the browser.",
                "Leave out -WorkspaceKey, -TenantKey and -Manager, or use -Scope PlatformUser."
            );
        }

        if (!choice.IsEmpty)
        {
            choice.Validate();
        }

        return new PendingSignIn
        {
            Name = command.Name,
            ApiUri = command.Address ?? MembraneClientOptions.DefaultApiUri,
            Scope = scope,
            WorkspaceKey = command.WorkspaceKey,
            TenantKey = command.TenantKey,
            IsManager = command.Manager,
        };
    }

    /// <summary>Checks that the sign-in can be stored, before the user is asked to sign in.</summary>
    public static void RequireWritableStore(ConnectMembraneCommand command)
    {
        var store = command.Contexts.Store;
        _ = store.Read();
        using var taken = command.Await(token => store.LockAsync(isPatient: true, token));
    }
}
