namespace Membrane.Client.Agents;

/// <summary>Which agent sessions are wanted. Null means any.</summary>
public sealed class AgentSessionFilter
{
    /// <summary>The status: queued, starting, running, completed, failed or cancelled.</summary>
    public string? Status { get; init; }
}
