namespace Membrane.Client.Connections;

/// <summary>Which connections are wanted. Null means any.</summary>
public sealed class ConnectionFilter
{
    /// <summary>Text in the name or key.</summary>
    public string? Search { get; init; }

    /// <summary>The integration, by id.</summary>
    public string? IntegrationId { get; init; }

    /// <summary>The integration, by key.</summary>
    public string? IntegrationKey { get; init; }

    /// <summary>The connector, by id.</summary>
    public string? ConnectorId { get; init; }

    /// <summary>The external app, by id.</summary>
    public string? ExternalAppId { get; init; }

    /// <summary>The tenant, by id; for managers.</summary>
    public string? TenantId { get; init; }

    /// <summary>Whether the credentials work.</summary>
    public bool? Connected { get; init; }

    /// <summary>Whether it is a test object.</summary>
    public bool? IsTest { get; init; }

    /// <summary>Whether archived connections are listed too.</summary>
    public bool IncludeArchived { get; init; }
}
