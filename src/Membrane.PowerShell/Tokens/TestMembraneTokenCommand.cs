using System;
using System.Management.Automation;
using System.Security;
using Membrane.Client;
using Membrane.Client.Authentication;
using Membrane.Client.Tokens;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Tokens;

/// <summary>
/// Checks whether a token can be used: it names a workspace and a tenant or manager of it, and has not expired. With the workspace secret
/// or the public key its signature is checked too, with -Online the service is asked. -Verbose says why not.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "MembraneToken", DefaultParameterSetName = FormSet, HelpUri = OnlineHelp.Pages + "Test-MembraneToken.md")]
[OutputType(typeof(bool))]
public sealed class TestMembraneTokenCommand : MembraneCommand
{
    private const string FormSet = "Form";
    private const string SecretSet = "WorkspaceSecret";
    private const string KeySet = "PublicKey";
    private const string KeyFileSet = "PublicKeyPath";
    private const string OnlineSet = "Online";

    /// <summary>The token: text, a SecureString, or what New-MembraneToken emits.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [TokenTransformation]
    [ArgumentCompleter(typeof(NoCompleter))]
    public SecureString? Token { get; set; }

    /// <summary>The key of the workspace that the token must name.</summary>
    [Parameter]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? WorkspaceKey { get; set; }

    /// <summary>The workspace secret that the token must be signed with.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SecretSet)]
    [SecretTransformation]
    [ArgumentCompleter(typeof(NoCompleter))]
    public SecureString? WorkspaceSecret { get; set; }

    /// <summary>The public key, in PEM form, whose private half the token must be signed with.</summary>
    [Parameter(Mandatory = true, ParameterSetName = KeySet)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? PublicKey { get; set; }

    /// <summary>The file with the public key.</summary>
    [Parameter(Mandatory = true, ParameterSetName = KeyFileSet)]
    [RefuseNothing]
    public string? PublicKeyPath { get; set; }

    /// <summary>Ask the service (GET /self; for an account token GET /org-workspaces).</summary>
    [Parameter(Mandatory = true, ParameterSetName = OnlineSet)]
    public SwitchParameter Online { get; set; }

    /// <summary>The address of the API, where it is not the public service.</summary>
    [Parameter(ParameterSetName = OnlineSet)]
    [Alias("ApiUrl")]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public Uri? ApiUri { get; set; }

    /// <summary>Allow an address that is http on another machine: the token goes over the network unencrypted.</summary>
    [Parameter(ParameterSetName = OnlineSet)]
    public SwitchParameter AllowUnencryptedAuthentication { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var token = Secrets.Reveal(Token!).Trim();
        var problem = FindProblem(token) ?? FindDeepProblem(token);
        if (problem is not null)
        {
            WriteVerbose($"The token cannot be used: {problem}");
        }

        WriteObject(problem is null);
    }

    private string? FindProblem(string token)
    {
        if (TokenText.IsAccountToken(token))
        {
            return WorkspaceKey is null ? null : "an account token names no workspace.";
        }

        if (TokenText.ReadPayload(token) is not { } claims)
        {
            return "it is neither a JWT nor an account token.";
        }

        var workspaceKey = TokenText.ReadWorkspaceKey(claims);
        var isManager = TokenText.IsManager(claims);
        var hasTenant = claims.ContainsKey("tenantKey") || claims.ContainsKey("id");
        var now = DateTimeOffset.UtcNow;
        return workspaceKey is null ? "it names no workspace."
            : WorkspaceKey is not null && workspaceKey != WorkspaceKey ? $"it is for the workspace '{workspaceKey}'."
            : !isManager && !hasTenant ? "it names no tenant and is not a manager's."
            : TokenText.ReadTime(claims, "exp") is not { } end ? "it has no expiry time."
            : end <= now ? $"it expired at {end:u}."
            : TokenText.ReadTime(claims, "nbf") is { } start && start > now ? $"it is not valid before {start:u}."
            : null;
    }

    private string? FindDeepProblem(string token)
    {
        const string badSignature = "its signature is by another key.";
        switch (ParameterSetName)
        {
            case SecretSet:
                return SignatureCheck.BySecret(token, Secrets.Reveal(WorkspaceSecret!)) ? null : badSignature;
            case KeySet:
                return SignatureCheck.ByPublicKey(token, PublicKey!) ? null : badSignature;
            case KeyFileSet:
                return SignatureCheck.ByPublicKey(token, KeyFile.Read(this, PublicKeyPath!, nameof(PublicKeyPath))) ? null : badSignature;
            case OnlineSet:
                return FindRefusal(token);
            default:
                return null;
        }
    }

    private string? FindRefusal(string token)
    {
        using var client = new MembraneClient(
            new MembraneClientOptions
            {
                ApiUri = ApiUri ?? EnvironmentSettings.Read().ApiUri ?? MembraneClientOptions.DefaultApiUri,
                AllowUnencryptedAuthentication = AllowUnencryptedAuthentication,
                TokenSource = new FixedTokenSource(token),
            }
        );
        try
        {
            if (TokenText.IsAccountToken(token))
            {
                Await(async cancellationToken =>
                {
                    var workspaces = client.Workspaces.List().GetAsyncEnumerator(cancellationToken);
                    await workspaces.MoveNextAsync().ConfigureAwait(false);
                    await workspaces.DisposeAsync().ConfigureAwait(false);
                });
            }
            else
            {
                Await(cancellationToken => client.Identity.GetAsync(cancellationToken));
            }

            return null;
        }
        catch (MembraneApiException exception) when ((int)exception.StatusCode is 401 or 403)
        {
            return exception.Message;
        }
        catch (MembraneApiException exception) when ((int)exception.StatusCode == 404)
        {
            // Answered, not refused: a manager's token has no tenant behind it.
            return null;
        }
    }
}
