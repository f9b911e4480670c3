using System;

namespace Membrane;

/// <summary>What a token says of itself. Nothing of it has been verified.</summary>
public sealed class TokenClaims
{
    internal TokenClaims(bool isAccountToken) => IsAccountToken = isAccountToken;

    /// <summary>Whether it is an account token (pat-…), which says nothing of itself.</summary>
    public bool IsAccountToken { get; }

    /// <summary>The signature: HS256 and so on.</summary>
    public string? Algorithm { get; internal set; }

    /// <summary>The key of the workspace, from the claim workspaceKey or iss.</summary>
    public string? WorkspaceKey { get; internal set; }

    /// <summary>The key of the tenant, from the claim tenantKey or id.</summary>
    public string? TenantKey { get; internal set; }

    /// <summary>The display name of the tenant, from the claim name.</summary>
    public string? TenantName { get; internal set; }

    /// <summary>The fields of the tenant, from the claim fields.</summary>
    public object? Fields { get; internal set; }

    /// <summary>Whether the token manages the whole workspace, from the claim isAdmin.</summary>
    public bool IsManager { get; internal set; }

    /// <summary>When the token was made.</summary>
    public DateTimeOffset? IssuedAt { get; internal set; }

    /// <summary>When the token begins to be valid.</summary>
    public DateTimeOffset? NotBefore { get; internal set; }

    /// <summary>When the token ends; empty where it does not.</summary>
    public DateTimeOffset? ExpiresAt { get; internal set; }

    /// <summary>Whether the token has ended, by the clock of this machine.</summary>
    public bool IsExpired => ExpiresAt <= DateTimeOffset.UtcNow;

    /// <summary>All of the header.</summary>
    public object? Header { get; internal set; }

    /// <summary>All claims.</summary>
    public object? Claims { get; internal set; }

    /// <summary>For whom the token is.</summary>
    public override string ToString() => TenantKey ?? WorkspaceKey ?? "account token";
}
