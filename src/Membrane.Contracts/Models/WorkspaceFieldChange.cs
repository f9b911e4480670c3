namespace Membrane;

/// <summary>One field of an element that differs.</summary>
public sealed class WorkspaceFieldChange : MembraneModel
{
    /// <summary>The field, with the fields that it is in before it: config.request.path.</summary>
    public string? Field { get; internal set; }

    /// <summary>The value in the workspace; empty where it has none.</summary>
    public object? Before { get; internal set; }

    /// <summary>The value in the file; empty where it has none.</summary>
    public object? After { get; internal set; }

    /// <summary>The field.</summary>
    public override string ToString() => Field ?? string.Empty;
}
