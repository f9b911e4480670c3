using System;
using System.Collections.Generic;

namespace Membrane;

/// <summary>The fields that every element of a workspace shares.</summary>
public abstract class WorkspaceElement : MembraneModel
{
    /// <summary>The internal id, opaque.</summary>
    public string? Id { get; internal set; }

    /// <summary>The display name.</summary>
    public string? Name { get; internal set; }

    /// <summary>The stable key, unique within its parent and integration.</summary>
    public string? Key { get; internal set; }

    /// <summary>The stable unique identifier.</summary>
    public string? Uuid { get; internal set; }

    /// <summary>Free text about the element.</summary>
    public string? Description { get; internal set; }

    /// <summary>
    /// The lifecycle state: BUILDING, CLIENT_ACTION_REQUIRED, CONFIGURATION_ERROR, SETUP_FAILED, READY,
    /// DISCONNECTING, or the older NOT_CONFIGURED and SETUP_IN_PROGRESS.
    /// </summary>
    public string? State { get; internal set; }

    /// <summary>Setup or validation errors while the element is not READY.</summary>
    public IReadOnlyList<ErrorData>? Errors { get; internal set; }

    /// <summary>Free key-value data.</summary>
    public object? Meta { get; internal set; }

    /// <summary>An opaque token that changes with every update.</summary>
    public string? Revision { get; internal set; }

    /// <summary>When the element was created.</summary>
    public DateTimeOffset? CreatedAt { get; internal set; }

    /// <summary>When the element was last updated.</summary>
    public DateTimeOffset? UpdatedAt { get; internal set; }

    /// <summary>When the element was archived; empty while it is not.</summary>
    public DateTimeOffset? ArchivedAt { get; internal set; }

    /// <summary>Whether the element is inactive and skips its setup.</summary>
    public bool? IsDeactivated { get; internal set; }

    /// <summary>Whether the element cannot be changed.</summary>
    public bool? IsReadOnly { get; internal set; }

    /// <summary>The name, or what else tells the element apart.</summary>
    public override string ToString() => Name ?? Key ?? Id ?? GetType().Name;
}
