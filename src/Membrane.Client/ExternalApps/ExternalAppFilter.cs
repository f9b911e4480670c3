namespace Membrane.Client;

/// <summary>Which external apps are wanted. Null means any.</summary>
public sealed class ExternalAppFilter
{
    /// <summary>Text in the name or key.</summary>
    public string? Search { get; set; }

    /// <summary>The category.</summary>
    public string? Category { get; set; }

    /// <summary>Whether the tenant has a connection to the app.</summary>
    public bool? IsConnected { get; set; }

    /// <summary>Whether archived apps are listed too.</summary>
    public bool IncludeArchived { get; set; }
}
