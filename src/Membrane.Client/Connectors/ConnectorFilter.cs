namespace Membrane.Client.Connectors;

/// <summary>Which connectors are wanted. Null means any.</summary>
public sealed class ConnectorFilter
{
    /// <summary>Text in the name or key.</summary>
    public string? Search { get; init; }

    /// <summary>The external app, by id.</summary>
    public string? ExternalAppId { get; init; }

    /// <summary>Whether archived connectors are listed too.</summary>
    public bool IncludeArchived { get; init; }
}
