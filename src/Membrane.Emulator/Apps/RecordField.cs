using System;
using System.Text.Json.Nodes;

namespace Membrane.Emulator.Apps;

/// <summary>One field of a record.</summary>
internal sealed class RecordField(string name, string type, bool required)
{
    public string Name { get; } = name;

    public bool Required { get; } = required;

    /// <summary>What it is: a type of JSON, <c>email</c> or <c>list</c>.</summary>
    public string Type { get; } = type;

    /// <summary>Reads <c>name[:type][!]</c>.</summary>
    public static RecordField Parse(string definition)
    {
        var parts = definition.TrimEnd('!').Split(':');
        return new RecordField(parts[0], parts.Length > 1 ? parts[1] : "string", definition.EndsWith("!", StringComparison.Ordinal));
    }

    public JsonObject ToSchema() =>
        Type switch
        {
            "email" => new JsonObject { ["type"] = "string", ["format"] = "email" },
            "list" => new JsonObject
            {
                ["type"] = "array",
                ["items"] = new JsonObject { ["type"] = "string" },
            },
            _ => new JsonObject { ["type"] = Type },
        };
}
