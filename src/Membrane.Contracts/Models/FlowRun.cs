using System;
using System.Collections.Generic;

namespace Membrane;

/// <summary>A run of a flow.</summary>
public sealed class FlowRun : MembraneModel
{
    /// <summary>The id of the run.</summary>
    public string? Id { get; internal set; }

    /// <summary>The display name.</summary>
    public string? Name { get; internal set; }

    /// <summary>Where the run stands: queued, running, completed, stopped or failed.</summary>
    public string? State { get; internal set; }

    /// <summary>The node that the run started at.</summary>
    public string? StartNodeKey { get; internal set; }

    /// <summary>The input.</summary>
    public object? Input { get; internal set; }

    /// <summary>When the run started.</summary>
    public DateTimeOffset? StartTime { get; internal set; }

    /// <summary>When the run ended.</summary>
    public DateTimeOffset? EndTime { get; internal set; }

    /// <summary>What went wrong.</summary>
    public IReadOnlyList<ErrorData>? Errors { get; internal set; }

    /// <summary>Where each node stands, by key: state, runs, erroredRuns and outputs.</summary>
    public object? Nodes { get; internal set; }

    /// <summary>What started the run.</summary>
    public object? LaunchedBy { get; internal set; }

    /// <summary>Free key-value data.</summary>
    public object? Meta { get; internal set; }

    /// <summary>The connection that the run works on.</summary>
    public string? ConnectionId { get; internal set; }

    /// <summary>The integration.</summary>
    public string? IntegrationId { get; internal set; }

    /// <summary>The external app.</summary>
    public string? ExternalAppId { get; internal set; }

    /// <summary>The flow of the connection.</summary>
    public string? ConnectionFlowId { get; internal set; }

    /// <summary>The flow of the integration.</summary>
    public string? IntegrationFlowId { get; internal set; }

    /// <summary>The universal flow.</summary>
    public string? UniversalFlowId { get; internal set; }

    /// <summary>The older name of <see cref="ConnectionFlowId"/>.</summary>
    public string? FlowInstanceId { get; internal set; }

    /// <summary>The older name of <see cref="IntegrationFlowId"/>.</summary>
    public string? FlowId { get; internal set; }

    /// <summary>The tenant.</summary>
    public string? TenantId { get; internal set; }

    /// <summary>The older name of <see cref="TenantId"/>.</summary>
    public string? UserId { get; internal set; }

    /// <summary>How long the run took; empty while it goes on.</summary>
    public TimeSpan? Duration => EndTime - StartTime;

    /// <summary>The name, and where the run stands.</summary>
    public override string ToString() => $"{Name ?? Id} ({State})";
}
