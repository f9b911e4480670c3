using Membrane.Emulator.Store;

namespace Membrane.Emulator.Authentication;

/// <summary>On whose behalf a request comes.</summary>
internal sealed class Principal
{
    private Principal(bool isManager, string? tenantId)
    {
        IsManager = isManager;
        TenantId = tenantId;
    }

    /// <summary>The whole workspace: a manager's token, or the developer's account token.</summary>
    public static Principal Manager { get; } = new(true, null);

    public bool IsManager { get; }

    /// <summary>The id of the tenant; null for a manager.</summary>
    public string? TenantId { get; }

    public static Principal Tenant(string tenantId) => new(false, tenantId);

    /// <summary>Whether something of the store exists for this caller at all.</summary>
    public bool Sees(StoredElement element) => IsManager || element.TenantId is null || element.TenantId == TenantId;
}
