namespace Membrane.Client;

/// <summary>Which tenants are wanted. Null means any.</summary>
public sealed class TenantFilter
{
    /// <summary>Text in the name or your own id.</summary>
    public string? Search { get; set; }

    /// <summary>Whether it is a test object.</summary>
    public bool? IsTest { get; set; }

    /// <summary>Whether it is active.</summary>
    public bool? IsActive { get; set; }

    /// <summary>Whether archived tenants are listed too.</summary>
    public bool IncludeArchived { get; set; }
}
