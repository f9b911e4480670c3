using System;
using Membrane.Client;
using Membrane.Client.Authentication.OAuth;
using Membrane.Client.Authentication.Stored;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Sessions;

namespace Membrane.PowerShell.Contexts;

/// <summary>Makes contexts with the name, the time-out and the proxy of a command.</summary>
/// <param name="command">The command that signs in.</param>
internal sealed class ContextFactory(MembraneSignInCommand command)
{
    private CredentialStore? store;

    /// <summary>The file of the stored sign-ins.</summary>
    public CredentialStore Store => store ??= new CredentialStore();

    /// <summary>Makes a context whose tokens are used as they come.</summary>
    public MembraneContext MakeContext(ITokenSource tokens, AuthenticationType authenticationType, Uri? apiUri)
    {
        var options = MakeOptions(apiUri, tokens);
        return MakeContext(options.ApiUri, authenticationType, new MembraneSession(new MembraneClient(options), tokens));
    }

    /// <summary>Makes a context for an account: for one workspace where one was chosen, else for the account itself.</summary>
    public MembraneContext MakeAccountContext(
        ITokenSource accountTokens,
        AuthenticationType authenticationType,
        Uri? apiUri,
        WorkspaceChoice choice,
        StoredTokenSource? signIn = null
    )
    {
        var accountOptions = MakeOptions(apiUri, accountTokens);
        var account = new MembraneClient(accountOptions);
        if (choice.IsEmpty)
        {
            return MakeContext(accountOptions.ApiUri, authenticationType, new MembraneSession(account, accountTokens, account, signIn));
        }

        var tokens = new AccountTokenSource(account.Workspaces, choice);
        var context = MakeContext(
            accountOptions.ApiUri,
            authenticationType,
            new MembraneSession(new MembraneClient(MakeOptions(apiUri, tokens)), tokens, account, signIn)
        );
        context.WorkspaceKey = choice.WorkspaceKey;
        context.TenantKey = choice.TenantKey;
        context.IsManager = choice.IsManager;
        return context;
    }

    /// <summary>Makes a context for a stored sign-in.</summary>
    public MembraneContext MakeContext(StoredSignIn stored, WorkspaceChoice choice)
    {
        var tokens = new StoredTokenSource(Store, stored, new OAuthClient(MakeOptions(stored.ApiUri, null)), warn: Warn);
        MembraneContext context;
        if (stored.Scope == OAuthScope.PlatformUser)
        {
            context = MakeAccountContext(tokens, AuthenticationType.SignIn, stored.ApiUri, choice, tokens);
        }
        else
        {
            var options = MakeOptions(stored.ApiUri, tokens);
            context = MakeContext(
                options.ApiUri,
                AuthenticationType.SignIn,
                new MembraneSession(new MembraneClient(options), tokens, signIn: tokens)
            );
            context.WorkspaceKey = stored.WorkspaceKey;
            context.TenantKey = stored.TenantKey;
        }

        context.Email = stored.Email;
        return context;
    }

    /// <summary>Stores the tokens of a user who has just signed in.</summary>
    public StoredSignIn Keep(OAuthTokens tokens, PendingSignIn choice)
    {
        // Only a choice made beforehand is complete without a tenant; else the one made in the browser counts.
        var chosenHere = choice.TenantKey is not null || choice.IsManager;
        var stored = new StoredSignIn
        {
            Id = Guid.NewGuid().ToString("N"),
            Name = choice.Name,
            ApiUri = choice.ApiUri,
            Scope = choice.Scope,
            AccessToken = tokens.AccessToken,
            ExpiresAt = tokens.ExpiresAt,
            RefreshToken = tokens.RefreshToken,
            WorkspaceKey =
                choice.WorkspaceKey
                ?? (choice.Scope == OAuthScope.Tenant || chosenHere || tokens.TenantKey is not null ? tokens.WorkspaceKey : null),
            TenantKey = chosenHere ? choice.TenantKey : tokens.TenantKey,
            IsManager = choice.IsManager,
            Email = tokens.Email,
        };
        command.Await(token => Store.SaveAsync(stored, token));
        return stored;
    }

    /// <summary>Returns the choice that was made when the sign-in was stored.</summary>
    public static WorkspaceChoice ChoiceOf(StoredSignIn stored) =>
        new()
        {
            WorkspaceKey = stored.WorkspaceKey,
            TenantKey = stored.TenantKey,
            IsManager = stored.IsManager,
        };

    /// <summary>Returns the options of a client.</summary>
    public MembraneClientOptions MakeOptions(Uri? apiUri, ITokenSource? tokens) =>
        new()
        {
            ApiUri = apiUri ?? MembraneClientOptions.DefaultApiUri,
            AllowUnencryptedAuthentication = command.AllowUnencryptedAuthentication,
            TokenSource = tokens!,
            RequestTimeout = TimeSpan.FromSeconds(command.RequestTimeoutSec),
            Proxy = ProxyChoice.Make(command),
            ObjectModel = PowerShellObjectAdapter.Instance,
            UserAgent =
                $"Membrane.PowerShell/{typeof(MembraneSignInCommand).Assembly.GetName().Version!.ToString(3)} "
                + $"PowerShell/{command.Host.Version}",
        };

    // By the command that is waiting for the token, which is rarely the one that signed in. A completer has none.
    private static bool Warn(string text)
    {
        var current = MembraneCommand.Current;
        current?.Post(() => current.WriteWarning(text + " Connect-Membrane -Interactive (or -NonInteractive) does that."));
        return current is not null;
    }

    private MembraneContext MakeContext(Uri apiUri, AuthenticationType authenticationType, MembraneSession session) =>
        new(command.Name)
        {
            ApiUri = apiUri,
            AuthenticationType = authenticationType,
            Session = session,
            ExpirySource = () => session.Tokens.ExpiresAt,
        };
}
