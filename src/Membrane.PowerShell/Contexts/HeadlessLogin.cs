using Membrane.Client;
using Membrane.Client.Authentication.OAuth;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Sessions;

namespace Membrane.PowerShell.Contexts;

/// <summary>
/// Begins a sign-in on a page that shows a code. The user types or pastes the code at once, or passes it to Complete-MembraneLogin: then the
/// address of the page is emitted.
/// </summary>
internal sealed class HeadlessLogin(ConnectMembraneCommand command) : ILogin
{
    private const int MaxTries = 3;

    /// <summary>Whether the user is asked for the code.</summary>
    public bool AsksForCode { get; init; }

    public MembraneContext? SignIn()
    {
        var choice = MakePending(command);
        using OAuthClient oauth = new(command.Contexts.MakeOptions(choice.ApiUri, null));
        RequireWritableStore(command);
        (var pending, var address) = command.Await(token => HeadlessSignIn.BeginAsync(oauth, choice, token));
        command.Await(token => command.Contexts.Store.SaveAsync(pending, token));
        var person = new PersonOutput(command);
        if (AsksForCode)
        {
            person.SayPage("To sign in, open this page on any machine. It shows a code.", address.AbsoluteUri, command.ShowQRCode);
            return Ask(person, oauth, pending);
        }

        var login = new PendingLogin(command.Name, address)
        {
            ApiUri = pending.ApiUri,
            ExpiresAt = pending.CreatedAt + PendingSignIn.Lifetime,
        };
        if (person.IsSeen || command.Interactive)
        {
            var why = command.Interactive ? "There is no browser at hand, so the sign-in is only begun. " : string.Empty;
            person.SayPage(
                $"{why}Open this page on any machine, and pass the code that it shows to {login.NextStep}",
                address.AbsoluteUri,
                command.ShowQRCode
            );
        }

        command.Begun();
        command.WriteObject(login);
        return null;
    }

    /// <summary>Ends a sign-in with the code, and stores it.</summary>
    public static MembraneContext Complete(MembraneSignInCommand command, OAuthClient oauth, PendingSignIn pending, string code)
    {
        var contexts = command.Contexts;
        var tokens = command.Await(token => HeadlessSignIn.CompleteAsync(oauth, pending, code, token));
        var stored = command.Await(token => contexts.KeepAsync(tokens, pending, token));
        return contexts.MakeContext(stored, ContextFactory.ChoiceOf(stored));
    }

    // A wrong code is no reason to begin again: the page still shows the right one.
    private MembraneContext Ask(PersonOutput person, OAuthClient oauth, PendingSignIn pending)
    {
        for (var tries = 1; ; tries++)
        {
            var code = person.Ask("Code: ");
            if (code is null)
            {
                throw new MembraneSignInException(
                    ErrorIds.SignInFailed,
                    "No code was typed.",
                    "Pass the code that the page shows to Complete-MembraneLogin, or begin again."
                );
            }

            try
            {
                return Complete(command, oauth, pending, code);
            }
            catch (MembraneException exception)
                when (tries < MaxTries && exception is MembraneInputException or MembraneSignInException { ErrorId: ErrorIds.SignInFailed })
            {
                person.SayNow($"{exception.Message} Type the code that the page shows, or paste the address of the page.");
            }
        }
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
