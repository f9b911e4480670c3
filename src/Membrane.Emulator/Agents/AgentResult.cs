namespace Membrane.Emulator.Agents;

/// <summary>What an agent says at the end of its work.</summary>
internal sealed class AgentResult
{
    private AgentResult(string summary, bool isDone)
    {
        Summary = summary;
        IsDone = isDone;
    }

    /// <summary>What was done, or why it was not.</summary>
    public string Summary { get; }

    /// <summary>Whether what was asked for is there now.</summary>
    public bool IsDone { get; }

    public static AgentResult Done(string summary) => new(summary, true);

    public static AgentResult NotDone(string why) => new("Nothing was built: " + why, false);

    public static AgentResult NotChanged(string why) => new("Nothing was changed: " + why, false);
}
