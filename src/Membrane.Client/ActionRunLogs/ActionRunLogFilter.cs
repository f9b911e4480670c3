using System;

namespace Membrane.Client;

/// <summary>Which runs are wanted. Null means any.</summary>
public sealed class ActionRunLogFilter
{
    /// <summary>The action, by id, at whichever layer.</summary>
    public string? ActionId { get; set; }

    /// <summary>The connection, by id.</summary>
    public string? ConnectionId { get; set; }

    /// <summary>The integration, by id.</summary>
    public string? IntegrationId { get; set; }

    /// <summary>The external app, by id.</summary>
    public string? ExternalAppId { get; set; }

    /// <summary>The tenant, by id; for managers.</summary>
    public string? TenantId { get; set; }

    /// <summary>How the run ended: success or error.</summary>
    public string? Status { get; set; }

    /// <summary>The earliest beginning.</summary>
    public DateTimeOffset? From { get; set; }

    /// <summary>The latest beginning.</summary>
    public DateTimeOffset? To { get; set; }
}
