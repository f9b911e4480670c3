using System;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Json;

namespace Membrane.Client.Mcp;

/// <summary>A request that stays open for as long as the client wants to be told of changes.</summary>
internal static class McpSubscription
{
    /// <summary>The member of <c>_meta</c> that says which request a notification belongs to.</summary>
    public const string IdKey = "io.modelcontextprotocol/subscriptionId";

    /// <summary>Tells the client of changes until it cancels the request, or the server ends it.</summary>
    /// <returns>The result, where the server ends it.</returns>
    /// <exception cref="OperationCanceledException">The client canceled the request.</exception>
    public static async Task<JsonObject> RunAsync(
        LocalMcpServer server,
        McpMessage request,
        IMcpSink sink,
        CancellationToken ending,
        CancellationToken canceled
    )
    {
        var wanted =
            request.Parameters.Member("notifications")
            ?? throw new McpException(McpException.InvalidParams, "'notifications' is missing: it says what the client wants to be told.");
        var isTold = wanted.Member("toolsListChanged") is { ValueKind: JsonValueKind.True };
        var listener = new McpListener(sink, request.Id);
        listener.Acknowledge(isTold);
        if (isTold)
        {
            if (server.Tools.Last is { } known)
            {
                listener.Knows(known);
            }

            server.Listen(listener);
        }

        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(ending, canceled);
            await Task.Delay(Timeout.InfiniteTimeSpan, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The result says so.
        }
        finally
        {
            server.StopListening(listener);
        }

        return new JsonObject { ["_meta"] = new JsonObject { [IdKey] = request.Id!.DeepClone() } };
    }
}
