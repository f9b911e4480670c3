using System;
using Membrane.Client.Authentication.OAuth;

namespace Membrane.Client.Authentication.Stored;

/// <summary>A person's sign-in as it is kept between sessions. It holds secrets: never show it.</summary>
internal sealed class StoredSignIn
{
    /// <summary>Tells this sign-in from a later one of the same name.</summary>
    public string Id { get; init; } = string.Empty;

    /// <summary>The name under which it is stored; the name of the context that made it.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>The address of the API that the tokens are for. They are never sent elsewhere.</summary>
    public Uri ApiUri { get; init; } = null!;

    /// <summary>What the tokens are good for.</summary>
    public OAuthScope Scope { get; init; }

    /// <summary>The bearer token.</summary>
    public string AccessToken { get; init; } = string.Empty;

    /// <summary>When the bearer token ends.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>What a new bearer token is got with; null where the service gave none.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>The key of the workspace that was chosen.</summary>
    public string? WorkspaceKey { get; init; }

    /// <summary>The key of the tenant that was chosen.</summary>
    public string? TenantKey { get; init; }

    /// <summary>Whether the whole workspace is managed instead of acting for one tenant.</summary>
    public bool IsManager { get; init; }

    /// <summary>The e-mail address of the person, where the service tells it.</summary>
    public string? Email { get; init; }

    /// <summary>The same sign-in with the tokens of a refresh. What the service does not repeat stays.</summary>
    internal StoredSignIn Renewed(OAuthTokens tokens) =>
        new()
        {
            Id = Id,
            Name = Name,
            ApiUri = ApiUri,
            Scope = Scope,
            AccessToken = tokens.AccessToken,
            ExpiresAt = tokens.ExpiresAt,
            RefreshToken = tokens.RefreshToken ?? RefreshToken,
            WorkspaceKey = WorkspaceKey,
            TenantKey = TenantKey,
            IsManager = IsManager,
            Email = tokens.Email ?? Email,
        };
}
