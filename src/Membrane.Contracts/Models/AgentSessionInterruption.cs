namespace Membrane;

/// <summary>The answer to an interruption.</summary>
public sealed class AgentSessionInterruption : MembraneModel
{
    /// <summary>The session that was interrupted.</summary>
    public string? SessionId { get; internal set; }

    /// <summary>Whether work was interrupted; false where the agent was not working.</summary>
    public bool? Interrupted { get; internal set; }
}
