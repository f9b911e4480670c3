using System.Text.Json.Nodes;

namespace Membrane.Client.Mcp;

/// <summary>A client that is told that the tools have changed.</summary>
/// <param name="sink">Where to say it.</param>
/// <param name="subscription">The id of the request that asked for it; null in the revisions with a handshake.</param>
internal sealed class McpListener(IMcpSink sink, JsonNode? subscription)
{
    private readonly object writeLock = new();
    private string? known;

    /// <summary>Notes which tools the client knows.</summary>
    public void Knows(McpToolListing tools)
    {
        lock (writeLock)
        {
            known = tools.Text;
        }
    }

    /// <summary>Says that there are other tools, unless the client knows those.</summary>
    public void Tell(McpToolListing tools)
    {
        lock (writeLock)
        {
            if (known == tools.Text)
            {
                return;
            }

            known = tools.Text;
            Write("notifications/tools/list_changed", []);
        }
    }

    /// <summary>Says first of all what the client will be told.</summary>
    public void Acknowledge(bool isTold)
    {
        lock (writeLock)
        {
            var told = isTold ? new JsonObject { ["toolsListChanged"] = true } : [];
            Write("notifications/subscriptions/acknowledged", new JsonObject { ["notifications"] = told });
        }
    }

    private void Write(string method, JsonObject parameters)
    {
        if (subscription is not null)
        {
            parameters["_meta"] = new JsonObject { [McpSubscription.IdKey] = subscription.DeepClone() };
        }

        var message = new JsonObject { ["jsonrpc"] = "2.0", ["method"] = method };
        if (parameters.Count > 0)
        {
            message["params"] = parameters;
        }

        sink.Write(message);
    }
}
