namespace Membrane.Emulator.Agents;

/// <summary>How far the work of an agent session has got, as the API names it.</summary>
internal static class AgentSessionStatus
{
    public const string Queued = "queued";
    public const string Starting = "starting";
    public const string Running = "running";
    public const string Completed = "completed";
    public const string Failed = "failed";
    public const string Cancelled = "cancelled";
}
