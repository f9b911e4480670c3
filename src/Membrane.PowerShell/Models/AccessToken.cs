using System;
using System.Security;

namespace Membrane;

/// <summary>A token that was made here or by the service, and for whom it is.</summary>
public sealed class AccessToken
{
    internal AccessToken(SecureString token) => Token = token;

    /// <summary>The token.</summary>
    public SecureString Token { get; }

    /// <summary>The key of the workspace.</summary>
    public string? WorkspaceKey { get; internal set; }

    /// <summary>The key of the tenant; empty for a manager.</summary>
    public string? TenantKey { get; internal set; }

    /// <summary>Whether the token manages the whole workspace.</summary>
    public bool IsManager { get; internal set; }

    /// <summary>The signature: HS256 and so on.</summary>
    public string? Algorithm { get; internal set; }

    /// <summary>When the token ends.</summary>
    public DateTimeOffset? ExpiresAt { get; internal set; }

    /// <summary>For whom the token is; never the token itself.</summary>
    public override string ToString() => $"token for {TenantKey ?? WorkspaceKey}";
}
