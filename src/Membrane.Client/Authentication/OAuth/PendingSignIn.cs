using System;

namespace Membrane.Client.Authentication.OAuth;

/// <summary>A sign-in that was begun and waits for the code that a browser shows. It holds the PKCE verifier: never show it.</summary>
internal sealed class PendingSignIn
{
    /// <summary>How long the code is waited for.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromMinutes(30);

    /// <summary>The name that the sign-in is going to have.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>The address of the API.</summary>
    public Uri ApiUri { get; init; } = null!;

    /// <summary>What is asked for.</summary>
    public OAuthScope Scope { get; init; }

    /// <summary>Where the service was told to show the code.</summary>
    public string RedirectUri { get; init; } = string.Empty;

    /// <summary>The value that an answer must repeat.</summary>
    public string State { get; init; } = string.Empty;

    /// <summary>The secret that proves that the one who ends the sign-in also began it.</summary>
    public string CodeVerifier { get; init; } = string.Empty;

    /// <summary>The key of the workspace that was chosen beforehand.</summary>
    public string? WorkspaceKey { get; init; }

    /// <summary>The key of the tenant that was chosen beforehand.</summary>
    public string? TenantKey { get; init; }

    /// <summary>Whether the whole workspace is to be managed.</summary>
    public bool IsManager { get; init; }

    /// <summary>When it was begun.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}
