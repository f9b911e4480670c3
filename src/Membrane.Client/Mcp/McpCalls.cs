using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Json;
using Membrane.Client.Tools;
using Membrane.Client.Tools.Calls;
using Membrane.Client.Tools.Schemas;

namespace Membrane.Client.Mcp;

/// <summary>Runs tools for a client.</summary>
internal sealed class McpCalls(LocalMcpServer server)
{
    /// <summary>Runs a tool. What goes wrong in it is a result, which the model can learn from.</summary>
    /// <exception cref="McpException">There is no such tool, or the request is not one.</exception>
    public async Task<JsonObject> RunAsync(McpMessage request, IMcpSink sink, CancellationToken cancellationToken)
    {
        var call = Read(request);
        await server.Throttle.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            McpToolListing tools;
            try
            {
                tools = await server.Tools.GetAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (MembraneException exception)
            {
                server.Note?.Invoke(exception.Message);
                return ToolAnswer.McpResult(ToolOutcome.Failure(exception));
            }

            return await RunAsync(request, call, tools, sink, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            server.Throttle.Release();
        }
    }

    private async Task<JsonObject> RunAsync(
        McpMessage request,
        ToolCall call,
        McpToolListing tools,
        IMcpSink sink,
        CancellationToken cancellationToken
    )
    {
        var runner = new ToolRunner(tools.Tools, tools.Services);
        var tool =
            runner.Find(call, out var problem)
            ?? throw new McpException(McpException.InvalidParams, (string)problem!.Value!["error"]!["message"]!);
        var token = request.Parameters.Member("_meta")?.Member("progressToken")
            is { ValueKind: JsonValueKind.String or JsonValueKind.Number } given
            ? JsonNodes.Of(given)
            : null;
        using var progress = token is null ? null : new McpProgress(sink, token, "Running " + tool.Target);
        var outcome = await RunAsync(runner, call, tool, cancellationToken).ConfigureAwait(false);
        var result = ToolAnswer.McpResult(outcome);
        if (tool.Output is { } output && !outcome.IsError)
        {
            result["structuredContent"] = output.Fit(outcome.Value);
        }

        return result;
    }

    private async Task<ToolOutcome> RunAsync(ToolRunner runner, ToolCall call, Tool tool, CancellationToken cancellationToken)
    {
        try
        {
            return await runner.RunAsync(tool, call, cancellationToken).ConfigureAwait(false);
        }
        catch (MembraneSignInException exception)
        {
            server.Note?.Invoke(exception.Message);
            return ToolOutcome.Failure(exception);
        }
    }

    private static ToolCall Read(McpMessage request)
    {
        var name =
            request.Parameters.Text("name") ?? throw new McpException(McpException.InvalidParams, "The name of the tool is missing.");
        var given = request.Parameters.Member("arguments");
        return given is { ValueKind: not JsonValueKind.Object }
            ? throw new McpException(McpException.InvalidParams, "The arguments are not a JSON object.")
            : new ToolCall
            {
                Format = ToolDialect.Mcp,
                Id = request.Id,
                Name = name,
                Arguments = given is { } arguments ? JsonNodes.Of(arguments) : null,
                IsRequest = true,
            };
    }
}
