namespace Membrane.Client.Transport;

/// <summary>How a try ended.</summary>
internal enum AttemptEnd
{
    /// <summary>An answer with an error status.</summary>
    Status,

    /// <summary>Nothing was sent: no connection came about.</summary>
    NotSent,

    /// <summary>Nothing was sent: the other side's certificate is not trusted, there is no common way to encrypt, or a proxy refuses to connect.</summary>
    NotTrusted,

    /// <summary>The connection broke after something was sent.</summary>
    Lost,

    /// <summary>Time ran out after something was sent.</summary>
    TimedOut,
}
