using System;

namespace Membrane.Emulator.Mcp;

/// <summary>A request that is wrong by JSON-RPC itself, or by the protocol.</summary>
internal sealed class RpcException(int code, string message) : Exception(message)
{
    public const int ParseError = -32700;
    public const int InvalidRequest = -32600;
    public const int MethodNotFound = -32601;
    public const int InvalidParams = -32602;

    public int Code { get; } = code;
}
