using System.Collections.Generic;

namespace Membrane.Client;

/// <summary>What an agent is asked to do.</summary>
public sealed class NewAgentSession
{
    /// <summary>The task, in words. Required.</summary>
    public string Prompt { get; set; } = string.Empty;

    /// <summary>
    /// The agent: membrane, membrane-core, self-integrating, connection-building, action-building or universe; null for the service's
    /// choice.
    /// </summary>
    public string? AgentName { get; set; }

    /// <summary>The model, such as anthropic/claude-sonnet-4.6; null for the service's choice.</summary>
    public string? ModelId { get; set; }

    /// <summary>What the agent is given along with the task.</summary>
    public IReadOnlyList<AgentAttachment> Attachments { get; set; } = [];

    /// <summary>The type of the element to work on.</summary>
    public string? WorkspaceElementType { get; set; }

    /// <summary>The id of the element to work on.</summary>
    public string? WorkspaceElementId { get; set; }

    /// <summary>The tenant to test with.</summary>
    public string? TestCustomerId { get; set; }
}
