using System;

namespace Membrane.Client.Flows;

/// <summary>Which flow runs are wanted. Null means any.</summary>
public sealed class FlowRunFilter
{
    /// <summary>The flow, by id.</summary>
    public string? FlowId { get; init; }

    /// <summary>The state: queued, running, completed, stopped or failed.</summary>
    public string? State { get; init; }

    /// <summary>The connection, by id.</summary>
    public string? ConnectionId { get; init; }

    /// <summary>The integration, by id.</summary>
    public string? IntegrationId { get; init; }

    /// <summary>The external app, by id.</summary>
    public string? ExternalAppId { get; init; }

    /// <summary>The tenant, by id; for managers.</summary>
    public string? TenantId { get; init; }

    /// <summary>The earliest start.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The latest start.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Text in the run.</summary>
    public string? Search { get; init; }
}
