namespace Membrane.Client;

/// <summary>Which flows are wanted. Null means any.</summary>
public sealed class FlowFilter
{
    /// <summary>The layer, integration or connection.</summary>
    public ElementScope Scope { get; set; } = new();

    /// <summary>Text in the name or key.</summary>
    public string? Search { get; set; }

    /// <summary>Whether archived flows are listed too.</summary>
    public bool IncludeArchived { get; set; }
}
