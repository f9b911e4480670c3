using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace Membrane.Client.Tools.Schemas;

/// <summary>Describes in words what a dialect has no keyword for.</summary>
internal static class SchemaNotes
{
    /// <summary>Sets the description, with the keywords of the schema that the dialect lacks.</summary>
    public static void Describe(JsonObject target, JsonObject schema, IEnumerable<string> keywords, string? more = null)
    {
        var text = string.Join(
            " ",
            new[] { Text(schema, "description") ?? Text(schema, "title"), Rules(schema, keywords), more }.Where(static part =>
                !string.IsNullOrWhiteSpace(part)
            )
        );
        if (text.Length > 0)
        {
            target["description"] = text;
        }
    }

    /// <summary>Makes the schema of JSON text, for a value that the dialect cannot describe.</summary>
    public static JsonObject AsJsonText(JsonObject schema, string typeName)
    {
        var text = new JsonObject { ["type"] = typeName };
        var what = SchemaTypes.Of(schema) is { Count: 1 } types
            ? types[0] switch
            {
                SchemaTypes.Object => "An object",
                SchemaTypes.Array => "An array",
                _ => "A value",
            }
            : "Any value";
        Describe(text, schema, [], $"{what}, written as JSON text.");
        return text;
    }

    private static string? Text(JsonObject schema, string keyword) => schema[keyword] is JsonValue value ? value.GetValue<string>() : null;

    private static string? Rules(JsonObject schema, IEnumerable<string> keywords)
    {
        var rules = keywords
            .Where(schema.ContainsKey)
            .Select(keyword => $"{keyword}: {schema[keyword]?.ToJsonString() ?? "null"}")
            .ToArray();
        return rules.Length == 0 ? null : $"({string.Join(", ", rules)})";
    }
}
