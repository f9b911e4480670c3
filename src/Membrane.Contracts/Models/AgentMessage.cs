using System;

namespace Membrane;

/// <summary>One message of an agent session. The vendor documents no shape; these fields are assumed, and all others are kept.</summary>
public sealed class AgentMessage : MembraneModel
{
    /// <summary>The id of the message.</summary>
    public string? Id { get; internal set; }

    /// <summary>The session.</summary>
    public string? SessionId { get; internal set; }

    /// <summary>Who speaks: user or assistant.</summary>
    public string? Role { get; internal set; }

    /// <summary>What is said.</summary>
    public string? Content { get; internal set; }

    /// <summary>When it was said.</summary>
    public DateTimeOffset? CreatedAt { get; internal set; }

    /// <summary>Who speaks, and what is said.</summary>
    public override string ToString() => Role + ": " + Content;
}
