using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Membrane.Client.Mcp;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;

namespace Membrane.Emulator.Mcp;

/// <summary>The methods of the Model Context Protocol that a server with tools has.</summary>
/// <param name="isBuilt">Whether an operation can be called; tools of others are not offered.</param>
internal sealed class McpProtocol(Func<string, bool> isBuilt)
{
    // There are no batches here: the revision that requires them is not offered.
    public static bool Speaks(string version) => version != McpVersions.WithBatches && McpVersions.Handshake.Contains(version);

    /// <summary>The result of a method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="parameters">Its parameters; an empty object when there are none.</param>
    /// <param name="call">Calls an operation of the API for a tool, on behalf of the caller.</param>
    /// <exception cref="RpcException">There is no such method, or its parameters are wrong.</exception>
    public async Task<JsonObject> Run(string method, JsonElement parameters, Func<McpTool, JsonElement, Task<Reply>> call)
    {
        switch (method)
        {
            case "initialize":
                return Initialize(parameters);
            case "ping":
                return new JsonObject();
            case "tools/list":
                return new JsonObject { ["tools"] = new JsonArray(Tools().Select(tool => (JsonNode)tool.Describe()).ToArray()) };
            case "tools/call":
                return await Call(parameters, call);
            default:
                throw new RpcException(RpcException.MethodNotFound, $"There is no method '{UrlEncoding.Shorten(method)}'.");
        }
    }

    private static JsonObject Initialize(JsonElement parameters)
    {
        var asked =
            parameters.Text("protocolVersion") ?? throw new RpcException(RpcException.InvalidParams, "'protocolVersion' is missing.");
        return new JsonObject
        {
            ["protocolVersion"] = Speaks(asked) ? asked : McpVersions.Handshake[0],
            ["capabilities"] = new JsonObject { ["tools"] = new JsonObject { ["listChanged"] = false } },
            ["serverInfo"] = new JsonObject
            {
                ["name"] = "membrane-emulator",
                ["title"] = "Membrane emulator",
                ["version"] = typeof(McpProtocol).Assembly.GetName().Version!.ToString(3),
            },
            ["instructions"] =
                "A local workspace: no real app is contacted. Find or create a connection, search its actions, then run one of them.",
        };
    }

    private IEnumerable<McpTool> Tools() => McpTools.All.Where(tool => isBuilt(tool.OperationId));

    private async Task<JsonObject> Call(JsonElement parameters, Func<McpTool, JsonElement, Task<Reply>> call)
    {
        var name = parameters.Text("name") ?? throw new RpcException(RpcException.InvalidParams, "The name of the tool is missing.");
        var tool =
            Tools().FirstOrDefault(one => one.Name == name)
            ?? throw new RpcException(RpcException.InvalidParams, $"There is no tool '{UrlEncoding.Shorten(name)}'.");
        var arguments = parameters.Member("arguments") ?? EmulatorJson.EmptyObject;
        try
        {
            tool.Check(arguments);
            return Success(await call(tool, arguments));
        }
        catch (ApiException error)
        {
            return Failure(error);
        }
    }

    private static JsonObject Success(Reply reply)
    {
        var text = reply.Body.Length == 0 ? "{}" : Encoding.UTF8.GetString(reply.Body);
        var content = EmulatorJson.ToNode(EmulatorJson.Parse(text));
        var result = new JsonObject { ["content"] = Texts(text), ["isError"] = false };
        if (content is JsonObject)
        {
            result["structuredContent"] = content;
        }

        return result;
    }

    /// <summary>
    /// What went wrong belongs to the agent, which may be able to do better: it is a result, not an error of the protocol.
    /// </summary>
    private static JsonObject Failure(ApiException error) =>
        new() { ["content"] = Texts(Encoding.UTF8.GetString(EmulatorJson.ToBytes(error.ToJson()))), ["isError"] = true };

    private static JsonArray Texts(string text) => new(new JsonObject { ["type"] = "text", ["text"] = text });
}
