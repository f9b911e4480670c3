namespace Membrane;

/// <summary>The answer to an interruption.</summary>
public sealed class AgentSessionInterruption : MembraneModel
{
    /// <summary>Whether work was interrupted; false where the agent was not working.</summary>
    public bool? Interrupted { get; internal set; }
}
