using System;

namespace Membrane;

/// <summary>A finished run of an action.</summary>
public sealed class ActionRun : MembraneModel
{
    /// <summary>What the action answered.</summary>
    public object? Output { get; internal set; }

    /// <summary>The id of the run log; empty where the service sends none.</summary>
    public string? ActionRunId { get; internal set; }

    /// <summary>The action that ran, as it was named in the request.</summary>
    public string? ActionId { get; internal set; }

    /// <summary>The connection that it ran on, as it was named in the request.</summary>
    public string? ConnectionId { get; internal set; }

    /// <summary>How long the run took as seen from here, retries included.</summary>
    public TimeSpan Duration { get; internal set; }

    /// <summary>The position of the input among the inputs of the same command, from 0.</summary>
    public long InputIndex { get; internal set; }

    /// <summary>The id of the run.</summary>
    public override string ToString() => ActionRunId ?? ActionId ?? nameof(ActionRun);
}
