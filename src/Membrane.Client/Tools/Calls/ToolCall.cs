using System.Text.Json.Nodes;
using Membrane.Client.Tools.Schemas;

namespace Membrane.Client.Tools.Calls;

/// <summary>What a model asked for.</summary>
internal sealed class ToolCall
{
    /// <summary>Whose form the call has, and so the answer.</summary>
    public ToolFormat Format { get; init; }

    /// <summary>By what the answer is matched with the call; null where the form has none.</summary>
    public JsonNode? Id { get; init; }

    /// <summary>The name of the tool.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>What it is to be given; null for nothing.</summary>
    public JsonNode? Arguments { get; init; }

    /// <summary>What is wrong with the call; null where it can be read.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether the call is a request of JSON-RPC, which is answered by a response.</summary>
    public bool IsRequest { get; init; }
}
