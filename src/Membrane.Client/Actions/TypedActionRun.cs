using System;

namespace Membrane.Client;

/// <summary>A finished run of an action, with its output in a type of the caller's.</summary>
/// <typeparam name="TOutput">The type of the output.</typeparam>
public sealed class TypedActionRun<TOutput>
{
    internal TypedActionRun(TOutput? output, ActionRun run)
    {
        Output = output;
        ActionRunId = run.ActionRunId;
        ActionId = run.ActionId;
        ConnectionId = run.ConnectionId;
        Duration = run.Duration;
    }

    /// <summary>What the action answered; null, or what the type has in its place, where it answered nothing.</summary>
    public TOutput? Output { get; }

    /// <summary>The id of the run log; null where the service sends none.</summary>
    public string? ActionRunId { get; }

    /// <summary>The action that ran, as it was named in the request.</summary>
    public string? ActionId { get; }

    /// <summary>The connection that it ran on, as it was named in the request.</summary>
    public string? ConnectionId { get; }

    /// <summary>How long the run took as seen from here, retries included.</summary>
    public TimeSpan Duration { get; }

    /// <summary>The id of the run.</summary>
    public override string ToString() => ActionRunId ?? ActionId ?? nameof(ActionRun);
}
