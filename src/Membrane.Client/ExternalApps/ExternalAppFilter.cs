namespace Membrane.Client.ExternalApps;

/// <summary>Which external apps are wanted. Null means any.</summary>
public sealed class ExternalAppFilter
{
    /// <summary>Text in the name or key.</summary>
    public string? Search { get; init; }

    /// <summary>The category.</summary>
    public string? Category { get; init; }

    /// <summary>Whether the tenant has a connection to the app.</summary>
    public bool? IsConnected { get; init; }

    /// <summary>Whether archived apps are listed too.</summary>
    public bool IncludeArchived { get; init; }
}
