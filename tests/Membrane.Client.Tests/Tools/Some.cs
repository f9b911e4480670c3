using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Client.Json;
using Membrane.Client.Tools;

namespace Membrane.Client.Tests.Tools;

/// <summary>Actions and tools to test with.</summary>
internal static class Some
{
    public static Action Action(string id, string? key = null, string? app = "slack", string? schema = null, string? description = null, string? type = null) => new()
    {
        Id = id,
        Key = key,
        Name = key,
        IntegrationKey = app,
        Description = description,
        Type = type,
        InputSchema = schema is null ? null : Json(schema),
    };

    public static JsonElement Json(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    public static JsonNode? Node(string text) => JsonNode.Parse(text);

    public static Tool Tool(string schema, string? description = null) =>
        new ActionTool("tool", new ToolTarget(Action("act_1", "tool", schema: schema, description: description), "con_1"), DictionaryObjectModel.Instance);

    /// <summary>The schema of a tool in a format.</summary>
    public static JsonObject? Parameters(string schema, ToolFormat format, bool isStrict = false)
    {
        JsonObject written = new ToolWriter(format, isStrict).Write(Tool(schema));
        return (written["function"]?["parameters"] ?? written["parameters"] ?? written["input_schema"] ?? written["inputSchema"]) as JsonObject;
    }
}
