using System;
using Membrane.Client.Tokens;

namespace Membrane.Client.Actions;

/// <summary>On whose behalf the inputs of a checkpoint file are run.</summary>
/// <param name="apiUri">The address of the API.</param>
/// <param name="workspaceKey">The workspace, where it is known.</param>
/// <param name="tenantKey">The tenant, where it is known; null for a manager.</param>
internal sealed class CheckpointOwner(Uri apiUri, string? workspaceKey, string? tenantKey)
{
    public Uri ApiUri { get; } = apiUri;

    public string? WorkspaceKey { get; } = workspaceKey;

    public string? TenantKey { get; } = tenantKey;

    /// <summary>The one that a token speaks for. One that is no signed token says nothing of it.</summary>
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
