namespace Membrane.Client;

/// <summary>The documented ways to name workspace and tenant in a token. A manager token always uses workspaceKey and isAdmin.</summary>
public enum TokenClaimForm
{
    /// <summary><c>iss</c> and <c>id</c>: what the vendor's SDK and the samples write.</summary>
    Issuer,

    /// <summary><c>workspaceKey</c> and <c>id</c>.</summary>
    WorkspaceKey,

    /// <summary><c>workspaceKey</c> and <c>tenantKey</c>: what the current documentation writes.</summary>
    TenantKey,
}
