namespace Membrane.Client.Connections;

/// <summary>What a connection is good for now, read from its state, old names of states included.</summary>
internal enum ConnectionReadiness
{
    /// <summary>It can be used.</summary>
    Ready,

    /// <summary>It is being built: it will change by itself.</summary>
    Building,

    /// <summary>A person, or the script, has to do something first.</summary>
    NeedsAction,

    /// <summary>It will not become usable by waiting.</summary>
    Unusable,
}
