using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace Membrane.Client.Mcp;

/// <summary>Collects responses, to be sent as one; what is not a response is not held back.</summary>
/// <param name="direct">Where everything else goes; null where there is no place for it.</param>
internal sealed class McpBatch(IMcpSink? direct = null) : IMcpSink
{
    private readonly List<JsonObject> responses = [];

    /// <summary>Makes the error of a batch in a revision that has none.</summary>
    public static McpException Refuse(string version) =>
        new(
            McpException.InvalidRequest,
            $"Version {version} of the protocol has no batches, only {McpVersions.WithBatches} has: send one message at a time."
        );

    /// <inheritdoc/>
    public void Write(JsonObject message)
    {
        if (message.ContainsKey("method"))
        {
            direct?.Write(message);
            return;
        }

        lock (responses)
        {
            responses.Add(message);
        }
    }

    /// <summary>Takes the responses; null where there are none, which is not answered at all.</summary>
    public JsonArray? Take()
    {
        lock (responses)
        {
            var taken = responses.Count == 0 ? null : new JsonArray([.. responses]);
            responses.Clear();
            return taken;
        }
    }
}
