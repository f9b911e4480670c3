namespace Membrane.Emulator.Connections;

/// <summary>What is to be connected: an app, or a connection that is there already.</summary>
internal sealed class ConnectionTarget(Element? connector, Element? integration, Element? connection)
{
    public Element? Connector { get; } = connector;

    public Element? Integration { get; } = integration;

    /// <summary>The connection to connect again.</summary>
    public Element? Connection { get; } = connection;

    /// <summary>The app's name as a person reads it.</summary>
    public string Name => Integration?.Name ?? Connector?.Name ?? Connection?.Name ?? "the app";
}
