using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Security;
using Membrane.Client;
using Membrane.Client.Authentication;
using Membrane.Emulator;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Emulators;

namespace Membrane.PowerShell.Contexts;

/// <summary>
/// Signs in: makes a context that the other commands use. Without parameters it looks at the environment variables,
/// then for a stored sign-in. No request is sent.
/// </summary>
[Cmdlet(VerbsCommunications.Connect, "Membrane", DefaultParameterSetName = EnvironmentSet)]
[OutputType(typeof(MembraneContext))]
public sealed class ConnectMembraneCommand : MembraneCommand
{
    private const string EnvironmentSet = "Environment";
    private const string TokenSet = "Token";
    private const string SecretSet = "WorkspaceSecret";
    private const string EmulatorSet = "Emulator";
    private const string DefaultEmulatorTenant = "emulator-tenant";

    /// <summary>A token: a JWT, or an account token that begins with pat-.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TokenSet)]
    [SecretTransformation]
    public SecureString? Token { get; set; }

    /// <summary>The key of the workspace.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SecretSet)]
    [ValidateNotNullOrEmpty]
    public string? WorkspaceKey { get; set; }

    /// <summary>The secret of the workspace, which signs the tokens.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SecretSet)]
    [SecretTransformation]
    public SecureString? WorkspaceSecret { get; set; }

    /// <summary>Your own id of the tenant to act for: a user or an organization.</summary>
    [Parameter(ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = EmulatorSet)]
    [Alias("CustomerId", "TenantId")]
    [ValidateNotNullOrEmpty]
    public string? TenantKey { get; set; }

    /// <summary>The display name of the tenant.</summary>
    [Parameter(ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = EmulatorSet)]
    public string? TenantName { get; set; }

    /// <summary>Fields kept on the tenant.</summary>
    [Parameter(ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = EmulatorSet)]
    public IDictionary? TenantField { get; set; }

    /// <summary>Manage the whole workspace instead of acting for one tenant.</summary>
    [Parameter(ParameterSetName = SecretSet)]
    [Parameter(ParameterSetName = EmulatorSet)]
    public SwitchParameter Manager { get; set; }

    /// <summary>The signature of the tokens: HS256, HS384 or HS512.</summary>
    [Parameter(ParameterSetName = SecretSet)]
    [ValidateSet("HS256", "HS384", "HS512")]
    public string Algorithm { get; set; } = "HS256";

    /// <summary>The names of the claims: Issuer (iss and id), WorkspaceKey (workspaceKey and id) or TenantKey (workspaceKey and tenantKey).</summary>
    [Parameter(ParameterSetName = SecretSet)]
    public TokenClaimForm ClaimForm { get; set; } = TokenClaimForm.Issuer;

    /// <summary>How many seconds a token lasts, from 60.</summary>
    [Parameter(ParameterSetName = SecretSet)]
    [ValidateRange(60, int.MaxValue)]
    public int TokenLifetimeSec { get; set; } = 3600;

    /// <summary>Use a local workspace in this process; one is started if none runs.</summary>
    [Parameter(Mandatory = true, ParameterSetName = EmulatorSet)]
    public SwitchParameter Emulator { get; set; }

    /// <summary>The address of the API, where it is not the public service.</summary>
    [Parameter(ParameterSetName = EnvironmentSet)]
    [Parameter(ParameterSetName = TokenSet)]
    [Parameter(ParameterSetName = SecretSet)]
    [Alias("ApiUrl")]
    public Uri? ApiUri { get; set; }

    /// <summary>A name for the context. One of the same name is replaced.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "default";

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

    /// <inheritdoc/>
    protected override bool AreErrorsTerminating => true;

    /// <inheritdoc/>
    protected override void Process()
    {
        MembraneContext context = ParameterSetName switch
        {
            TokenSet => FromToken(Secrets.Reveal(Token!), ApiUri),
            SecretSet => FromSecret(WorkspaceKey!, Secrets.Reveal(WorkspaceSecret!), TenantKey, ApiUri),
            EmulatorSet => FromEmulator(),
            _ => FromEnvironment(),
        };
        RunspaceState.Current.Add(context);
        if (PassThru)
        {
            WriteObject(context);
        }
    }

    private MembraneContext FromToken(string token, Uri? apiUri)
    {
        var tokens = new FixedTokenSource(token);
        MembraneContext context = MakeContext(tokens, AuthenticationType.Token, apiUri);
        IReadOnlyDictionary<string, object?>? claims = TokenText.ReadPayload(token.Trim());
        context.WorkspaceKey = TokenText.ReadText(claims, "workspaceKey") ?? TokenText.ReadText(claims, "iss");
        context.TenantKey = TokenText.ReadText(claims, "tenantKey") ?? TokenText.ReadText(claims, "id");
        context.IsManager = claims is not null && claims.TryGetValue("isAdmin", out object? isAdmin) && isAdmin is true;
        return context;
    }

    private MembraneContext FromSecret(string workspaceKey, string workspaceSecret, string? tenantKey, Uri? apiUri)
    {
        if (!Manager && string.IsNullOrWhiteSpace(tenantKey))
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(TenantKey),
                "Nothing says for which tenant to act.",
                "Pass -TenantKey (or set MEMBRANE_TENANT_KEY), or -Manager to manage the whole workspace.");
        }

        var tokens = new WorkspaceTokenSource(new WorkspaceTokenOptions
        {
            WorkspaceKey = workspaceKey,
            WorkspaceSecret = workspaceSecret,
            TenantKey = Manager ? null : tenantKey,
            TenantName = TenantName,
            Fields = TenantField?.Cast<DictionaryEntry>().ToDictionary(static entry => entry.Key.ToString()!, static entry => (object?)entry.Value),
            IsManager = Manager,
            Algorithm = Algorithm,
            ClaimForm = ClaimForm,
            Lifetime = TimeSpan.FromSeconds(TokenLifetimeSec),
        });
        MembraneContext context = MakeContext(tokens, AuthenticationType.WorkspaceSecret, apiUri);
        context.WorkspaceKey = workspaceKey;
        context.TenantKey = Manager ? null : tenantKey;
        context.IsManager = Manager;
        return context;
    }

    private MembraneContext FromEmulator()
    {
        MembraneEmulator emulator = RunspaceState.Current.NewestEmulator ?? EmulatorControl.Start(new EmulatorOptions());
        var host = (EmulatorHost)emulator.Host;
        MembraneContext context = FromSecret(host.WorkspaceKey, host.WorkspaceSecret, TenantKey ?? DefaultEmulatorTenant, host.BaseUri);
        context.Emulator = emulator;
        return context;
    }

    private MembraneContext FromEnvironment()
    {
        EnvironmentSettings environment = EnvironmentSettings.Read();
        Uri? apiUri = ApiUri ?? environment.ApiUri;
        if (environment.Token is { } token)
        {
            WriteVerbose($"Signing in with the environment variable {environment.TokenVariable}.");
            return FromToken(token, apiUri);
        }

        if (environment is { WorkspaceKey: { } key, WorkspaceSecret: { } secret })
        {
            WriteVerbose("Signing in with the environment variables MEMBRANE_WORKSPACE_KEY and MEMBRANE_WORKSPACE_SECRET.");
            return FromSecret(key, secret, environment.TenantKey, apiUri);
        }

        throw MembraneSession.NotSignedIn();
    }

    private MembraneContext MakeContext(ITokenSource tokens, AuthenticationType authenticationType, Uri? apiUri)
    {
        var options = new MembraneClientOptions
        {
            ApiUri = apiUri ?? MembraneClientOptions.DefaultApiUri,
            TokenSource = tokens,
            RequestTimeout = TimeSpan.FromSeconds(RequestTimeoutSec),
            Proxy = Proxy is null ? null : new WebProxy(Proxy) { Credentials = ProxyCredential?.GetNetworkCredential() },
            ObjectModel = PowerShellObjectModel.Instance,
            UserAgent = $"Membrane.PowerShell/{typeof(ConnectMembraneCommand).Assembly.GetName().Version!.ToString(3)} PowerShell/{Host.Version}",
        };
        return new MembraneContext(Name)
        {
            ApiUri = options.ApiUri,
            AuthenticationType = authenticationType,
            Session = new MembraneSession(new MembraneClient(options)),
            ExpirySource = () => tokens.ExpiresAt,
        };
    }
}
