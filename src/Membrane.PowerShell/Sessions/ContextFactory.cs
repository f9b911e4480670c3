using System;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client;
using Membrane.Client.Authentication.OAuth;
using Membrane.Client.Authentication.Stored;
using Membrane.Client.Tokens;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Sessions;

/// <summary>Makes contexts.</summary>
/// <param name="settings">The name of the contexts, and how they reach the service.</param>
internal sealed class ContextFactory(ContextSettings settings)
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

    /// <summary>Makes a context for a token: of a workspace, or of an account.</summary>
    /// <exception cref="MembraneInputException">The token is not valid, or is made for a workspace and another one was chosen.</exception>
    public MembraneContext MakeTokenContext(string token, Uri? apiUri, WorkspaceChoice choice)
    {
        var tokens = new FixedTokenSource(token);
        var claims = TokenText.ReadPayload(token.Trim());
        var workspaceKey = TokenText.ReadWorkspaceKey(claims);
        if (TokenText.IsAccountToken(token.Trim()) || (workspaceKey is null && !choice.IsEmpty))
        {
            return MakeAccountContext(tokens, AuthenticationType.Token, apiUri, choice);
        }

        if (!choice.IsEmpty)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(WorkspaceChoice.TenantKey),
                "The token is made for a workspace already: nothing can be chosen with it.",
                "Leave out -WorkspaceKey, -TenantKey and -Manager, or pass an account token (pat-…)."
            );
        }

        var context = MakeContext(tokens, AuthenticationType.Token, apiUri);
        context.WorkspaceKey = workspaceKey;
        context.TenantKey = TokenText.ReadText(claims, "tenantKey") ?? TokenText.ReadText(claims, "id");
        context.IsManager = TokenText.IsManager(claims);
        return context;
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
    public async Task<StoredSignIn> KeepAsync(OAuthTokens tokens, PendingSignIn choice, CancellationToken cancellationToken)
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
        await Store.SaveAsync(stored, cancellationToken).ConfigureAwait(false);
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
            AllowUnencryptedAuthentication = settings.AllowUnencryptedAuthentication,
            TokenSource = tokens!,
            RequestTimeout = settings.RequestTimeout,
            Proxy = settings.Proxy,
            ObjectModel = PowerShellObjectAdapter.Instance,
            UserAgent =
                $"Membrane.PowerShell/{typeof(ContextFactory).Assembly.GetName().Version!.ToString(3)} "
                + $"PowerShell/{settings.HostVersion}",
        };

    // By the command that is waiting for the token, which is rarely the one that signed in. A completer has none.
    private static bool Warn(string text)
    {
        var current = MembraneCommand.Current;
        current?.Post(() => current.WriteWarning(text + " Connect-Membrane -Interactive (or -NonInteractive) does that."));
        return current is not null;
    }

    private MembraneContext MakeContext(Uri apiUri, AuthenticationType authenticationType, MembraneSession session) =>
        new(settings.Name)
        {
            ApiUri = apiUri,
            AuthenticationType = authenticationType,
            Session = session,
            ExpirySource = () => session.Tokens.ExpiresAt,
        };
}
