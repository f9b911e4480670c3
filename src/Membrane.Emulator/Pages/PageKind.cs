namespace Membrane.Emulator.Pages;

/// <summary>The pages there are.</summary>
internal enum PageKind
{
    /// <summary>A connection request, and the answer to it.</summary>
    Request,

    /// <summary>Connecting an app; without one, choosing it.</summary>
    Connect,

    /// <summary>Connecting again what is connected already.</summary>
    Reconnect,

    /// <summary>How a connection is.</summary>
    Connection,

    /// <summary>A page of the service that the emulator does not have.</summary>
    NotBuilt,
}
