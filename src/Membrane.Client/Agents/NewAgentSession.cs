namespace Membrane.Client.Agents;

/// <summary>What an agent is asked to do.</summary>
public sealed class NewAgentSession
{
    /// <summary>The task, in words. Required.</summary>
    public string Prompt { get; init; } = string.Empty;

    /// <summary>The agent: membrane, membrane-core, self-integrating, connection-building, action-building or universe; null for the service's choice.</summary>
    public string? AgentName { get; init; }
}
