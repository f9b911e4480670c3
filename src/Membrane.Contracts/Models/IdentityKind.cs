namespace Membrane;

/// <summary>On whose behalf a token speaks.</summary>
public enum IdentityKind
{
    /// <summary>One tenant of one workspace.</summary>
    Tenant,

    /// <summary>A whole workspace.</summary>
    Manager,

    /// <summary>A person, with all their workspaces.</summary>
    Account,
}
