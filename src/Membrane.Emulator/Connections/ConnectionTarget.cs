
namespace Membrane.Emulator.Connections;

/// <summary>What is to be connected: an app, or a connection that is there already.</summary>
internal sealed class ConnectionTarget
{
    public ConnectionTarget(Element? connector, Element? integration, Element? connection)
    {
        Connector = connector;
        Integration = integration;
        Connection = connection;
    }

    public Element? Connector { get; }

    public Element? Integration { get; }

    /// <summary>The connection to connect again.</summary>
    public Element? Connection { get; }

    /// <summary>The app's name as a person reads it.</summary>
    public string Name => Integration?.Name ?? Connector?.Name ?? Connection?.Name ?? "the app";
}
