using System.Collections.Generic;

namespace Membrane.Client.Agents;

/// <summary>What an agent is asked to do.</summary>
public sealed class NewAgentSession
{
    /// <summary>The task, in words. Required.</summary>
    public string Prompt { get; init; } = string.Empty;

    /// <summary>
    /// The agent: membrane, membrane-core, self-integrating, connection-building, action-building or universe; null for the service's
    /// choice.
    /// </summary>
    public string? AgentName { get; init; }

    /// <summary>The model, such as anthropic/claude-sonnet-4.6; null for the service's choice.</summary>
    public string? ModelId { get; init; }

    /// <summary>What the agent is given along with the task.</summary>
    public IReadOnlyList<AgentAttachment> Attachments { get; init; } = [];

    /// <summary>The type of the element to work on.</summary>
    public string? WorkspaceElementType { get; init; }

    /// <summary>The id of the element to work on.</summary>
    public string? WorkspaceElementId { get; init; }

    /// <summary>The tenant to test with.</summary>
    public string? TestCustomerId { get; init; }
}
