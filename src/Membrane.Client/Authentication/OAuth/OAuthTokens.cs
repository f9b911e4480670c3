using System;

namespace Membrane.Client.Authentication.OAuth;

/// <summary>What the service gives for a code or for a refresh token (<c>POST /oauth/token</c>). It holds secrets: never show it.</summary>
internal sealed class OAuthTokens
{
    /// <summary>The bearer token.</summary>
    public string AccessToken { get; init; } = string.Empty;

    /// <summary>When the bearer token ends.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>What the next bearer token is got with; null where the service gives none.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>The key of the workspace that the person chose.</summary>
    public string? WorkspaceKey { get; init; }

    /// <summary>The key of the tenant that the person chose.</summary>
    public string? TenantKey { get; init; }

    /// <summary>The e-mail address of the person.</summary>
    public string? Email { get; init; }
}
