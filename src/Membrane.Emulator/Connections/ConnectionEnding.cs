namespace Membrane.Emulator.Connections;

/// <summary>What becomes of a connection that a person has allowed.</summary>
internal enum ConnectionEnding
{
    /// <summary>It works.</summary>
    Ready,

    /// <summary>The app lets it in, but it cannot be set up.</summary>
    SetupFailed,

    /// <summary>It works no more, and never will again until it is connected again.</summary>
    Defunct,
}
