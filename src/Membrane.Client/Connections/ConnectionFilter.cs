namespace Membrane.Client;

/// <summary>Which connections are wanted. Null means any.</summary>
public sealed class ConnectionFilter
{
    /// <summary>Text in the name or key.</summary>
    public string? Search { get; set; }

    /// <summary>The integration, by id.</summary>
    public string? IntegrationId { get; set; }

    /// <summary>The integration, by key.</summary>
    public string? IntegrationKey { get; set; }

    /// <summary>The connector, by id.</summary>
    public string? ConnectorId { get; set; }

    /// <summary>The external app, by id.</summary>
    public string? ExternalAppId { get; set; }

    /// <summary>The tenant, by id; for managers.</summary>
    public string? TenantId { get; set; }

    /// <summary>Whether the credentials work.</summary>
    public bool? Connected { get; set; }

    /// <summary>Whether it is a test object.</summary>
    public bool? IsTest { get; set; }

    /// <summary>Whether archived connections are listed too.</summary>
    public bool IncludeArchived { get; set; }
}
