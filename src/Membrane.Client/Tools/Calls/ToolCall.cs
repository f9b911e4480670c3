using System.Text.Json.Nodes;
using Membrane.Client.Tools.Schemas;

namespace Membrane.Client.Tools.Calls;

/// <summary>A tool call of a model.</summary>
internal sealed class ToolCall
{
    /// <summary>The format of the call, and so of its result.</summary>
    public ToolDialect Format { get; init; }

    /// <summary>The id that links the result to the call; null where the format has none.</summary>
    public JsonNode? Id { get; init; }

    /// <summary>The name of the tool.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>The arguments; null for none.</summary>
    public JsonNode? Arguments { get; init; }

    /// <summary>What is wrong with the call; null where it can be read.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether the call is OpenAI's old one: a message's only <c>function_call</c>, without an id.</summary>
    public bool IsFunctionCall { get; init; }

    /// <summary>Whether the call is a request of JSON-RPC, which is answered by a response.</summary>
    public bool IsRequest { get; init; }
}
