using System.Text.Json;

namespace Membrane.Emulator.Authentication;

/// <summary>What a verified token says.</summary>
internal sealed class TokenClaims
{
    public TokenClaims(bool isManager, string? tenantKey, string? name, JsonElement? fields, long expiresAt)
    {
        IsManager = isManager;
        TenantKey = tenantKey;
        Name = name;
        Fields = fields;
        ExpiresAt = expiresAt;
    }

    public bool IsManager { get; }

    /// <summary>The caller's own name for the tenant, its <c>internalId</c>.</summary>
    public string? TenantKey { get; }

    public string? Name { get; }

    public JsonElement? Fields { get; }

    /// <summary>Seconds since 1970.</summary>
    public long ExpiresAt { get; }
}
