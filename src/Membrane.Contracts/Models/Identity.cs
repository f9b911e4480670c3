using System;
using System.Collections.Generic;

namespace Membrane;

/// <summary>Who one is for the service.</summary>
public sealed class Identity : MembraneModel
{
    /// <summary>On whose behalf the token speaks.</summary>
    public IdentityKind? Kind { get; internal set; }

    /// <summary>The internal id of the tenant; empty for others.</summary>
    public string? Id { get; internal set; }

    /// <summary>The display name of the tenant.</summary>
    public string? Name { get; internal set; }

    /// <summary>Your own id of the tenant; the service's field internalId.</summary>
    public string? TenantKey { get; internal set; }

    /// <summary>The key of the workspace.</summary>
    public string? WorkspaceKey { get; internal set; }

    /// <summary>The e-mail address of the person, for a stored sign-in.</summary>
    public string? Email { get; internal set; }

    /// <summary>The workspaces of the person, for an account.</summary>
    public IReadOnlyList<Workspace>? Workspaces { get; internal set; }

    /// <summary>The fields kept on the tenant.</summary>
    public object? Fields { get; internal set; }

    /// <summary>Free key-value data of the tenant.</summary>
    public object? Meta { get; internal set; }

    /// <summary>The credentials kept on the tenant.</summary>
    public object? Credentials { get; internal set; }

    /// <summary>Whether the tenant is one for tests.</summary>
    public bool? IsTest { get; internal set; }

    /// <summary>Whether the tenant counts for billing.</summary>
    public bool? IsBillable { get; internal set; }

    /// <summary>Whether the tenant is active.</summary>
    public bool? IsActive { get; internal set; }

    /// <summary>How many AI credits the tenant may use in 30 days; empty for no limit.</summary>
    public double? AiCreditsRolling30DayLimit { get; internal set; }

    /// <summary>When the tenant was last active.</summary>
    public DateTimeOffset? LastActiveAt { get; internal set; }

    /// <summary>When the tenant was created.</summary>
    public DateTimeOffset? CreatedAt { get; internal set; }

    /// <summary>When the tenant was archived.</summary>
    public DateTimeOffset? ArchivedAt { get; internal set; }

    /// <summary>Who it is.</summary>
    public override string ToString() => TenantKey ?? Email ?? WorkspaceKey ?? nameof(Identity);
}
