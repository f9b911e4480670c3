namespace Membrane.Client.Integrations;

/// <summary>Which integrations are wanted. Null means any.</summary>
public sealed class IntegrationFilter
{
    /// <summary>Text in the name or key.</summary>
    public string? Search { get; init; }

    /// <summary>The connector, by id.</summary>
    public string? ConnectorId { get; init; }

    /// <summary>Whether connectors that no integration uses yet are listed too, as integrations without an id.</summary>
    public bool IncludeConnectors { get; init; }

    /// <summary>Whether external apps without an integration are listed too, as integrations without an id.</summary>
    public bool IncludeExternalApps { get; init; }

    /// <summary>Whether archived integrations are listed too.</summary>
    public bool IncludeArchived { get; init; }
}
