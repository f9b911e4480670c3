using System;

namespace Membrane;

/// <summary>A conversation with Membrane Agent, which builds what does not exist yet.</summary>
public sealed class AgentSession : MembraneModel
{
    /// <summary>The id of the session.</summary>
    public string? Id { get; internal set; }

    /// <summary>Where the session stands: queued, starting, running, completed, failed or cancelled.</summary>
    public string? Status { get; internal set; }

    /// <summary>Whether the agent works (busy) or has done what was asked so far (idle).</summary>
    public string? State { get; internal set; }

    /// <summary>The task.</summary>
    public string? Prompt { get; internal set; }

    /// <summary>What was done; filled when idle.</summary>
    public string? Summary { get; internal set; }

    /// <summary>The title.</summary>
    public string? Title { get; internal set; }

    /// <summary>The agent: membrane, membrane-core, self-integrating, connection-building, action-building or universe.</summary>
    public string? AgentName { get; internal set; }

    /// <summary>What went wrong.</summary>
    public ErrorData? Error { get; internal set; }

    /// <summary>The result, where the agent gives one.</summary>
    public object? Output { get; internal set; }

    /// <summary>The kind of session.</summary>
    public string? Type { get; internal set; }

    /// <summary>The type of the element that the session works on.</summary>
    public string? WorkspaceElementType { get; internal set; }

    /// <summary>The id of the element that the session works on.</summary>
    public string? WorkspaceElementId { get; internal set; }

    /// <summary>The workspace.</summary>
    public string? WorkspaceId { get; internal set; }

    /// <summary>The organization workspace.</summary>
    public string? OrgWorkspaceId { get; internal set; }

    /// <summary>The tenant.</summary>
    public string? TenantId { get; internal set; }

    /// <summary>The older name of <see cref="TenantId"/>.</summary>
    public string? UserId { get; internal set; }

    /// <summary>Whether a worker runs the session.</summary>
    public bool? HasWorker { get; internal set; }

    /// <summary>Whether the session is driven from outside.</summary>
    public bool? IsExternal { get; internal set; }

    /// <summary>The cost so far, in the unit of the service.</summary>
    public double? Cost { get; internal set; }

    /// <summary>When the agent last made progress.</summary>
    public DateTimeOffset? LastActivityAt { get; internal set; }

    /// <summary>When the session was created.</summary>
    public DateTimeOffset? CreatedAt { get; internal set; }

    /// <summary>When the session was last updated.</summary>
    public DateTimeOffset? UpdatedAt { get; internal set; }

    /// <summary>The title or the task.</summary>
    public override string ToString() => Title ?? Prompt ?? Id ?? nameof(AgentSession);
}
