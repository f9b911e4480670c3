namespace Membrane.Emulator.Mcp;

/// <summary>An argument of a tool: its schema, and where it goes in the request of the operation.</summary>
internal sealed class McpArgument(string name, McpPlace place, string target, string schema)
{
    public string Name { get; } = name;

    public McpPlace Place { get; } = place;

    /// <summary>What the operation calls it.</summary>
    public string Target { get; } = target;

    /// <summary>JSON Schema, as text.</summary>
    public string Schema { get; } = schema;

    public bool Required { get; init; }
}
