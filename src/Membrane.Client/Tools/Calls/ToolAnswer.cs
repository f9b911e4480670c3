using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using Membrane.Client.Json;
using Membrane.Client.Tools.Schemas;

namespace Membrane.Client.Tools.Calls;

/// <summary>Writes the results of calls in the format of the caller.</summary>
internal static class ToolAnswer
{
    /// <summary>Writes the result of one call.</summary>
    public static JsonObject Write(ToolCall call, ToolOutcome outcome) =>
        call.Format switch
        {
            ToolDialect.OpenAI when call.IsFunctionCall => new JsonObject
            {
                ["role"] = "function",
                ["name"] = call.Name,
                ["content"] = Text(outcome),
            },
            ToolDialect.OpenAI => new JsonObject
            {
                ["role"] = "tool",
                ["tool_call_id"] = call.Id?.DeepClone(),
                ["content"] = Text(outcome),
            },
            ToolDialect.OpenAIResponses => new JsonObject
            {
                ["type"] = "function_call_output",
                ["call_id"] = call.Id?.DeepClone(),
                ["output"] = Text(outcome),
            },
            ToolDialect.Anthropic => Anthropic(call, outcome),
            ToolDialect.Gemini => Gemini(call, outcome),
            _ => call.IsRequest
                ? new JsonObject
                {
                    ["jsonrpc"] = "2.0",
                    ["id"] = call.Id?.DeepClone(),
                    ["result"] = McpResult(outcome),
                }
                : McpResult(outcome),
        };

    /// <summary>Writes the result of a call for the Model Context Protocol.</summary>
    public static JsonObject McpResult(ToolOutcome outcome)
    {
        var result = new JsonObject { ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = Text(outcome) }) };
        if (outcome.Value is JsonObject && !outcome.IsError)
        {
            result["structuredContent"] = outcome.Value.DeepClone();
        }

        result["isError"] = outcome.IsError;
        return result;
    }

    /// <summary>Combines results of one format into what is appended to the conversation: messages, or items of one.</summary>
    public static IEnumerable<JsonObject> AsMessages(ToolDialect format, IEnumerable<JsonObject> answers) =>
        format switch
        {
            ToolDialect.Anthropic =>
            [
                new JsonObject
                {
                    ["role"] = "user",
                    ["content"] = new JsonArray(answers.Select(static answer => (JsonNode?)answer).ToArray()),
                },
            ],
            ToolDialect.Gemini =>
            [
                new JsonObject
                {
                    ["role"] = "user",
                    ["parts"] = new JsonArray(answers.Select(static answer => (JsonNode?)answer).ToArray()),
                },
            ],
            _ => answers,
        };

    private static JsonObject Anthropic(ToolCall call, ToolOutcome outcome)
    {
        var block = new JsonObject
        {
            ["type"] = "tool_result",
            ["tool_use_id"] = call.Id?.DeepClone(),
            ["content"] = Text(outcome),
        };
        if (outcome.IsError)
        {
            block["is_error"] = true;
        }

        return block;
    }

    private static JsonObject Gemini(ToolCall call, ToolOutcome outcome)
    {
        var response = new JsonObject();
        if (call.Id is not null)
        {
            response["id"] = call.Id.DeepClone();
        }

        response["name"] = call.Name;
        response["response"] = outcome.IsError ? outcome.Value!.DeepClone() : new JsonObject { ["output"] = outcome.Value?.DeepClone() };
        return new JsonObject { ["functionResponse"] = response };
    }

    private static string Text(ToolOutcome outcome) => JsonText.Of(outcome.Value);
}
