using System;
using System.Text.Json.Nodes;

namespace Membrane.Emulator.Apps;

/// <summary>One field of a record.</summary>
internal sealed class RecordField
{
    private readonly string type;

    public RecordField(string name, string type, bool required)
    {
        Name = name;
        this.type = type;
        Required = required;
    }

    public string Name { get; }

    public bool Required { get; }

    /// <summary>Reads <c>name[:type][!]</c>.</summary>
    public static RecordField Parse(string definition)
    {
        string[] parts = definition.TrimEnd('!').Split(':');
        return new RecordField(parts[0], parts.Length > 1 ? parts[1] : "string", definition.EndsWith("!", StringComparison.Ordinal));
    }

    public JsonObject ToSchema() => type switch
    {
        "email" => new JsonObject { ["type"] = "string", ["format"] = "email" },
        "list" => new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" } },
        _ => new JsonObject { ["type"] = type },
    };
}
