using System;
using System.Text.Json.Nodes;

namespace Membrane.Client.Mcp;

/// <summary>The error of a message that violates JSON-RPC or the protocol.</summary>
internal sealed class McpException(int code, string message) : Exception(message)
{
    public const int ParseError = -32700;
    public const int InvalidRequest = -32600;
    public const int MethodNotFound = -32601;
    public const int InvalidParams = -32602;
    public const int InternalError = -32603;
    public const int HeaderMismatch = -32020;
    public const int UnsupportedVersion = -32022;

    public int Code { get; } = code;

    /// <summary>What the client needs to do better; null for nothing.</summary>
    public JsonObject? Details { get; init; }
}
