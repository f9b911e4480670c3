namespace Membrane;

/// <summary>Work that the service does on its own time: an export or an import of a workspace.</summary>
public sealed class AsyncRequest : MembraneModel
{
    /// <summary>The id of the work.</summary>
    public string? Id { get; internal set; }

    /// <summary>Where it stands: pending, active, completed, failed or cancelled.</summary>
    public string? Status { get; internal set; }

    /// <summary>How far it is, in the service's own form.</summary>
    public object? Progress { get; internal set; }

    /// <summary>What came of it.</summary>
    public AsyncRequestResult? Result { get; internal set; }

    /// <summary>What went wrong.</summary>
    public ErrorData? Error { get; internal set; }

    /// <summary>The id and the status.</summary>
    public override string ToString() => $"{Id}: {Status}";
}
