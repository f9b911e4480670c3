using System.Text.Json.Nodes;

namespace Membrane.Client.Mcp;

/// <summary>Takes messages for a client. Safe for use from several threads.</summary>
internal interface IMcpSink
{
    /// <summary>Sends one message, or drops it where the client is gone.</summary>
    void Write(JsonObject message);
}
