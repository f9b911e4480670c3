using Membrane.Emulator.Store;

namespace Membrane.Emulator.Connections;

/// <summary>What is to be connected: an app, or a connection that is there already.</summary>
internal sealed class ConnectionTarget(StoredElement? connector, StoredElement? integration, StoredElement? connection)
{
    public StoredElement? Connector { get; } = connector;

    public StoredElement? Integration { get; } = integration;

    /// <summary>The connection to connect again.</summary>
    public StoredElement? Connection { get; } = connection;

    /// <summary>The app's name as a person reads it.</summary>
    public string Name => Integration?.Name ?? Connector?.Name ?? Connection?.Name ?? "the app";
}
