using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Json;
using Membrane.Client.Tools;
using Membrane.Client.Tools.Calls;
using Membrane.Client.Tools.Schemas;

namespace Membrane.Client.Mcp;

/// <summary>
/// A server of the Model Context Protocol that has tools only. It reads and writes lines. Calls run concurrently; a cancelled
/// call gets no response.
/// </summary>
/// <param name="tools">The tools.</param>
/// <param name="runner">What runs them.</param>
/// <param name="output">Where messages go.</param>
/// <param name="instructions">What the model should know.</param>
/// <param name="throttleLimit">The maximum number of calls that run at the same time.</param>
internal sealed class LocalMcpServer(Toolbox tools, ToolRunner runner, McpOutput output, string instructions, int throttleLimit)
    : IDisposable
{
    /// <summary>The versions of the protocol, the newest first.</summary>
    public static readonly IReadOnlyList<string> Versions = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"];

    private readonly ConcurrentDictionary<string, CancellationTokenSource> running = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Task, bool> open = new();
    private readonly SemaphoreSlim throttle = new SemaphoreSlim(throttleLimit);
    private readonly CancellationTokenSource leaving = new();

    /// <summary>Receives what a user may want to know. May be called on any thread.</summary>
    public System.Action<string>? Note { get; init; }

    /// <summary>Handles one line. A tool call continues after it returns.</summary>
    public void Accept(string line)
    {
        if (string.IsNullOrWhiteSpace(line))
        {
            return;
        }

        JsonNode? id = null;
        try
        {
            var message = JsonNodes.TryParse(line) ?? throw new McpException(McpException.ParseError, "The line is not valid JSON.");
            if (message.ValueKind != JsonValueKind.Object || message.Text("jsonrpc") != "2.0")
            {
                throw new McpException(McpException.InvalidRequest, "The line is not a message of JSON-RPC 2.0.");
            }

            id = ReadId(message);
            if (message.Text("method") is { } method)
            {
                Dispatch(method, id, message.Member("params") ?? default);
            }
            else if (message.Member("result") is null && message.Member("error") is null)
            {
                throw new McpException(McpException.InvalidRequest, "The message has no method.");
            }
        }
        catch (McpException exception)
        {
            Fail(id, exception.Code, exception.Message);
        }
        catch (InvalidOperationException)
        {
            Fail(id, McpException.ParseError, "The line has text that is not valid Unicode.");
        }
    }

    /// <summary>Waits until every call is answered.</summary>
    public async Task FinishAsync()
    {
        while (open.Keys.FirstOrDefault() is { } call)
        {
            await call.ConfigureAwait(false);
        }
    }

    /// <summary>Cancels the running calls, and waits for them to end.</summary>
    public void Dispose()
    {
        leaving.Cancel();
        Task.WaitAll(open.Keys.ToArray());
        leaving.Dispose();
        throttle.Dispose();
    }

    private static JsonNode? ReadId(JsonElement message) =>
        message.Member("id") switch
        {
            null => null,
            { ValueKind: JsonValueKind.String or JsonValueKind.Number } id => JsonNodes.Of(id),
            _ => throw new McpException(McpException.InvalidRequest, "The id is neither text nor a number."),
        };

    private void Dispatch(string method, JsonNode? id, JsonElement parameters)
    {
        if (id is null)
        {
            if (
                method == "notifications/cancelled"
                && parameters.Member("requestId") is { } cancelled
                && running.TryGetValue(JsonNodes.Of(cancelled)!.ToJsonString(), out var call)
            )
            {
                Cancel(call);
            }

            return;
        }

        switch (method)
        {
            case "initialize":
                Answer(id, Initialize(parameters));
                break;
            case "ping":
                Answer(id, []);
                break;
            case "tools/list":
                Answer(id, List());
                break;
            case "tools/call":
                Call(id, parameters);
                break;
            default:
                throw new McpException(McpException.MethodNotFound, $"There is no method '{ShownText.OfLine(method, 100)}'.");
        }
    }

    private JsonObject Initialize(JsonElement parameters)
    {
        var asked = parameters.Text("protocolVersion");
        var client = parameters.Member("clientInfo")?.Text("name") ?? "unknown";
        var version = asked is not null && Versions.Contains(asked) ? asked : Versions[0];
        Note?.Invoke($"The client '{ShownText.OfLine(client, 100)}' connected, with version {version} of the protocol.");
        return new JsonObject
        {
            ["protocolVersion"] = version,
            ["capabilities"] = new JsonObject { ["tools"] = new JsonObject() },
            ["serverInfo"] = new JsonObject
            {
                ["name"] = "membrane",
                ["title"] = "Membrane",
                ["version"] = typeof(LocalMcpServer).Assembly.GetName().Version!.ToString(3),
            },
            ["instructions"] = instructions,
        };
    }

    private JsonObject List()
    {
        var writer = new ToolWriter(ToolDialect.Mcp, isStrict: false);
        return new JsonObject { ["tools"] = writer.WriteAll(tools.Tools) };
    }

    private void Call(JsonNode id, JsonElement parameters)
    {
        var name = parameters.Text("name") ?? throw new McpException(McpException.InvalidParams, "The name of the tool is missing.");
        var given = parameters.Member("arguments");
        if (given is { ValueKind: not JsonValueKind.Object })
        {
            throw new McpException(McpException.InvalidParams, "The arguments are not a JSON object.");
        }

        var call = new ToolCall
        {
            Format = ToolDialect.Mcp,
            Id = id,
            Name = name,
            Arguments = given is { } arguments ? JsonNodes.Of(arguments) : null,
            IsRequest = true,
        };
        var tool =
            runner.Find(call, out var problem)
            ?? throw new McpException(McpException.InvalidParams, (string)problem!.Value!["error"]!["message"]!);
        var progressToken = parameters.Member("_meta")?.Member("progressToken")
            is { ValueKind: JsonValueKind.String or JsonValueKind.Number } token
            ? JsonNodes.Of(token)
            : null;
        var stop = CancellationTokenSource.CreateLinkedTokenSource(leaving.Token);
        var key = id.ToJsonString();
        if (!running.TryAdd(key, stop))
        {
            stop.Dispose();
            throw new McpException(McpException.InvalidRequest, "A request with this id is under way.");
        }

        var work = Task.Run(() => RunAsync(call, tool, progressToken, key, stop));
        open.TryAdd(work, true);
        _ = work.ContinueWith(
            done => open.TryRemove(done, out var _),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
    }

    private async Task RunAsync(ToolCall call, Tool tool, JsonNode? progressToken, string key, CancellationTokenSource stop)
    {
        JsonObject? answer = null;
        try
        {
            await throttle.WaitAsync(stop.Token).ConfigureAwait(false);
            try
            {
                using var progress = progressToken is null ? null : new McpProgress(output, progressToken, "Running " + tool.Target);
                var outcome = await RunAsync(call, tool, stop.Token).ConfigureAwait(false);
                answer = new JsonObject
                {
                    ["jsonrpc"] = "2.0",
                    ["id"] = call.Id!.DeepClone(),
                    ["result"] = ToolAnswer.McpResult(outcome),
                };
            }
            finally
            {
                throttle.Release();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // A cancelled request gets no response.
        }
#pragma warning disable CA1031 // Whatever went wrong, the client waits for an answer.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Note?.Invoke($"A call of {call.Name} failed unexpectedly ({exception.GetType().Name}): {exception.Message}");
            Fail(call.Id, McpException.InternalError, "Something unexpected went wrong.");
        }
        finally
        {
            running.TryRemove(key, out var _);
        }

        // After the id is free again: a client may use it for its next request.
        if (answer is not null && !stop.IsCancellationRequested)
        {
            output.Write(answer);
        }

        stop.Dispose();
    }

    private async Task<ToolOutcome> RunAsync(ToolCall call, Tool tool, CancellationToken cancellationToken)
    {
        try
        {
            return await runner.RunAsync(tool, call, cancellationToken).ConfigureAwait(false);
        }
        catch (MembraneSignInException exception)
        {
            Note?.Invoke(exception.Message);
            return ToolOutcome.Failure(exception);
        }
    }

    private static void Cancel(CancellationTokenSource call)
    {
        try
        {
            call.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended.
        }
    }

    private void Answer(JsonNode id, JsonObject result) =>
        output.Write(
            new JsonObject
            {
                ["jsonrpc"] = "2.0",
                ["id"] = id.DeepClone(),
                ["result"] = result,
            }
        );

    private void Fail(JsonNode? id, int code, string message) =>
        output.Write(
            new JsonObject
            {
                ["jsonrpc"] = "2.0",
                ["id"] = id?.DeepClone(),
                ["error"] = new JsonObject { ["code"] = code, ["message"] = message },
            }
        );
}
