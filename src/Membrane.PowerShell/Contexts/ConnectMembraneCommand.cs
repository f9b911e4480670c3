using System;
using System.Collections;
using System.Management.Automation;
using System.Security;
using Membrane.Client;
using Membrane.Client.Authentication;
using Membrane.Client.Authentication.OAuth;
using Membrane.Client.Authentication.Stored;
using Membrane.Emulator;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Emulators;
using Membrane.PowerShell.Sessions;
using Membrane.PowerShell.Tokens;

namespace Membrane.PowerShell.Contexts;

/// <summary>
/// Signs in: makes a context that the other commands use. Without parameters it looks at the environment variables,
/// then for a stored sign-in. Only signing in by browser sends requests.
/// </summary>
[Cmdlet(
    VerbsCommunications.Connect,
    "Membrane",
    DefaultParameterSetName = EnvironmentSet,
    HelpUri = OnlineHelp.Pages + "Connect-Membrane.md"
)]
[OutputType(typeof(MembraneContext), typeof(PendingLogin))]
public sealed class ConnectMembraneCommand : MembraneSignInCommand
{
    private const string EnvironmentSet = "Environment";
    private const string TokenSet = "Token";
    private const string SecretSet = "WorkspaceSecret";
    private const string KeySet = "PrivateKey";
    private const string KeyFileSet = "PrivateKeyPath";
    private const string ScriptSet = "TokenScript";
    private const string VaultSet = "SecretManagement";
    private const string BrowserSet = "Interactive";
    private const string HeadlessSet = "NonInteractive";
    private const string EmulatorSet = "Emulator";
    private const string DefaultEmulatorTenant = "emulator-tenant";

    /// <summary>
    /// A token: a JWT, or an account token that begins with pat-. With an account token, -WorkspaceKey and -TenantKey (or -Manager) choose
    /// where to act.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = TokenSet)]
    [TokenTransformation]
    public SecureString? Token { get; set; }

    /// <summary>The key of the workspace.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SecretSet)]
    [Parameter(Mandatory = true, ParameterSetName = KeySet)]
    [Parameter(Mandatory = true, ParameterSetName = KeyFileSet)]
    [Parameter(ParameterSetName = EnvironmentSet)]
    [Parameter(ParameterSetName = TokenSet)]
    [Parameter(ParameterSetName = VaultSet)]
    [Parameter(ParameterSetName = BrowserSet)]
    [Parameter(ParameterSetName = HeadlessSet)]
    [RefuseNothing]
    public string? WorkspaceKey { get; set; }

    /// <summary>The secret of the workspace, which signs the tokens.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SecretSet)]
    [SecretTransformation]
    public SecureString? WorkspaceSecret { get; set; }

    /// <summary>
    /// A private key in PEM form whose public half is registered in the workspace; it signs the tokens. RSA or elliptic curve, not
    /// encrypted.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = KeySet)]
    [SecretTransformation]
    public SecureString? PrivateKey { get; set; }

    /// <summary>The file with the private key.</summary>
    [Parameter(Mandatory = true, ParameterSetName = KeyFileSet)]
    [RefuseNothing]
    public string? PrivateKeyPath { get; set; }

    /// <summary>
    /// A script block that emits a token: a string, a SecureString, or an object with a property Token. It runs in this session whenever a
    /// token is needed.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = ScriptSet)]
    public ScriptBlock? TokenScript { get; set; }

    /// <summary>
    /// The name of a secret in a SecretManagement vault: a token, or with -WorkspaceKey the workspace secret or a private key in PEM form.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = VaultSet)]
    [RefuseNothing]
    public string? SecretName { get; set; }

    /// <summary>The vault with the secret. Without it, the vaults are searched as Get-Secret does.</summary>
    [Parameter(ParameterSetName = VaultSet)]
    [RefuseNothing]
    public string? VaultName { get; set; }

    /// <summary>
    /// Sign in with the browser. Where there is none at hand (over SSH, in a container), it is begun as with -NonInteractive.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = BrowserSet)]
    public SwitchParameter Interactive { get; set; }

    /// <summary>
    /// Begin to sign in, and emit the address of the page. Open it on any machine, and pass the code that it shows to
    /// Complete-MembraneLogin.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = HeadlessSet)]
    public SwitchParameter NonInteractive { get; set; }

    /// <summary>
    /// What to ask for: Tenant (one tenant of one workspace, the default) or PlatformUser (the account, the default with -WorkspaceKey,
    /// -TenantKey or -Manager).
    /// </summary>
    [Parameter(ParameterSetName = BrowserSet)]
    [Parameter(ParameterSetName = HeadlessSet)]
    public SignInScope? Scope { get; set; }

    /// <summary>How many seconds to wait for the person, from 1.</summary>
    [Parameter(ParameterSetName = BrowserSet)]
    [ValidateRange(1, 86400)]
    public int TimeoutSec { get; set; } = 300;

    /// <summary>Your own id of the tenant to act for: a user or an organization.</summary>
    [Parameter(ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = KeySet)]
    [Parameter(ParameterSetName = KeyFileSet)]
    [Parameter(ParameterSetName = EnvironmentSet)]
    [Parameter(ParameterSetName = TokenSet)]
    [Parameter(ParameterSetName = VaultSet)]
    [Parameter(ParameterSetName = BrowserSet)]
    [Parameter(ParameterSetName = HeadlessSet)]
    [Parameter(ParameterSetName = EmulatorSet)]
    [Alias("CustomerId", "TenantId")]
    [RefuseNothing]
    public string? TenantKey { get; set; }

    /// <summary>The display name of the tenant.</summary>
    [Parameter(ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = KeySet)]
    [Parameter(ParameterSetName = KeyFileSet)]
    [Parameter(ParameterSetName = TokenSet)]
    [Parameter(ParameterSetName = VaultSet)]
    [Parameter(ParameterSetName = EmulatorSet)]
    public string? TenantName { get; set; }

    /// <summary>Fields kept on the tenant.</summary>
    [Parameter(ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = KeySet)]
    [Parameter(ParameterSetName = KeyFileSet)]
    [Parameter(ParameterSetName = TokenSet)]
    [Parameter(ParameterSetName = VaultSet)]
    [Parameter(ParameterSetName = EmulatorSet)]
    [DictionaryTransformation]
    public IDictionary? TenantField { get; set; }

    /// <summary>Manage the whole workspace instead of acting for one tenant.</summary>
    [Parameter(ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = KeySet)]
    [Parameter(ParameterSetName = KeyFileSet)]
    [Parameter(ParameterSetName = EnvironmentSet)]
    [Parameter(ParameterSetName = TokenSet)]
    [Parameter(ParameterSetName = VaultSet)]
    [Parameter(ParameterSetName = BrowserSet)]
    [Parameter(ParameterSetName = HeadlessSet)]
    [Parameter(ParameterSetName = EmulatorSet)]
    public SwitchParameter Manager { get; set; }

    /// <summary>
    /// The signature of the tokens. With a secret HS256 (the default), HS384 or HS512; with a private key RS, PS or ES with 256, 384 or
    /// 512, by default what fits the key.
    /// </summary>
    [Parameter(ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = KeySet)]
    [Parameter(ParameterSetName = KeyFileSet)]
    [Parameter(ParameterSetName = VaultSet)]
    [ValidateSet("HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")]
    public string? Algorithm { get; set; }

    /// <summary>
    /// The names of the claims: Issuer (iss and id), WorkspaceKey (workspaceKey and id) or TenantKey (workspaceKey and tenantKey).
    /// </summary>
    [Parameter(ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = KeySet)]
    [Parameter(ParameterSetName = KeyFileSet)]
    [Parameter(ParameterSetName = VaultSet)]
    public TokenClaimForm ClaimForm { get; set; } = TokenClaimForm.Issuer;

    /// <summary>How many seconds a token lasts, from 60.</summary>
    [Parameter(ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = KeySet)]
    [Parameter(ParameterSetName = KeyFileSet)]
    [Parameter(ParameterSetName = VaultSet)]
    [ValidateRange(60, int.MaxValue)]
    public int TokenLifetimeSec { get; set; } = 3600;

    /// <summary>Use a local workspace in this process; one is started if none runs.</summary>
    [Parameter(Mandatory = true, ParameterSetName = EmulatorSet)]
    public SwitchParameter Emulator { get; set; }

    /// <summary>The address of the API, where it is not the public service.</summary>
    [Parameter(ParameterSetName = EnvironmentSet)]
    [Parameter(ParameterSetName = TokenSet)]
    [Parameter(ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = KeySet)]
    [Parameter(ParameterSetName = KeyFileSet)]
    [Parameter(ParameterSetName = ScriptSet)]
    [Parameter(ParameterSetName = VaultSet)]
    [Parameter(ParameterSetName = BrowserSet)]
    [Parameter(ParameterSetName = HeadlessSet)]
    [Alias("ApiUrl")]
    [RefuseNothing]
    public Uri? ApiUri { get; set; }

    /// <summary>The address of the API, if anything says one.</summary>
    private Uri? Address => ApiUri ?? EnvironmentSettings.Read().ApiUri;

    private WorkspaceChoice Choice =>
        new()
        {
            WorkspaceKey = WorkspaceKey,
            TenantKey = TenantKey,
            IsManager = Manager,
            TenantName = TenantName,
            Fields = Dictionaries.Map(TenantField),
        };

    /// <inheritdoc/>
    protected override void Process()
    {
        var context = ParameterSetName switch
        {
            TokenSet => FromToken(Secrets.Reveal(Token!), Address),
            SecretSet => FromSecret(WorkspaceKey!, Secrets.Reveal(WorkspaceSecret!), TenantKey, Address),
            KeySet => FromPrivateKey(Secrets.Reveal(PrivateKey!)),
            KeyFileSet => FromPrivateKey(KeyFile.Read(this, PrivateKeyPath!, nameof(PrivateKeyPath))),
            ScriptSet => MakeContext(new ScriptTokenSource(TokenScript!), AuthenticationType.ScriptBlock, Address),
            VaultSet => FromVault(),
            BrowserSet => FromBrowser(),
            HeadlessSet => BeginHeadless(),
            EmulatorSet => FromEmulator(),
            _ => FromEnvironment(),
        };
        if (context is not null)
        {
            Use(context);
        }
    }

    private MembraneContext FromToken(string token, Uri? apiUri)
    {
        var tokens = new FixedTokenSource(token);
        var claims = TokenText.ReadPayload(token.Trim());
        var workspaceKey = TokenText.ReadWorkspaceKey(claims);
        if (TokenText.IsAccountToken(token.Trim()) || (workspaceKey is null && !Choice.IsEmpty))
        {
            return MakeAccountContext(tokens, AuthenticationType.Token, apiUri, Choice);
        }

        if (!Choice.IsEmpty)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(TenantKey),
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

    private MembraneContext FromSecret(string workspaceKey, string workspaceSecret, string? tenantKey, Uri? apiUri) =>
        FromKey(workspaceKey, workspaceSecret, null, tenantKey, apiUri, AuthenticationType.WorkspaceSecret);

    private MembraneContext FromPrivateKey(string privateKey) =>
        FromKey(WorkspaceKey!, string.Empty, privateKey, TenantKey, Address, AuthenticationType.PrivateKey);

    private MembraneContext FromKey(
        string workspaceKey,
        string workspaceSecret,
        string? privateKey,
        string? tenantKey,
        Uri? apiUri,
        AuthenticationType authenticationType
    )
    {
        if (!Manager && string.IsNullOrWhiteSpace(tenantKey))
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(TenantKey),
                "Nothing says for which tenant to act.",
                "Pass -TenantKey (or set MEMBRANE_TENANT_KEY), or -Manager to manage the whole workspace."
            );
        }

        var options = new WorkspaceTokenOptions
        {
            WorkspaceKey = workspaceKey,
            WorkspaceSecret = workspaceSecret,
            PrivateKey = privateKey,
            TenantKey = Manager ? null : tenantKey,
            TenantName = TenantName,
            Fields = Dictionaries.Map(TenantField),
            IsManager = Manager,
            Algorithm = Algorithm,
            ClaimForm = ClaimForm,
            Lifetime = TimeSpan.FromSeconds(TokenLifetimeSec),
        };
        if (privateKey is not null)
        {
            // A key that cannot be used is better said now than at the first request.
            _ = new TokenMinter(options);
        }

        var context = MakeContext(new WorkspaceTokenSource(options), authenticationType, apiUri);
        context.WorkspaceKey = workspaceKey;
        context.TenantKey = Manager ? null : tenantKey;
        context.IsManager = Manager;
        return context;
    }

    private MembraneContext FromVault()
    {
        var secret = SecretVault.Read(this, SecretName!, VaultName);
        return secret.TrimStart().StartsWith("-----BEGIN", StringComparison.Ordinal) && WorkspaceKey is not null ? FromPrivateKey(secret)
            : WorkspaceKey is not null && !TokenText.IsAccountToken(secret.Trim()) ? FromSecret(WorkspaceKey, secret, TenantKey, Address)
            : FromToken(secret, Address);
    }

    private MembraneContext? FromBrowser()
    {
        if (!Browser.IsAtHand(Host))
        {
            WriteWarning(
                "There is no browser at hand, so the sign-in is only begun: open the address on any machine, and pass the code that it "
                    + "shows to Complete-MembraneLogin."
            );
            return BeginHeadless();
        }

        var choice = MakePending();
        using OAuthClient oauth = new(MakeOptions(choice.ApiUri, null));
        ProveStoreWritable();
        using var signIn = Await(token => BrowserSignIn.BeginAsync(oauth, choice.Scope, token));
        Say($"Sign in in the browser. If no page opens, open this address on this machine: {signIn.Address}");
        if (!Browser.TryOpen(signIn.Address))
        {
            WriteWarning("No browser could be started. Open the address yourself.");
        }

        var tokens = Await(token => signIn.CompleteAsync(TimeSpan.FromSeconds(TimeoutSec), token));
        var stored = Keep(tokens, choice);
        return MakeContext(stored, ChoiceOf(stored));
    }

    private MembraneContext? BeginHeadless()
    {
        var choice = MakePending();
        using OAuthClient oauth = new(MakeOptions(choice.ApiUri, null));
        ProveStoreWritable();
        (var pending, var address) = Await(token => HeadlessSignIn.BeginAsync(oauth, choice, token));
        Await(token => Store.SaveAsync(pending, token));
        WriteObject(new PendingLogin(Name, address) { ApiUri = pending.ApiUri, ExpiresAt = pending.CreatedAt + PendingSignIn.Lifetime });
        return null;
    }

    private PendingSignIn MakePending()
    {
        var scope = Scope ?? (Choice.IsEmpty ? SignInScope.Tenant : SignInScope.PlatformUser);
        if (scope == SignInScope.Tenant && !Choice.IsEmpty)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(Scope),
                "With -Scope Tenant the workspace and the tenant are chosen in the browser.",
                "Leave out -WorkspaceKey, -TenantKey and -Manager, or use -Scope PlatformUser."
            );
        }

        if (!Choice.IsEmpty)
        {
            Choice.Validate();
        }

        return new PendingSignIn
        {
            Name = Name,
            ApiUri = Address ?? MembraneClientOptions.DefaultApiUri,
            Scope = scope,
            WorkspaceKey = WorkspaceKey,
            TenantKey = TenantKey,
            IsManager = Manager,
        };
    }

    // Before a person is asked to sign in, not after.
    private void ProveStoreWritable()
    {
        _ = Store.Read();
        using var taken = Await(token => Store.LockAsync(isPatient: true, token));
    }

    private MembraneContext FromEmulator()
    {
        var emulator = RunspaceState.Current.NewestEmulator ?? EmulatorControl.Start(new EmulatorOptions());
        var host = (EmulatorHost)emulator.Host;
        var context = FromSecret(host.WorkspaceKey, host.WorkspaceSecret, TenantKey ?? DefaultEmulatorTenant, host.BaseUri);
        context.Emulator = emulator;
        return context;
    }

    private MembraneContext FromEnvironment()
    {
        var environment = EnvironmentSettings.Read();
        var apiUri = Address;
        if (environment.Token is { } token)
        {
            WriteVerbose($"Signing in with the environment variable {environment.TokenVariable}.");
            return FromToken(token, apiUri);
        }

        if ((WorkspaceKey ?? environment.WorkspaceKey) is { } key && environment.WorkspaceSecret is { } secret)
        {
            WriteVerbose("Signing in with the environment variables MEMBRANE_WORKSPACE_KEY and MEMBRANE_WORKSPACE_SECRET.");
            return FromSecret(key, secret, TenantKey ?? environment.TenantKey, apiUri);
        }

        return FromStore(apiUri);
    }

    private MembraneContext FromStore(Uri? apiUri)
    {
        var stored = Store.FindSignIn(Name) ?? throw MembraneSession.NotSignedIn();
        if (apiUri is not null && apiUri != stored.ApiUri)
        {
            throw new MembraneSignInException(
                ErrorIds.NotSignedIn,
                $"The stored sign-in '{Name}' is for {stored.ApiUri}, not for {apiUri}.",
                "Sign in there with Connect-Membrane -Interactive -ApiUri and another -Name, or leave out -ApiUri and MEMBRANE_API_URL."
            );
        }

        if (stored.Scope == SignInScope.Tenant && !Choice.IsEmpty)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(TenantKey),
                $"The stored sign-in '{Name}' is for one tenant already: nothing can be chosen with it.",
                "Leave out -WorkspaceKey, -TenantKey and -Manager, or sign in with Connect-Membrane -Interactive -Scope PlatformUser."
            );
        }

        WriteVerbose($"Using the stored sign-in '{Name}'.");
        return MakeContext(stored, Choice.IsEmpty ? ChoiceOf(stored) : Choice);
    }

    private void Say(string text) => WriteInformation(new HostInformationMessage { Message = text }, ["PSHOST"]);
}
