using System;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Membrane.Emulator.Authentication;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;

namespace Membrane.Emulator.Mcp;

/// <summary>
/// The streamable HTTP transport of the Model Context Protocol, without sessions and without streams: every message is
/// answered in its own response, which the protocol allows to a server that has nothing to say by itself.
/// </summary>
internal sealed class McpRoute(ElementView view, Authenticator authenticator, HandlerTable handlers, AllowedOrigins origins)
{
    public const string Path = "/mcp/integrate-anything";

    private readonly McpProtocol server = new McpProtocol(operationId => handlers.Find(operationId) is not null);

    /// <param name="request">A request to <see cref="Path"/>.</param>
    /// <param name="operate">Takes a request of the API through all its checks to its answer.</param>
    public async Task<Reply> Handle(IncomingRequest request, Func<IncomingRequest, Task<Reply>> operate)
    {
        origins.Check(request);
        try
        {
            authenticator.Authenticate(request.Headers["Authorization"]);
        }
        catch (ApiException error) when (error.Status == 401)
        {
            return Reply
                .Error(error)
                .With("WWW-Authenticate", $"Bearer resource_metadata=\"{view.Address("/.well-known/oauth-protected-resource" + Path)}\"");
        }

        // There is nothing to listen to and no session to end.
        if (request.Method != "POST")
        {
            return Reply
                .Error(
                    new ApiException(
                        405,
                        "bad_request",
                        null,
                        "Messages are sent by POST; there is no stream to GET and no session to DELETE."
                    )
                )
                .With("Allow", "POST");
        }

        if (request.Headers["MCP-Protocol-Version"] is { Length: > 0 } version && !McpProtocol.Speaks(version))
        {
            return Error(null, RpcException.InvalidRequest, $"The protocol version '{UrlEncoding.Shorten(version)}' is not known.", 400);
        }

        JsonElement message;
        try
        {
            message = EmulatorJson.ParseForeign(request.Body);
        }
        catch (JsonException error)
        {
            return Error(null, RpcException.ParseError, "The message is not valid JSON: " + error.Message, 400);
        }

        return await Answer(message, (tool, arguments) => operate(tool.Request(arguments, request)));
    }

    private async Task<Reply> Answer(JsonElement message, Func<McpTool, JsonElement, Task<Reply>> call)
    {
        if (message.ValueKind != JsonValueKind.Object || message.Text("jsonrpc") != "2.0")
        {
            return Error(null, RpcException.InvalidRequest, "A message is one JSON-RPC 2.0 object.", 400);
        }

        var isRequest = message.TryGetProperty("id", out var id);
        if (isRequest && id.ValueKind is not (JsonValueKind.String or JsonValueKind.Number))
        {
            return Error(null, RpcException.InvalidRequest, "The id of a request is text or a number.", 400);
        }

        // Notifications, and answers to questions that this server never asks.
        if (!isRequest || message.Text("method") is not { } method)
        {
            return Reply.Bytes(Array.Empty<byte>(), null, 202);
        }

        try
        {
            var result = await server.Run(method, message.Member("params") ?? EmulatorJson.EmptyObject, call);
            return Reply.Json(
                new JsonObject
                {
                    ["jsonrpc"] = "2.0",
                    ["id"] = EmulatorJson.ToNode(id),
                    ["result"] = result,
                }
            );
        }
        catch (RpcException error)
        {
            return Error(EmulatorJson.ToNode(id), error.Code, error.Message, 200);
        }
    }

    private static Reply Error(JsonNode? id, int code, string message, int status) =>
        Reply.Json(
            new JsonObject
            {
                ["jsonrpc"] = "2.0",
                ["id"] = id,
                ["error"] = new JsonObject { ["code"] = code, ["message"] = message },
            },
            status
        );
}
