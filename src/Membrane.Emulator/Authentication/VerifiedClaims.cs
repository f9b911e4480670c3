using System.Text.Json;

namespace Membrane.Emulator.Authentication;

/// <summary>What a verified token says.</summary>
internal sealed class VerifiedClaims(bool isManager, string? tenantKey, string? name, JsonElement? fields, long expiresAt)
{
    public bool IsManager { get; } = isManager;

    /// <summary>The caller's own name for the tenant, its <c>internalId</c>.</summary>
    public string? TenantKey { get; } = tenantKey;

    public string? Name { get; } = name;

    public JsonElement? Fields { get; } = fields;

    /// <summary>Seconds since 1970.</summary>
    public long ExpiresAt { get; } = expiresAt;
}
