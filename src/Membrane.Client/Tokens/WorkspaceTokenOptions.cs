using System;
using System.Collections.Generic;

namespace Membrane.Client.Tokens;

/// <summary>
/// What a token says, and what it is signed with: the workspace's secret, or a private key whose public half is registered in the
/// workspace.
/// </summary>
public sealed class WorkspaceTokenOptions
{
    private static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(36_525);

    /// <summary>The key of the workspace. Required.</summary>
    public string WorkspaceKey { get; set; } = string.Empty;

    /// <summary>The secret of the workspace, of any length. Required, unless there is a <see cref="PrivateKey"/>.</summary>
    public string WorkspaceSecret { get; set; } = string.Empty;

    /// <summary>A private key in PEM form, RSA or elliptic curve, not encrypted; null to sign with the secret.</summary>
    public string? PrivateKey { get; set; }

    /// <summary>The tenant: your own id for a user or an organization. Required unless <see cref="IsManager"/>.</summary>
    public string? TenantKey { get; set; }

    /// <summary>The display name of the tenant.</summary>
    public string? TenantName { get; set; }

    /// <summary>Fields kept on the tenant.</summary>
    public IReadOnlyDictionary<string, object?>? Fields { get; set; }

    /// <summary>Whether the token manages the whole workspace instead of acting for one tenant.</summary>
    public bool IsManager { get; set; }

    /// <summary>How long a token lasts, 1 minute to 100 years. Default 1 hour.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// The signature: HS256, HS384 or HS512 with a secret (default HS256); RS, PS or ES with 256, 384 or 512 with a private
    /// key (default RS256, or what fits the curve).
    /// </summary>
    public string? Algorithm { get; set; }

    /// <summary>The names of the claims.</summary>
    public TokenClaimForm ClaimForm { get; set; } = TokenClaimForm.Issuer;

    /// <summary>Checks what can be checked without signing.</summary>
    /// <exception cref="MembraneInputException">A value is missing or out of range.</exception>
    internal void Validate()
    {
        Require(WorkspaceKey, nameof(WorkspaceKey));
        if (PrivateKey is null)
        {
            Require(WorkspaceSecret, nameof(WorkspaceSecret));
        }

        if (!IsManager)
        {
            Require(TenantKey, nameof(TenantKey));
        }

        if (Lifetime < TimeSpan.FromMinutes(1) || Lifetime > LongestLifetime)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(Lifetime),
                $"A token cannot last {Lifetime}.",
                "Ask for a minute to 100 years."
            );
        }

        if (PrivateKey is null && Algorithm is not (null or "HS256" or "HS384" or "HS512"))
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(Algorithm),
                $"'{Algorithm}' is not an algorithm for a workspace secret.",
                "Use HS256, HS384 or HS512, or sign with a private key."
            );
        }
    }

    private static void Require(string? value, string name)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                name,
                $"The value of {name} is empty.",
                "Pass it, or set the environment variable that about_Membrane_Authentication names."
            );
        }
    }
}
