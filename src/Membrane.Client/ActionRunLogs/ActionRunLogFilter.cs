using System;

namespace Membrane.Client.ActionRunLogs;

/// <summary>Which runs are wanted. Null means any.</summary>
public sealed class ActionRunLogFilter
{
    /// <summary>The action, by id, at whichever layer.</summary>
    public string? ActionId { get; init; }

    /// <summary>The connection, by id.</summary>
    public string? ConnectionId { get; init; }

    /// <summary>The integration, by id.</summary>
    public string? IntegrationId { get; init; }

    /// <summary>The external app, by id.</summary>
    public string? ExternalAppId { get; init; }

    /// <summary>The tenant, by id; for managers.</summary>
    public string? TenantId { get; init; }

    /// <summary>How the run ended: success or error.</summary>
    public string? Status { get; init; }

    /// <summary>The earliest beginning.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The latest beginning.</summary>
    public DateTimeOffset? To { get; init; }
}
