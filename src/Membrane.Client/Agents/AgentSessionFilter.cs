using System;

namespace Membrane.Client;

/// <summary>Which agent sessions are wanted. Null means any.</summary>
public sealed class AgentSessionFilter
{
    /// <summary>The status: queued, starting, running, completed, failed or cancelled.</summary>
    public string? Status { get; set; }

    /// <summary>The type of the element that is worked on.</summary>
    public string? WorkspaceElementType { get; set; }

    /// <summary>The id of the element that is worked on.</summary>
    public string? WorkspaceElementId { get; set; }

    /// <summary>The earliest beginning.</summary>
    public DateTimeOffset? From { get; set; }

    /// <summary>The latest beginning.</summary>
    public DateTimeOffset? To { get; set; }
}
