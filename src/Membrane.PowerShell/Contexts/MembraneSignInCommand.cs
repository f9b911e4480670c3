using System;
using System.Management.Automation;
using System.Net;
using Membrane.Client;
using Membrane.Client.Authentication;
using Membrane.Client.Authentication.OAuth;
using Membrane.Client.Authentication.Stored;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Sessions;

namespace Membrane.PowerShell.Contexts;

/// <summary>The base of the commands that make contexts: how the context is called and how it reaches the service.</summary>
public abstract class MembraneSignInCommand : MembraneCommand
{
    private CredentialStore? store;

    /// <summary>A name for the context. One of the same name is replaced; a stored sign-in is kept under it.</summary>
    [Parameter]
    [RefuseNothing]
    public string Name { get; set; } = RunspaceState.DefaultContextName;

    /// <summary>How many seconds a request may take, from 1; a request that waits for something gets them on top.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int RequestTimeoutSec { get; set; } = 100;

    /// <summary>The address of a proxy.</summary>
    [Parameter]
    public Uri? Proxy { get; set; }

    /// <summary>Who to be for the proxy.</summary>
    [Parameter]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>Emit the context.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The file of the stored sign-ins.</summary>
    private protected CredentialStore Store => store ??= new CredentialStore();

    /// <inheritdoc/>
    protected override bool AreErrorsTerminating => true;

    /// <summary>Makes the context the one in use.</summary>
    private protected void Use(MembraneContext context)
    {
        RunspaceState.Current.Add(context);
        if (PassThru)
        {
            WriteObject(context);
        }
    }

    /// <summary>A context whose tokens are used as they come.</summary>
    private protected MembraneContext MakeContext(ITokenSource tokens, AuthenticationType authenticationType, Uri? apiUri)
    {
        var options = MakeOptions(apiUri, tokens);
        return MakeContext(options.ApiUri, authenticationType, new MembraneSession(new MembraneClient(options), tokens));
    }

    /// <summary>A context for an account: for one workspace where one was chosen, else for the account itself.</summary>
    private protected MembraneContext MakeAccountContext(
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

    /// <summary>A context for a stored sign-in.</summary>
    private protected MembraneContext MakeContext(StoredSignIn stored, WorkspaceChoice choice)
    {
        var tokens = new StoredTokenSource(Store, stored, new OAuthClient(MakeOptions(stored.ApiUri, null)), warn: Warn);
        MembraneContext context;
        if (stored.Scope == SignInScope.PlatformUser)
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

    /// <summary>Keeps the tokens of a person who has just signed in.</summary>
    private protected StoredSignIn Keep(OAuthTokens tokens, PendingSignIn choice)
    {
        // Only one's own choice, made beforehand, is complete without a tenant; else the one made in the browser counts.
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
                ?? (choice.Scope == SignInScope.Tenant || chosenHere || tokens.TenantKey is not null ? tokens.WorkspaceKey : null),
            TenantKey = chosenHere ? choice.TenantKey : tokens.TenantKey,
            IsManager = choice.IsManager,
            Email = tokens.Email,
        };
        Await(token => Store.SaveAsync(stored, token));
        return stored;
    }

    /// <summary>What was chosen when the sign-in was stored.</summary>
    private protected static WorkspaceChoice ChoiceOf(StoredSignIn stored) =>
        new()
        {
            WorkspaceKey = stored.WorkspaceKey,
            TenantKey = stored.TenantKey,
            IsManager = stored.IsManager,
        };

    /// <summary>How to talk to the service.</summary>
    private protected MembraneClientOptions MakeOptions(Uri? apiUri, ITokenSource? tokens) =>
        new()
        {
            ApiUri = apiUri ?? MembraneClientOptions.DefaultApiUri,
            TokenSource = tokens!,
            RequestTimeout = TimeSpan.FromSeconds(RequestTimeoutSec),
            Proxy = Proxy is null ? null : new WebProxy(Proxy) { Credentials = ProxyCredential?.GetNetworkCredential() },
            ObjectModel = PowerShellObjectAdapter.Instance,
            UserAgent =
                $"Membrane.PowerShell/{typeof(MembraneSignInCommand).Assembly.GetName().Version!.ToString(3)} PowerShell/{Host.Version}",
        };

    // By the command that is waiting for the token, which is seldom the one that signed in. What completes words has none.
    private static bool Warn(string text)
    {
        var command = Current;
        command?.Post(() => command.WriteWarning(text));
        return command is not null;
    }

    private MembraneContext MakeContext(Uri apiUri, AuthenticationType authenticationType, MembraneSession session) =>
        new(Name)
        {
            ApiUri = apiUri,
            AuthenticationType = authenticationType,
            Session = session,
            ExpirySource = () => session.Tokens.ExpiresAt,
        };
}
