using System.Collections.Generic;

namespace Membrane;

/// <summary>What differs, or was changed, in one element of a workspace or in one file that describes it.</summary>
public sealed class WorkspaceChange : MembraneModel
{
    /// <summary>What it is: created, updated, archived, or for local files removed.</summary>
    public string? Change { get; internal set; }

    /// <summary>The type of the element, such as action.</summary>
    public string? ElementType { get; internal set; }

    /// <summary>The key of the element.</summary>
    public string? Key { get; internal set; }

    /// <summary>The key of the integration that the element belongs to; empty for universal elements and connectors.</summary>
    public string? IntegrationKey { get; internal set; }

    /// <summary>The file, relative to the folder of the workspace, with slashes.</summary>
    public string? Path { get; internal set; }

    /// <summary>The fields that differ, where that is known.</summary>
    public IReadOnlyList<WorkspaceFieldChange>? Fields { get; internal set; }

    /// <summary>Whether this was a dry run, and nothing was changed.</summary>
    public bool? DryRun { get; internal set; }

    /// <summary>The change and the file.</summary>
    public override string ToString() => $"{Change} {Path ?? Key}";
}
