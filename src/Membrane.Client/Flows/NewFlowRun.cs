namespace Membrane.Client;

/// <summary>What a flow is started with.</summary>
public sealed class NewFlowRun
{
    /// <summary>The node to start at; null for the flow's own beginning.</summary>
    public string? NodeKey { get; set; }

    /// <summary>The input: anything with a form in JSON; null for none.</summary>
    public object? Input { get; set; }

    /// <summary>Free key-value data kept with the run.</summary>
    public object? Meta { get; set; }
}
