namespace Membrane.Emulator.Agents;

/// <summary>Whether an agent session works or waits for input, as the API names it.</summary>
internal static class AgentSessionState
{
    public const string Busy = "busy";
    public const string Idle = "idle";
}
