namespace Membrane.Client;

/// <summary>How files are imported into a workspace.</summary>
public sealed class WorkspaceImport
{
    /// <summary>Whether the service only says what it would change.</summary>
    public bool DryRun { get; set; }

    /// <summary>Whether elements that the files lack are left alone. Otherwise they are archived.</summary>
    public bool Partial { get; set; }

    /// <summary>
    /// Whether the import goes on where the service would refuse it, such as archiving an integration that has connections.
    /// </summary>
    public bool Force { get; set; }
}
