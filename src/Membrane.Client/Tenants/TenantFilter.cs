namespace Membrane.Client.Tenants;

/// <summary>Which tenants are wanted. Null means any.</summary>
public sealed class TenantFilter
{
    /// <summary>Text in the name or your own id.</summary>
    public string? Search { get; init; }

    /// <summary>Whether it is a test object.</summary>
    public bool? IsTest { get; init; }

    /// <summary>Whether it is active.</summary>
    public bool? IsActive { get; init; }

    /// <summary>Whether archived tenants are listed too.</summary>
    public bool IncludeArchived { get; init; }
}
