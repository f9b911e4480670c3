using System;
using System.IO;
using System.Text.Json.Nodes;
using Membrane.Client.Json;

namespace Membrane.Client.Mcp;

/// <summary>Writes messages, one a line, from several threads.</summary>
internal sealed class McpOutput(Stream stream)
{
    private readonly object writeLock = new();

    /// <summary>Writes one message.</summary>
    public void Write(JsonObject message)
    {
        var json = JsonNodes.ToBytes(message);
        var line = new byte[json.Length + 1];
        Buffer.BlockCopy(json, 0, line, 0, json.Length);
        line[json.Length] = (byte)'\n';
        lock (writeLock)
        {
            try
            {
                stream.Write(line, 0, line.Length);
                stream.Flush();
            }
            catch (IOException)
            {
                // The client is gone; the end of the input says the same.
            }
        }
    }
}
