using System;
using System.IO;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Membrane.Client.Json;

namespace Membrane.Client.Mcp;

/// <summary>Writes messages, one a line, from several threads.</summary>
internal sealed class McpOutput(Stream stream) : IMcpSink
{
    private readonly object writeLock = new();
    private readonly TaskCompletionSource<bool> broken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when no one reads any more.</summary>
    public Task Broken => broken.Task;

    /// <inheritdoc/>
    public void Write(JsonObject message) => Write((JsonNode)message);

    /// <summary>Writes one message, or a batch of them.</summary>
    public void Write(JsonNode message)
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
            catch (Exception exception) when (exception is IOException or ObjectDisposedException)
            {
                broken.TrySetResult(true);
            }
        }
    }
}
