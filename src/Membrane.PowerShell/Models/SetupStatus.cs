namespace Membrane;

/// <summary>How a check of Test-MembraneSetup ended.</summary>
public enum SetupStatus
{
    /// <summary>It is as it should be.</summary>
    Passed,

    /// <summary>It works, and something about it should be looked at.</summary>
    Warning,

    /// <summary>It does not work.</summary>
    Failed,

    /// <summary>It was not checked: what it needs is missing, or the caller did not want it.</summary>
    Skipped,
}
