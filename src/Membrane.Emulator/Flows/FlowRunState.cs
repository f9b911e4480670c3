namespace Membrane.Emulator.Flows;

/// <summary>The states of a flow run and of the runs of its nodes, as the API names them.</summary>
internal static class FlowRunState
{
    public const string Queued = "queued";
    public const string Running = "running";
    public const string Completed = "completed";
    public const string Failed = "failed";
    public const string Stopped = "stopped";

    /// <summary>Of a node whose filter lets nothing through.</summary>
    public const string Skipped = "skipped";
}
