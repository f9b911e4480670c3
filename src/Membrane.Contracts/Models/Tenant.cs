using System;

namespace Membrane;

/// <summary>A tenant of the workspace (the API's path says customers): a user or an organization that connections belong to.</summary>
public sealed class Tenant : MembraneModel
{
    /// <summary>The internal id, opaque.</summary>
    public string? Id { get; internal set; }

    /// <summary>The display name.</summary>
    public string? Name { get; internal set; }

    /// <summary>Your own id for the tenant: what tokens name.</summary>
    public string? InternalId { get; internal set; }

    /// <summary>The key of the tenant: <see cref="InternalId"/> by its newer name.</summary>
    public string? TenantKey => InternalId;

    /// <summary>Free fields.</summary>
    public object? Fields { get; internal set; }

    /// <summary>Free key-value data.</summary>
    public object? Meta { get; internal set; }

    /// <summary>The credentials that your app gave for the tenant, where the service sends them. Secret; no view shows them.</summary>
    public object? Credentials { get; internal set; }

    /// <summary>When the tenant was last active.</summary>
    public DateTimeOffset? LastActiveAt { get; internal set; }

    /// <summary>Whether this is a test object.</summary>
    public bool? IsTest { get; internal set; }

    /// <summary>Whether the tenant counts for billing.</summary>
    public bool? IsBillable { get; internal set; }

    /// <summary>Whether the tenant is active.</summary>
    public bool? IsActive { get; internal set; }

    /// <summary>The limit of AI credits within 30 days; empty for none.</summary>
    public double? AiCreditsRolling30DayLimit { get; internal set; }

    /// <summary>When the tenant was created.</summary>
    public DateTimeOffset? CreatedAt { get; internal set; }

    /// <summary>When the tenant was archived; empty while it is not.</summary>
    public DateTimeOffset? ArchivedAt { get; internal set; }

    /// <summary>The name, or what else tells the tenant apart.</summary>
    public override string ToString() => Name ?? InternalId ?? Id ?? nameof(Tenant);
}
