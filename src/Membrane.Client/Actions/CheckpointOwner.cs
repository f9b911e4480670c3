using System;
using Membrane.Client.Tokens;

namespace Membrane.Client.Actions;

/// <summary>The workspace and the tenant that the inputs of a checkpoint file are run for.</summary>
/// <param name="apiUri">The address of the API.</param>
/// <param name="workspaceKey">The workspace, where it is known.</param>
/// <param name="tenantKey">The tenant, where it is known; null for a manager.</param>
internal sealed class CheckpointOwner(Uri apiUri, string? workspaceKey, string? tenantKey)
{
    public Uri ApiUri { get; } = apiUri;

    public string? WorkspaceKey { get; } = workspaceKey;

    public string? TenantKey { get; } = tenantKey;

    /// <summary>Returns the owner that a token names. A token that is not signed names none.</summary>
    public static CheckpointOwner OfToken(Uri apiUri, string token)
    {
        var claims = TokenText.ReadPayload(token);
        return new CheckpointOwner(
            apiUri,
            TokenText.ReadWorkspaceKey(claims),
            TokenText.ReadText(claims, "tenantKey") ?? TokenText.ReadText(claims, "id")
        );
    }
}
