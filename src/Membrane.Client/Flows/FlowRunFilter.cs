using System;

namespace Membrane.Client;

/// <summary>Which flow runs are wanted. Null means any.</summary>
public sealed class FlowRunFilter
{
    /// <summary>The flow, by id.</summary>
    public string? FlowId { get; set; }

    /// <summary>The state: queued, running, completed, stopped or failed.</summary>
    public string? State { get; set; }

    /// <summary>The connection, by id.</summary>
    public string? ConnectionId { get; set; }

    /// <summary>The integration, by id.</summary>
    public string? IntegrationId { get; set; }

    /// <summary>The external app, by id.</summary>
    public string? ExternalAppId { get; set; }

    /// <summary>The tenant, by id; for managers.</summary>
    public string? TenantId { get; set; }

    /// <summary>The earliest start.</summary>
    public DateTimeOffset? From { get; set; }

    /// <summary>The latest start.</summary>
    public DateTimeOffset? To { get; set; }

    /// <summary>Text in the run.</summary>
    public string? Search { get; set; }
}
