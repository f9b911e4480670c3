namespace Membrane;

/// <summary>What one check of Test-MembraneSetup has found.</summary>
public sealed class SetupCheck
{
    internal SetupCheck(string name, SetupStatus status, string detail, string? recommendedAction = null)
    {
        Name = name;
        Status = status;
        Detail = detail;
        RecommendedAction = recommendedAction;
    }

    /// <summary>What was checked.</summary>
    public string Name { get; }

    /// <summary>How it ended.</summary>
    public SetupStatus Status { get; }

    /// <summary>What was found.</summary>
    public string Detail { get; }

    /// <summary>What to do; empty where nothing has to be done.</summary>
    public string? RecommendedAction { get; }

    /// <summary>The check in one line.</summary>
    public override string ToString() => $"{Name}: {Status}. {Detail}";
}
