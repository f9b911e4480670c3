using System.Collections.Generic;

namespace Membrane;

/// <summary>One run of a node within a flow run.</summary>
public sealed class FlowNodeRun : MembraneModel
{
    /// <summary>The id of the node run.</summary>
    public string? Id { get; internal set; }

    /// <summary>How it ended: completed, failed or skipped.</summary>
    public string? Status { get; internal set; }

    /// <summary>The input.</summary>
    public object? Input { get; internal set; }

    /// <summary>The outputs: their ids, and what they started. Receive-MembraneFlowRun reads the data.</summary>
    public object? Outputs { get; internal set; }

    /// <summary>The runs whose outputs started this one.</summary>
    public object? UpstreamRuns { get; internal set; }

    /// <summary>Log entries.</summary>
    public object? Logs { get; internal set; }

    /// <summary>What went wrong.</summary>
    public IReadOnlyList<ErrorData>? Errors { get; internal set; }

    /// <summary>The flow run.</summary>
    public string? FlowRunId { get; internal set; }

    /// <summary>The node.</summary>
    public string? NodeKey { get; internal set; }

    /// <summary>The node, and how its run ended.</summary>
    public override string ToString() => $"{NodeKey} ({Status})";
}
