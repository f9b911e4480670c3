using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Client.Actions;
using Membrane.Client.Json;
using Membrane.Client.Tools;
using Membrane.Client.Tools.Schemas;

namespace Membrane.Client.Tests.Tools;

/// <summary>Actions and tools to test with.</summary>
internal static class Some
{
    public static MembraneAction Action(
        string id,
        string? key = null,
        string? app = "slack",
        string? schema = null,
        string? description = null,
        string? type = null
    )
    {
        var fields = new JsonObject
        {
            ["id"] = id,
            ["key"] = key,
            ["name"] = key,
            ["integrationKey"] = app,
            ["description"] = description,
            ["type"] = type,
        };
        if (schema is not null)
        {
            fields["inputSchema"] = Node(schema);
        }

        var reader = new Utf8JsonReader(JsonSerializer.SerializeToUtf8Bytes(fields));
        reader.Read();
        return ActionReader.One.Read(ref reader, DictionaryObjectAdapter.Instance);
    }

    public static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    public static JsonNode? Node(string text) => JsonNode.Parse(text);

    public static Tool Tool(string schema, string? description = null) =>
        new ActionTool(
            "slack_tool",
            new ToolTarget(Action("act_1", "tool", schema: schema, description: description), "con_1"),
            DictionaryObjectAdapter.Instance
        );

    /// <summary>The schema of a tool in a format.</summary>
    public static JsonObject? Parameters(string schema, ToolDialect format, bool isStrict = false)
    {
        var written = new ToolWriter(format, isStrict).Write(Tool(schema));
        return (written["function"]?["parameters"] ?? written["parameters"] ?? written["input_schema"] ?? written["inputSchema"])
            as JsonObject;
    }
}
