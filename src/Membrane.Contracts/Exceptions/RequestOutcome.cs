namespace Membrane;

/// <summary>What is known of a request that did not end well.</summary>
public enum RequestOutcome
{
    /// <summary>The service answered that it failed.</summary>
    Failed,

    /// <summary>The service did not run it: it was never sent, or the service rejected it unread.</summary>
    NotSent,

    /// <summary>It was sent and no usable answer came: it may or may not have been done.</summary>
    Unknown,
}
