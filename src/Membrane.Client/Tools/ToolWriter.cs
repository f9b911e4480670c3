using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using Membrane.Client.Tools.Schemas;

namespace Membrane.Client.Tools;

/// <summary>Describes tools as a vendor's API takes them.</summary>
internal sealed class ToolWriter(ToolDialect format, bool isStrict)
{
    private const int MaxOpenAiDescription = 1024;

    private readonly ISchemaDialect dialect = SchemaDialects.Of(format, isStrict);

    /// <summary>How many tools a vendor takes in one request; null where it names no number.</summary>
    public static int? MaxTools(ToolDialect format) =>
        format switch
        {
            ToolDialect.OpenAI or ToolDialect.OpenAIResponses => 128,
            ToolDialect.Gemini => 512,
            _ => null,
        };

    /// <summary>One tool.</summary>
    public JsonObject Write(Tool tool)
    {
        var parameters = dialect.Write(tool.Shape.Schema);
        return format switch
        {
            ToolDialect.OpenAI => new JsonObject { ["type"] = "function", ["function"] = Function(tool, parameters) },
            ToolDialect.OpenAIResponses => Response(tool, parameters),
            ToolDialect.Anthropic => new JsonObject
            {
                ["name"] = tool.Name,
                ["description"] = tool.Description,
                ["input_schema"] = parameters,
            },
            ToolDialect.Gemini => Declaration(tool, parameters),
            _ => Mcp(tool, parameters),
        };
    }

    /// <summary>All tools, as the one value that a request has for them.</summary>
    public JsonArray WriteAll(IEnumerable<Tool> tools)
    {
        var written = tools.Select(tool => (JsonNode?)Write(tool)).ToArray();
        return format == ToolDialect.Gemini && written.Length > 0
            ? new JsonArray(new JsonObject { ["functionDeclarations"] = new JsonArray(written) })
            : new JsonArray(written);
    }

    private static string Clip(string text) =>
        text.Length <= MaxOpenAiDescription
            ? text
            : $"{text.Substring(0, MaxOpenAiDescription - (char.IsHighSurrogate(text[MaxOpenAiDescription - 2]) ? 2 : 1))}…";

    private static JsonObject Declaration(Tool tool, JsonObject? parameters)
    {
        var declaration = new JsonObject { ["name"] = tool.Name, ["description"] = tool.Description };
        if (parameters is not null)
        {
            declaration["parameters"] = parameters;
        }

        return declaration;
    }

    private static JsonObject Mcp(Tool tool, JsonObject? parameters)
    {
        var written = new JsonObject { ["name"] = tool.Name };
        if (!string.IsNullOrWhiteSpace(tool.Title))
        {
            written["title"] = tool.Title;
        }

        written["description"] = tool.Description;
        written["inputSchema"] = parameters;
        if (tool.IsReadOnly)
        {
            written["annotations"] = new JsonObject { ["readOnlyHint"] = true };
        }

        return written;
    }

    // The responses are strict unless told otherwise.
    private JsonObject Response(Tool tool, JsonObject? parameters) =>
        new()
        {
            ["type"] = "function",
            ["name"] = tool.Name,
            ["description"] = Clip(tool.Description),
            ["parameters"] = parameters,
            ["strict"] = isStrict,
        };

    private JsonObject Function(Tool tool, JsonObject? parameters)
    {
        var function = new JsonObject
        {
            ["name"] = tool.Name,
            ["description"] = Clip(tool.Description),
            ["parameters"] = parameters,
        };
        if (isStrict)
        {
            function["strict"] = true;
        }

        return function;
    }
}
