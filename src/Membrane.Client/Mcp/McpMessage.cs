using System;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Client.Json;

namespace Membrane.Client.Mcp;

/// <summary>A message of a client.</summary>
internal sealed class McpMessage
{
    /// <summary>The member of <c>_meta</c> by which a request says what it speaks.</summary>
    public const string VersionKey = "io.modelcontextprotocol/protocolVersion";

    private McpMessage() { }

    /// <summary>The id of a request; null for a notification.</summary>
    public JsonNode? Id { get; private set; }

    /// <summary>The method; null for a response, which this server never waits for.</summary>
    public string? Method { get; private set; }

    /// <summary>The parameters; undefined where there are none.</summary>
    public JsonElement Parameters { get; private set; }

    /// <summary>The revision that the request itself says it speaks; null in the revisions with a handshake.</summary>
    public string? Version { get; private set; }

    /// <summary>What is wrong with the message; null where it can be handled.</summary>
    public McpException? Problem { get; private set; }

    /// <summary>The key of the id among the requests that are under way.</summary>
    public string Key => Id!.ToJsonString();

    /// <summary>Reads a message. What is wrong with it is found in <see cref="Problem"/>.</summary>
    public static McpMessage Of(JsonElement json)
    {
        var message = new McpMessage();
        try
        {
            message.Read(json);
        }
        catch (McpException exception)
        {
            message.Problem = exception;
        }
        catch (InvalidOperationException)
        {
            message.Problem = new McpException(McpException.ParseError, "The message has text that is not valid Unicode.");
        }

        return message;
    }

    /// <summary>Makes the message that stands for one that could not be read at all.</summary>
    public static McpMessage Unreadable(int code, string why) => new() { Problem = new McpException(code, why) };

    private void Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object || json.Text("jsonrpc") != "2.0")
        {
            throw new McpException(McpException.InvalidRequest, "The message is not one of JSON-RPC 2.0.");
        }

        // One that is null is no notification, whose sender waits for nothing.
        Id = !json.TryGetProperty("id", out var id)
            ? null
            : id.ValueKind switch
            {
                JsonValueKind.String or JsonValueKind.Number => JsonNodes.Of(id),
                _ => throw new McpException(McpException.InvalidRequest, "The id is neither text nor a number."),
            };
        Method = json.Text("method");
        Parameters = json.Member("params") ?? default;
        Version = Parameters.Member("_meta")?.Text(VersionKey);
        if (Method is null && json.Member("result") is null && json.Member("error") is null)
        {
            throw new McpException(McpException.InvalidRequest, "The message has no method.");
        }
    }
}
