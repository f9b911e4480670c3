using System;
using System.Collections;
using System.Management.Automation;
using System.Security;
using Membrane.Client;
using Membrane.Client.Authentication;
using Membrane.PowerShell.Common;
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

    /// <summary>
    /// A token: a JWT, or an account token that begins with pat-. With an account token, -WorkspaceKey and -TenantKey (or -Manager) choose
    /// where to act.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = TokenSet)]
    [TokenTransformation]
    [ArgumentCompleter(typeof(NoCompleter))]
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
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? WorkspaceKey { get; set; }

    /// <summary>The secret of the workspace, which signs the tokens.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SecretSet)]
    [SecretTransformation]
    [ArgumentCompleter(typeof(NoCompleter))]
    public SecureString? WorkspaceSecret { get; set; }

    /// <summary>
    /// A private key in PEM form whose public half is registered in the workspace; it signs the tokens. RSA or elliptic curve, not
    /// encrypted.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = KeySet)]
    [SecretTransformation]
    [ArgumentCompleter(typeof(NoCompleter))]
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
    [ArgumentCompleter(typeof(NoCompleter))]
    public ScriptBlock? TokenScript { get; set; }

    /// <summary>
    /// The name of a secret in a SecretManagement vault: a token, or with -WorkspaceKey the workspace secret or a private key in PEM form.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = VaultSet)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? SecretName { get; set; }

    /// <summary>The vault with the secret. Without it, the vaults are searched as Get-Secret does.</summary>
    [Parameter(ParameterSetName = VaultSet)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? VaultName { get; set; }

    /// <summary>
    /// Sign in with the browser. Where there is none at hand (over SSH, in a container), the page can be opened on any machine, and you are
    /// asked for the code that it shows; where no one can be asked, the sign-in is begun as with -NonInteractive.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = BrowserSet)]
    public SwitchParameter Interactive { get; set; }

    /// <summary>
    /// Begin to sign in, and emit the address of the page. Open it on any machine, and pass the code that it shows to
    /// Complete-MembraneLogin.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = HeadlessSet)]
    public SwitchParameter NonInteractive { get; set; }

    /// <summary>Open no browser, but say the address of the page, to be opened on any machine, and ask for the code that it shows.</summary>
    [Parameter(ParameterSetName = BrowserSet)]
    public SwitchParameter NoBrowser { get; set; }

    /// <summary>
    /// Show the address of the page as a QR code, too, for a phone. With -Interactive no browser is opened here, and you are asked for the
    /// code that the page shows.
    /// </summary>
    [Parameter(ParameterSetName = BrowserSet)]
    [Parameter(ParameterSetName = HeadlessSet)]
    public SwitchParameter ShowQRCode { get; set; }

    /// <summary>
    /// The name of the stored sign-in to use, where it is not that of the context. Without it: the one with the name of the context, else,
    /// if a tenant or -Manager is chosen, the sign-in of an account that is stored as default, or the only one that is stored.
    /// </summary>
    [Parameter(ParameterSetName = EnvironmentSet)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(SignInNameCompleter))]
    public string? SignInName { get; set; }

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
    [ArgumentCompleter(typeof(NoCompleter))]
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
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? TenantKey { get; set; }

    /// <summary>The display name of the tenant.</summary>
    [Parameter(ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = KeySet)]
    [Parameter(ParameterSetName = KeyFileSet)]
    [Parameter(ParameterSetName = TokenSet)]
    [Parameter(ParameterSetName = VaultSet)]
    [Parameter(ParameterSetName = EmulatorSet)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? TenantName { get; set; }

    /// <summary>Fields kept on the tenant.</summary>
    [Parameter(ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = KeySet)]
    [Parameter(ParameterSetName = KeyFileSet)]
    [Parameter(ParameterSetName = TokenSet)]
    [Parameter(ParameterSetName = VaultSet)]
    [Parameter(ParameterSetName = EmulatorSet)]
    [DictionaryTransformation]
    [ArgumentCompleter(typeof(NoCompleter))]
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
    [ArgumentCompleter(typeof(NoCompleter))]
    public int TokenLifetimeSec { get; set; } = 3600;

    /// <summary>Use a local workspace in this process; one is started if none runs.</summary>
    [Parameter(Mandatory = true, ParameterSetName = EmulatorSet)]
    public SwitchParameter Emulator { get; set; }

    /// <summary>
    /// The apps to connect in the emulator, with some records in each: keys or names, in any case. What is connected already stays as it is.
    /// </summary>
    [Parameter(ParameterSetName = EmulatorSet)]
    [ArgumentCompleter(typeof(EmulatorAppCompleter))]
    [RefuseNothing]
    public string[]? WithApp { get; set; }

    /// <summary>
    /// Have the emulator approve by itself the connections that wait for a person. It holds for the emulator, also for what waits already;
    /// -AutoApprove:$false ends it.
    /// </summary>
    [Parameter(ParameterSetName = EmulatorSet)]
    public SwitchParameter AutoApprove { get; set; }

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
    [ArgumentCompleter(typeof(NoCompleter))]
    public Uri? ApiUri { get; set; }

    /// <summary>The address of the API from the parameter or the environment; null for the public service.</summary>
    internal Uri? Address => ApiUri ?? EnvironmentSettings.Read().ApiUri;

    /// <summary>The workspace and the tenant that an account is to act for.</summary>
    internal WorkspaceChoice Choice =>
        new()
        {
            WorkspaceKey = WorkspaceKey,
            TenantKey = TenantKey,
            IsManager = Manager,
            TenantName = TenantName,
            Fields = Dictionaries.Map(TenantField),
        };

    private ILogin Login =>
        ParameterSetName switch
        {
            TokenSet => new TokenLogin(this, Secrets.Reveal(Token!)),
            SecretSet => new KeyLogin(this) { WorkspaceSecret = Secrets.Reveal(WorkspaceSecret!) },
            KeySet => new KeyLogin(this) { PrivateKey = Secrets.Reveal(PrivateKey!) },
            KeyFileSet => new KeyLogin(this) { PrivateKey = KeyFile.Read(this, PrivateKeyPath!, nameof(PrivateKeyPath)) },
            ScriptSet => new ScriptLogin(this),
            VaultSet => new VaultLogin(this),
            BrowserSet => new BrowserLogin(this),
            HeadlessSet => new HeadlessLogin(this),
            EmulatorSet => new EmulatorLogin(this),
            _ => new EnvironmentLogin(this),
        };

    private protected override void SignIn()
    {
        if (Login.SignIn() is { } context)
        {
            Use(context);
        }
    }
}
