using System;

namespace Membrane.Client.Agents;

/// <summary>Which agent sessions are wanted. Null means any.</summary>
public sealed class AgentSessionFilter
{
    /// <summary>The status: queued, starting, running, completed, failed or cancelled.</summary>
    public string? Status { get; init; }

    /// <summary>The type of the element that is worked on.</summary>
    public string? WorkspaceElementType { get; init; }

    /// <summary>The id of the element that is worked on.</summary>
    public string? WorkspaceElementId { get; init; }

    /// <summary>The earliest beginning.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The latest beginning.</summary>
    public DateTimeOffset? To { get; init; }
}
