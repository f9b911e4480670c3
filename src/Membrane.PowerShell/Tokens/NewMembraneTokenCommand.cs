using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using System.Security;
using Membrane.Client;
using Membrane.Client.Tokens;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Sessions;

namespace Membrane.PowerShell.Tokens;

/// <summary>
/// Makes tokens, one for each tenant: signed here with a workspace secret or a private key, which are those of the context
/// where none is given; for an account the service makes them (POST /org-workspaces/{id}/access-token).
/// </summary>
[Cmdlet(
    VerbsCommon.New,
    "MembraneToken",
    SupportsShouldProcess = true,
    DefaultParameterSetName = ContextSet,
    HelpUri = OnlineHelp.Pages + "New-MembraneToken.md"
)]
[OutputType(typeof(AccessToken), typeof(string))]
public sealed class NewMembraneTokenCommand : MembraneCommand
{
    private const string ContextSet = "Context";
    private const string SecretSet = "WorkspaceSecret";
    private const string KeySet = "PrivateKey";
    private const string KeyFileSet = "PrivateKeyPath";
    private static readonly ExportedProperties Exported = new(typeof(AccessToken), nameof(AccessToken.Token));

    private WorkspaceTokenOptions? signing;
    private TokenMinter? minter;
    private MembraneSession? session;

    /// <summary>Your own id of the tenant.</summary>
    [Parameter(Position = 0)]
    [Alias("InternalId", "CustomerId")]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? TenantKey { get; set; }

    /// <summary>The display name of the tenant.</summary>
    [Parameter]
    [Alias("Name")]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? TenantName { get; set; }

    /// <summary>
    /// A tenant of the pipeline: its id, or an object that has the id as TenantKey, InternalId or CustomerId, and the display name, if
    /// any, as TenantName or Name. What the other parameters say goes before it.
    /// </summary>
    [Parameter(ValueFromPipeline = true)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public PSObject? InputObject { get; set; }

    /// <summary>Fields kept on the tenant.</summary>
    [Parameter]
    [DictionaryTransformation]
    [ArgumentCompleter(typeof(NoCompleter))]
    public IDictionary? TenantField { get; set; }

    /// <summary>A token that manages the whole workspace instead of acting for one tenant.</summary>
    [Parameter]
    public SwitchParameter Manager { get; set; }

    /// <summary>The key of the workspace.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SecretSet)]
    [Parameter(Mandatory = true, ParameterSetName = KeySet)]
    [Parameter(Mandatory = true, ParameterSetName = KeyFileSet)]
    [Parameter(ParameterSetName = ContextSet)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? WorkspaceKey { get; set; }

    /// <summary>The secret of the workspace.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SecretSet)]
    [SecretTransformation]
    [ArgumentCompleter(typeof(NoCompleter))]
    public SecureString? WorkspaceSecret { get; set; }

    /// <summary>A private key in PEM form whose public half is registered in the workspace. RSA or elliptic curve, not encrypted.</summary>
    [Parameter(Mandatory = true, ParameterSetName = KeySet)]
    [SecretTransformation]
    [ArgumentCompleter(typeof(NoCompleter))]
    public SecureString? PrivateKey { get; set; }

    /// <summary>The file with the private key.</summary>
    [Parameter(Mandatory = true, ParameterSetName = KeyFileSet)]
    [RefuseNothing]
    public string? PrivateKeyPath { get; set; }

    /// <summary>
    /// The signature. With a secret HS256 (the default), HS384 or HS512; with a private key RS, PS or ES with 256, 384 or 512, by default
    /// what fits the key.
    /// </summary>
    [Parameter]
    [ValidateSet("HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")]
    public string? Algorithm { get; set; }

    /// <summary>
    /// The names of the claims: Issuer (iss and id), WorkspaceKey (workspaceKey and id) or TenantKey (workspaceKey and tenantKey).
    /// </summary>
    [Parameter]
    public TokenClaimForm? ClaimForm { get; set; }

    /// <summary>How many seconds the token lasts, from 60; 3600 by default. Where the service makes the token, it decides.</summary>
    [Parameter]
    [ValidateRange(60, int.MaxValue)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public int? LifetimeSec { get; set; }

    /// <summary>Emit the bare token as a string, not an object with a SecureString.</summary>
    [Parameter]
    public SwitchParameter AsPlainText { get; set; }

    /// <summary>The sign-in to use: a context or its name. Without it, the default context of this session.</summary>
    [Parameter(ParameterSetName = ContextSet)]
    [ContextTransformation]
    [ArgumentCompleter(typeof(ContextCompleter))]
    public MembraneContext? Context { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => Key;

    private string? Key => TenantKey ?? (IsText ? TextOf(InputObject) : OfInput("TenantKey", "InternalId", "CustomerId"));

    private string? DisplayName => TenantName ?? (IsText ? null : OfInput("TenantName", "Name"));

    private bool IsText => InputObject?.BaseObject is null or string or ValueType;

    /// <inheritdoc/>
    protected override void Begin()
    {
        if (!AsPlainText && JsonUse.Find(MyInvocation) is { } writer)
        {
            WriteWarning(
                $"{writer.GetCommandName()} in line {writer.Extent.StartLineNumber} writes the token as an object, which no client "
                    + "accepts, and not as its text. Add -AsPlainText to New-MembraneToken."
            );
        }

        var privateKey = ParameterSetName switch
        {
            KeySet => Secrets.Reveal(PrivateKey!),
            KeyFileSet => KeyFile.Read(this, PrivateKeyPath!, nameof(PrivateKeyPath)),
            _ => null,
        };
        if (ParameterSetName != ContextSet)
        {
            signing = new WorkspaceTokenOptions
            {
                WorkspaceKey = WorkspaceKey!,
                WorkspaceSecret = WorkspaceSecret is null ? string.Empty : Secrets.Reveal(WorkspaceSecret),
                PrivateKey = privateKey,
            };
            return;
        }

        session = MembraneSession.Of(Context);
        signing = (session.Tokens as WorkspaceTokenSource)?.Options;
        if (signing is null && session.Account is null)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(Context),
                "The context has neither a workspace secret nor a private key nor an account to make tokens with.",
                "Pass -WorkspaceKey and -WorkspaceSecret, or sign in with them or with an account token."
            );
        }

        if (signing is null && (Algorithm is not null || ClaimForm is not null || LifetimeSec is not null))
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(Algorithm),
                "For an account the service makes the tokens, and decides on their signature, claims and lifetime.",
                "Leave out -Algorithm, -ClaimForm and -LifetimeSec, or pass -WorkspaceKey and -WorkspaceSecret."
            );
        }

        if (signing is not null && WorkspaceKey is not null && WorkspaceKey != signing.WorkspaceKey)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(WorkspaceKey),
                $"The context signs for the workspace '{signing.WorkspaceKey}'.",
                "Leave out -WorkspaceKey, or pass the secret of the other workspace, too."
            );
        }
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        new WorkspaceChoice { TenantKey = Key, IsManager = Manager }.Validate();
        if (!ShouldProcess(Manager ? signing?.WorkspaceKey ?? WorkspaceKey ?? "the workspace" : Key, "Make a token"))
        {
            return;
        }

        if (signing is null)
        {
            Ask(session!.Account!);
        }
        else
        {
            Sign(signing);
        }
    }

    private void Sign(WorkspaceTokenOptions from)
    {
        // One for all tenants of the pipeline: making a key ready takes longer than a signature.
        minter ??= MakeMinter(from);
        var now = DateTimeOffset.UtcNow;
        var token = minter.Mint(now, Manager ? null : Key, Manager ? null : DisplayName);
        Emit(token, from.WorkspaceKey, minter.Algorithm, minter.EndOf(now));
    }

    private TokenMinter MakeMinter(WorkspaceTokenOptions from) =>
        new(
            new WorkspaceTokenOptions
            {
                WorkspaceKey = from.WorkspaceKey,
                WorkspaceSecret = from.WorkspaceSecret,
                PrivateKey = from.PrivateKey,
                TenantKey = Manager ? null : Key,
                Fields = Manager ? null : Dictionaries.Map(TenantField),
                IsManager = Manager,
                Algorithm = Algorithm ?? from.Algorithm,
                ClaimForm = ClaimForm ?? from.ClaimForm,
                Lifetime = LifetimeSec is { } seconds ? TimeSpan.FromSeconds(seconds) : from.Lifetime,
            }
        );

    private void Ask(MembraneClient account)
    {
        var choice = new WorkspaceChoice
        {
            TenantKey = Key,
            IsManager = Manager,
            TenantName = DisplayName,
            Fields = Dictionaries.Map(TenantField),
        };
        var watched = account.WithObserver(CommandObserver.Instance);
        var wanted = WorkspaceKey ?? (Context ?? RunspaceState.Current.DefaultContext)?.WorkspaceKey;
        var workspace = Await(token => watched.Workspaces.FindAsync(wanted, token));
        var made = Await(token => watched.Workspaces.CreateTokenAsync(workspace.Id!, choice, token));
        Emit(made, workspace.Key, TokenText.ReadText(TokenText.ReadHeader(made), "alg"), TokenText.ReadExpiry(made));
    }

    private void Emit(string token, string? workspaceKey, string? algorithm, DateTimeOffset? expiresAt)
    {
        if (AsPlainText)
        {
            WriteObject(token);
            return;
        }

        Exported.Apply(this);
        WriteObject(
            new AccessToken(Secrets.Protect(token))
            {
                WorkspaceKey = workspaceKey,
                TenantKey = Manager ? null : Key,
                IsManager = Manager,
                Algorithm = algorithm,
                ExpiresAt = expiresAt,
            }
        );
    }

    // The engine's ToString looks for one that a type or a script adds, which takes as long as a signature.
    private static string? TextOf(PSObject? input) => Bare.Value(input) as string ?? input?.ToString();

    // Not bound by property name: to look for properties that a text cannot have took half the time of a token.
    private string? OfInput(params string[] names) =>
        names.Select(name => InputObject!.Properties[name]?.Value?.ToString()).FirstOrDefault(static value => value is not null);
}
