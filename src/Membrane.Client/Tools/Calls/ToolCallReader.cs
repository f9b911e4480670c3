using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Client.Json;
using Membrane.Client.Tools.Schemas;

namespace Membrane.Client.Tools.Calls;

/// <summary>
/// Finds the calls in a response of a model's API: a call, several, a message, or the whole response. Its shape shows the vendor.
/// </summary>
internal static class ToolCallReader
{
    private const string ParameterName = "InputObject";
    private const int MaxNesting = 8;
    private const string PassAsSent = "Pass the call, the list of calls, or the message of the model as its API sent it.";

    private static readonly string[] ArgumentNames = ["arguments", "args", "input", "parameters", "params"];

    /// <summary>Reads the calls, in their order; an empty list where the message has none.</summary>
    /// <exception cref="MembraneInputException">The value is not a response of a model's API.</exception>
    public static IReadOnlyList<ToolCall> Read(JsonElement answer)
    {
        try
        {
            return Find(answer, 0).ToArray();
        }
        catch (InvalidOperationException exception)
        {
            // System.Text.Json throws this for half a surrogate pair.
            throw new MembraneInputException(
                ErrorIds.InvalidJson,
                ParameterName,
                "The call has text that is not valid Unicode.",
                "Ask the model again.",
                exception
            );
        }
    }

    private static IEnumerable<ToolCall> Find(JsonElement value, int nesting)
    {
        if (nesting > MaxNesting)
        {
            throw Refuse();
        }

        if (value.ValueKind == JsonValueKind.Array)
        {
            return value.EnumerateArray().SelectMany(item => Find(item, nesting + 1));
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            throw Refuse();
        }

        return Single(value) is { } call ? [call] : Container(value, nesting + 1) ?? throw Refuse();
    }

    private static ToolCall? Single(JsonElement value)
    {
        var type = value.Text("type");
        if (type == "tool_use")
        {
            return Make(ToolDialect.Anthropic, value, value, "id", "input");
        }

        if (type == "function_call")
        {
            return Make(ToolDialect.OpenAIResponses, value, value, "call_id", "arguments");
        }

        if (
            value.Member("function") is { ValueKind: JsonValueKind.Object } function
            && value.Member("parameters") is null
            && function.Member("parameters") is null
        )
        {
            return Make(ToolDialect.OpenAI, value, function, "id", "arguments");
        }

        // OpenAI's old form and Gemini's own, as some libraries write it, have the same name. What holds the arguments tells them apart,
        // and where there are none, that only OpenAI has it in the message itself.
        if (value.Member("function_call") is { ValueKind: JsonValueKind.Object } call)
        {
            return call.Member("arguments") is not null || (call.Member("args") is null && value.Text("role") is not null)
                ? Make(ToolDialect.OpenAI, call, call, "id", "arguments", isFunctionCall: true)
                : Make(ToolDialect.Gemini, call, call, "id", "args");
        }

        if (value.Member("functionCall") is { ValueKind: JsonValueKind.Object } functionCall)
        {
            return Make(ToolDialect.Gemini, functionCall, functionCall, "id", "args");
        }

        if (value.Text("method") == "tools/call")
        {
            var parameters = value.Member("params") ?? default;
            return Make(ToolDialect.Mcp, value, parameters, "id", "arguments", isRequest: value.Member("jsonrpc") is not null);
        }

        return value.Text("name") is null ? null
            : value.Member("args") is not null ? Make(ToolDialect.Gemini, value, value, "id", "args")
            : value.Member("arguments") is { ValueKind: JsonValueKind.Object } ? Make(ToolDialect.Mcp, value, value, "id", "arguments")
            : null;
    }

    // Members that enclose calls, and may have none.
    private static IEnumerable<ToolCall>? Container(JsonElement value, int nesting)
    {
        if (value.Member("choices") is { ValueKind: JsonValueKind.Array })
        {
            return value
                .Items("choices")
                .SelectMany(choice =>
                    choice.Member("message") is { } message ? Find(message, nesting)
                    : choice.Member("delta") is null ? []
                    : throw Refuse("This is a piece of a streamed answer.", "Pass the whole message, when all its pieces have come.")
                );
        }

        if (value.Member("candidates") is { ValueKind: JsonValueKind.Array })
        {
            return value
                .Items("candidates")
                .SelectMany(candidate => candidate.Member("content") is { } content ? Find(content, nesting) : []);
        }

        if (value.Member("tool_calls") is { ValueKind: JsonValueKind.Array })
        {
            return value.Items("tool_calls").SelectMany(call => Find(call, nesting));
        }

        if (
            value.Text("object") == "response"
            || (value.Member("output") is { ValueKind: JsonValueKind.Array } && value.Text("role") is null)
        )
        {
            return value.Items("output").Select(Single).OfType<ToolCall>();
        }

        if (value.Member("parts") is { ValueKind: JsonValueKind.Array })
        {
            return value.Items("parts").Select(Single).OfType<ToolCall>();
        }

        // A message, or an item of one, without a call.
        return value.Text("role") is not null || value.Text("type") is not null
            ? LooksLikeCall(value)
                ? throw Refuse()
                : value.Items("content").Select(Single).OfType<ToolCall>()
            : value.Member("message") is { ValueKind: JsonValueKind.Object } inner
                ? Find(inner, nesting)
                : value.Member("text") is not null
                    ? []
                    : null;
    }

    // Of a form that is not documented; not to be taken for a message that asks for nothing. What the vendor runs itself is of a type of
    // its own.
    private static bool LooksLikeCall(JsonElement value) =>
        value.Member("function") is not null
        || value.Member("function_call") is not null
        || value.Member("functionCall") is not null
        || value.Member("tool_calls") is not null
        || (
            value.Text("type") is null or "function" or "tool_call" or "tool"
            && value.Text("name") is not null
            && Array.Exists(ArgumentNames, name => value.Member(name) is not null)
        );

    private static ToolCall Make(
        ToolDialect format,
        JsonElement outer,
        JsonElement inner,
        string idName,
        string argumentsName,
        bool isRequest = false,
        bool isFunctionCall = false
    )
    {
        var other = Array.Find(ArgumentNames, name => name != argumentsName && inner.Member(name) is not null);
        if (other is not null && inner.Member(argumentsName) is null)
        {
            throw Refuse($"A call has its arguments in '{other}'; those of {format} are in '{argumentsName}'.", PassAsSent);
        }

        string? problem = null;
        var arguments = ReadArguments(inner.Member(argumentsName), ref problem);
        var id = outer.Member(idName);
        if (id is null && !isFunctionCall && (format is ToolDialect.OpenAI or ToolDialect.OpenAIResponses or ToolDialect.Anthropic))
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                ParameterName,
                $"A call has no {idName}, so no answer could be matched with it.",
                "Pass the call as the model's API sent it."
            );
        }

        var name = inner.Text("name");
        return new ToolCall
        {
            Format = format,
            Id = id is null ? null : JsonNodes.Of(id.Value),
            Name = name ?? string.Empty,
            Arguments = arguments,
            Problem = string.IsNullOrEmpty(name) ? "The call names no tool." : problem,
            IsRequest = isRequest,
            IsFunctionCall = isFunctionCall,
        };
    }

    private static JsonNode? ReadArguments(JsonElement? given, ref string? problem)
    {
        var value = given;
        if (given is { ValueKind: JsonValueKind.String } text)
        {
            var json = text.GetString()!;
            value = string.IsNullOrWhiteSpace(json) ? null : JsonNodes.TryParse(json);
            if (value is null && !string.IsNullOrWhiteSpace(json))
            {
                problem = "The arguments are not valid JSON.";
                return null;
            }
        }

        if (value is null || value.Value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.Value.ValueKind != JsonValueKind.Object)
        {
            problem = "The arguments are not a JSON object.";
            return null;
        }

        return JsonNodes.Of(value.Value);
    }

    private static MembraneInputException Refuse() => Refuse("This is not a tool call of OpenAI, Anthropic, Gemini or MCP.", PassAsSent);

    private static MembraneInputException Refuse(string message, string advice) =>
        new(ErrorIds.InvalidInput, ParameterName, message, advice);
}
