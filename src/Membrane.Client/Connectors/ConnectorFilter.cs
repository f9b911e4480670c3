namespace Membrane.Client;

/// <summary>Which connectors are wanted. Null means any.</summary>
public sealed class ConnectorFilter
{
    /// <summary>Text in the name or key.</summary>
    public string? Search { get; set; }

    /// <summary>The external app, by id.</summary>
    public string? ExternalAppId { get; set; }

    /// <summary>Whether archived connectors are listed too.</summary>
    public bool IncludeArchived { get; set; }
}
