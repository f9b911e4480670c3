using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Json;

namespace Membrane.Client.Mcp;

/// <summary>
/// One client: its requests run concurrently, and a canceled one gets no response. Both kinds of revisions may be spoken at once:
/// a request that says its revision itself is handled by that one, every other by the one of the handshake.
/// </summary>
/// <param name="server">The server.</param>
/// <param name="own">Where the client reads what is not an answer to a request.</param>
internal sealed class McpSession(LocalMcpServer server, IMcpSink own) : IDisposable
{
    private const long DiscoveryLifeMilliseconds = 3_600_000;

    private readonly ConcurrentDictionary<string, CancellationTokenSource> running = new(StringComparer.Ordinal);
    private readonly McpListener listener = new(own, subscription: null);
    private readonly CancellationTokenSource leaving = CancellationTokenSource.CreateLinkedTokenSource(server.Leaving);
    private readonly CancellationTokenSource listening = CancellationTokenSource.CreateLinkedTokenSource(server.Leaving);
    private readonly McpCalls calls = new(server);

    /// <summary>The revision that the handshake agreed on; null before.</summary>
    public string? Version { get; private set; }

    /// <summary>Canceled when the client, or the server, has ended.</summary>
    public CancellationToken Ended => leaving.Token;

    /// <summary>Whether requests are under way.</summary>
    public bool IsBusy => !running.IsEmpty;

    /// <summary>Handles a message. The task ends when the answer is written, or none will be.</summary>
    /// <param name="message">The message.</param>
    /// <param name="answers">Where the answer goes, and what belongs to the request.</param>
    /// <param name="canceled">Cancels the request.</param>
    public async Task AcceptAsync(McpMessage message, IMcpSink answers, CancellationToken canceled)
    {
        try
        {
            if (message.Problem is not null)
            {
                throw message.Problem;
            }

            if (message.Method is null)
            {
                // A response, though this server asks nothing.
                return;
            }

            if (message.Id is null)
            {
                AcceptNotification(message);
                return;
            }

            if (Answer(message) is { } result)
            {
                Write(answers, message, result);
                return;
            }
        }
        catch (McpException exception)
        {
            Fail(answers, message.Id, exception);
            return;
        }

        await RunAsync(message, answers, canceled).ConfigureAwait(false);
    }

    /// <summary>Ends the requests that would never end by themselves.</summary>
    public void StopListening() => listening.Cancel();

    /// <summary>Cancels what is under way.</summary>
    public void Dispose()
    {
        server.StopListening(listener);
        leaving.Cancel();
    }

    /// <summary>Writes an error as an answer.</summary>
    public static void Fail(IMcpSink answers, JsonNode? id, McpException problem)
    {
        var error = new JsonObject { ["code"] = problem.Code, ["message"] = problem.Message };
        if (problem.Details is not null)
        {
            error["data"] = problem.Details.DeepClone();
        }

        answers.Write(
            new JsonObject
            {
                ["jsonrpc"] = "2.0",
                ["id"] = id?.DeepClone(),
                ["error"] = error,
            }
        );
    }

    /// <summary>Refuses a request whose revision is not spoken, or that lacks what its revision asks of each.</summary>
    /// <exception cref="McpException">It is such a request.</exception>
    public static void CheckVersion(McpMessage message)
    {
        if (message.Version is not null and not McpVersions.Stateless)
        {
            throw Unsupported(message.Version);
        }

        if (
            message.Version is not null
            && message.Parameters.Member("_meta")?.Member(CapabilitiesKey) is not { ValueKind: JsonValueKind.Object }
        )
        {
            throw new McpException(McpException.InvalidParams, $"'{CapabilitiesKey}' is missing in '_meta', or is not an object.");
        }
    }

    /// <summary>Makes the error of a revision that is not spoken.</summary>
    public static McpException Unsupported(string version) =>
        new(McpException.UnsupportedVersion, $"The protocol version '{ShownText.OfLine(version, 50)}' is not spoken here.")
        {
            Details = new JsonObject
            {
                ["supported"] = new JsonArray([.. McpVersions.All.Select(static one => (JsonNode)one)]),
                ["requested"] = version,
            },
        };

    private const string CapabilitiesKey = "io.modelcontextprotocol/clientCapabilities";

    private void AcceptNotification(McpMessage message)
    {
        if (
            message.Method == "notifications/cancelled"
            && message.Parameters.Member("requestId") is { ValueKind: JsonValueKind.String or JsonValueKind.Number } canceled
            && running.TryGetValue(JsonNodes.Of(canceled)!.ToJsonString(), out var request)
        )
        {
            Cancel(request);
        }
    }

    // What needs nothing but the message is answered at once, before whatever follows it; null for all else.
    private JsonObject? Answer(McpMessage message)
    {
        CheckVersion(message);
        var isStateless = message.Version is not null;
        switch (message.Method)
        {
            case "initialize" when !isStateless:
                return Initialize(message.Parameters);
            case "ping" when !isStateless:
                return [];
            case "server/discover" when isStateless:
                return Discover();
            case "server/discover":
                throw new McpException(McpException.InvalidParams, $"'{McpMessage.VersionKey}' is missing in '_meta'.");
            case "tools/list":
            case "tools/call":
            case "subscriptions/listen" when isStateless:
                return null;
            default:
                throw new McpException(McpException.MethodNotFound, $"There is no method '{ShownText.OfLine(message.Method!, 100)}'.");
        }
    }

    private JsonObject Initialize(JsonElement parameters)
    {
        var asked = parameters.Text("protocolVersion");
        var client = parameters.Member("clientInfo")?.Text("name") ?? "unknown";
        Version = asked is not null && McpVersions.Handshake.Contains(asked) ? asked : McpVersions.Handshake[0];
        server.Note?.Invoke($"The client '{ShownText.OfLine(client, 100)}' connected, with version {Version} of the protocol.");
        return new JsonObject
        {
            ["protocolVersion"] = Version,
            ["capabilities"] = Capabilities(),
            ["serverInfo"] = LocalMcpServer.Name(),
            ["instructions"] = server.Instructions,
        };
    }

    private JsonObject Discover() =>
        new()
        {
            ["supportedVersions"] = new JsonArray([.. McpVersions.All.Select(static one => (JsonNode)one)]),
            ["capabilities"] = Capabilities(),
            ["instructions"] = server.Instructions,
            ["ttlMs"] = DiscoveryLifeMilliseconds,
            ["cacheScope"] = "private",
        };

    private static JsonObject Capabilities() => new() { ["tools"] = new JsonObject { ["listChanged"] = true } };

    private async Task RunAsync(McpMessage message, IMcpSink answers, CancellationToken canceled)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(leaving.Token, canceled);
        if (!running.TryAdd(message.Key, stop))
        {
            Fail(answers, message.Id, new McpException(McpException.InvalidRequest, "A request with this id is under way."));
            return;
        }

        System.Action? answer = null;
        try
        {
            var result = await Task.Run(() => WorkAsync(message, answers, stop.Token), CancellationToken.None).ConfigureAwait(false);
            answer = () => Write(answers, message, result);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // A canceled request gets no response.
        }
        catch (McpException exception)
        {
            answer = () => Fail(answers, message.Id, exception);
        }
        catch (MembraneException exception)
        {
            server.Note?.Invoke($"{message.Method} failed: {exception.Message}");
            answer = () => Fail(answers, message.Id, new McpException(McpException.InternalError, exception.Message));
        }
        catch (InvalidOperationException exception) when (exception is not ObjectDisposedException && !IsText(message.Parameters))
        {
            answer = () =>
                Fail(answers, message.Id, new McpException(McpException.ParseError, "The message has text that is not valid Unicode."));
        }
#pragma warning disable CA1031 // Whatever went wrong, the client waits for an answer.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            server.Warn?.Invoke($"{message.Method} failed unexpectedly ({exception.GetType().Name}): {exception.Message}");
            answer = () => Fail(answers, message.Id, new McpException(McpException.InternalError, "Something unexpected went wrong."));
        }
        finally
        {
            running.TryRemove(message.Key, out var _);
        }

        // After the id is free again: a client may use it for its next request.
        if (answer is not null && (!stop.IsCancellationRequested || server.Leaving.IsCancellationRequested))
        {
            answer();
        }
    }

    private Task<JsonObject> WorkAsync(McpMessage message, IMcpSink answers, CancellationToken cancellationToken) =>
        message.Method switch
        {
            "tools/list" => ListAsync(message, cancellationToken),
            "tools/call" => calls.RunAsync(message, answers, cancellationToken),
            _ => McpSubscription.RunAsync(server, message, answers, listening.Token, cancellationToken),
        };

    private async Task<JsonObject> ListAsync(McpMessage message, CancellationToken cancellationToken)
    {
        if (message.Parameters.Member("cursor") is not null)
        {
            throw new McpException(McpException.InvalidParams, "There is no such cursor: all tools are on one page.");
        }

        var listing = await server.Tools.ListAsync(cancellationToken).ConfigureAwait(false);
        var result = new JsonObject { ["tools"] = listing.Write() };
        if (message.Version is not null)
        {
            result["ttlMs"] = 0;
            result["cacheScope"] = "private";
        }
        else if (Version is not null)
        {
            listener.Knows(listing);
            server.Listen(listener);
        }

        return result;
    }

    private static void Write(IMcpSink answers, McpMessage message, JsonObject result)
    {
        if (message.Version is not null)
        {
            result["resultType"] = "complete";
            result["_meta"] ??= new JsonObject();
            result["_meta"]!["io.modelcontextprotocol/serverInfo"] = LocalMcpServer.Name();
        }

        answers.Write(
            new JsonObject
            {
                ["jsonrpc"] = "2.0",
                ["id"] = message.Id!.DeepClone(),
                ["result"] = result,
            }
        );
    }

    // Half a surrogate pair can be written in JSON, but is not text.
    private static bool IsText(JsonElement value)
    {
        try
        {
            JsonNodes.Of(value);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static void Cancel(CancellationTokenSource request)
    {
        try
        {
            request.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended.
        }
    }
}
