namespace Membrane;

/// <summary>Whether a connection works, as its connector found out.</summary>
public sealed class ConnectionTest : MembraneModel
{
    /// <summary>The connection that was tested.</summary>
    public string? ConnectionId { get; internal set; }

    /// <summary>Whether the external app accepts the credentials.</summary>
    public bool? Success { get; internal set; }

    /// <summary>Why the test could not be passed, where the service says so.</summary>
    public ErrorData? Error { get; internal set; }

    /// <summary>The connection and the outcome.</summary>
    public override string ToString() => ConnectionId + (Success == true ? " works" : " does not work");
}
