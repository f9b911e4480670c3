namespace Membrane;

/// <summary>What a person or program must do before a connection is usable.</summary>
public class ClientAction : MembraneModel
{
    /// <summary>The kind: connect (sign in, or sign in again) or provide-input.</summary>
    public string? Type { get; internal set; }

    /// <summary>What to do, in words.</summary>
    public string? Description { get; internal set; }

    /// <summary>The page to open.</summary>
    public string? UiUrl { get; internal set; }

    /// <summary>Instructions for an agent.</summary>
    public string? AgentInstructions { get; internal set; }

    /// <summary>Instructions for handing over to another agent.</summary>
    public string? HandoffAgentInstructions { get; internal set; }

    /// <summary>What to do, in words.</summary>
    public override string ToString() => Description ?? Type ?? string.Empty;
}
