namespace Membrane;

/// <summary>The joint summary of the checkpoints of one batch: every input is counted once, in however many of them it is.</summary>
public sealed class CheckpointSummary
{
    /// <summary>The action.</summary>
    public string? ActionId { get; internal set; }

    /// <summary>The connection, where it was named.</summary>
    public string? ConnectionId { get; internal set; }

    /// <summary>The tenant, where it is known.</summary>
    public string? TenantKey { get; internal set; }

    /// <summary>How many checkpoints there are.</summary>
    public int Checkpoints { get; internal set; }

    /// <summary>How many of them are not closed: their run is under way, or was stopped from outside.</summary>
    public int Open { get; internal set; }

    /// <summary>How many inputs were sent.</summary>
    public long Total { get; internal set; }

    /// <summary>How many were done.</summary>
    public long Succeeded { get; internal set; }

    /// <summary>How many ended with an error.</summary>
    public long Failed { get; internal set; }

    /// <summary>How many were not sent in the end.</summary>
    public long NotSent { get; internal set; }

    /// <summary>How many are under way, or have an outcome that is not known.</summary>
    public long Unknown { get; internal set; }

    /// <summary>How many were done in more than one of the checkpoints; 0, unless workers had the same rows and did not know of each other.</summary>
    public long DoneTwice { get; internal set; }

    /// <summary>Returns the summary in one line.</summary>
    public override string ToString() =>
        $"{Total} inputs in {Checkpoints} checkpoints: {Succeeded} succeeded, {Failed} failed, {NotSent} not sent, {Unknown} unknown";
}
