using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Client.Schemas;
using Membrane.Client.Schemas.Reading;

namespace Membrane.Client.Rows;

/// <summary>Checks values against parts of a schema, each compiled once.</summary>
internal sealed class SampleCheck
{
    private const string Document = "membrane:input";

    private readonly Dictionary<string, JsonSchema?> compiled = new(StringComparer.Ordinal);
    private readonly JsonElement? root;
    private readonly bool checksFormats;

    /// <summary>Checks against the parts of one document.</summary>
    public SampleCheck(JsonElement root, bool checksFormats)
        : this((JsonElement?)root, checksFormats) { }

    private SampleCheck(JsonElement? root, bool checksFormats)
    {
        this.root = root;
        this.checksFormats = checksFormats;
    }

    /// <summary>Takes every value.</summary>
    public static SampleCheck None { get; } = new(null, checksFormats: false);

    /// <summary>Returns whether a value meets all the parts. What cannot be compiled alone is left to the check of the whole.</summary>
    public bool Takes(IReadOnlyList<SchemaLocation> parts, JsonNode? value)
    {
        if (root is null || parts.Count == 0)
        {
            return true;
        }

        var key = string.Join("\n", parts.Select(static part => part.Pointer));
        if (!compiled.TryGetValue(key, out var schema))
        {
            schema = Compile(parts);
            compiled.Add(key, schema);
        }

        if (schema is null)
        {
            return true;
        }

        using var document = JsonDocument.Parse(value?.ToJsonString() ?? "null");
        return schema.IsValid(document.RootElement);
    }

    private JsonSchema? Compile(IReadOnlyList<SchemaLocation> parts)
    {
        var all = new JsonObject
        {
            ["allOf"] = new JsonArray([
                .. parts.Select(static part =>
                    (JsonNode)new JsonObject { ["$ref"] = Document + "#" + Uri.EscapeDataString(part.Pointer).Replace("%2F", "/") }
                ),
            ]),
        };
        if (InputSchemaReader.Text(root!.Value, "$schema") is { } dialect)
        {
            all["$schema"] = dialect;
        }

        using var wrapper = JsonDocument.Parse(all.ToJsonString());
        try
        {
            return JsonSchema.Parse(wrapper.RootElement, checksFormats, address => address.OriginalString == Document ? root : null);
        }
        catch (JsonSchemaException)
        {
            return null;
        }
    }
}
