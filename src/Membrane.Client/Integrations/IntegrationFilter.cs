namespace Membrane.Client;

/// <summary>Which integrations are wanted. Null means any.</summary>
public sealed class IntegrationFilter
{
    /// <summary>Text in the name or key.</summary>
    public string? Search { get; set; }

    /// <summary>The connector, by id.</summary>
    public string? ConnectorId { get; set; }

    /// <summary>Whether connectors that no integration uses yet are listed too, as integrations without an id.</summary>
    public bool IncludeConnectors { get; set; }

    /// <summary>Whether external apps without an integration are listed too, as integrations without an id.</summary>
    public bool IncludeExternalApps { get; set; }

    /// <summary>Whether archived integrations are listed too.</summary>
    public bool IncludeArchived { get; set; }
}
