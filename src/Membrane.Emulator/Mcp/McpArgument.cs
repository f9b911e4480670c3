namespace Membrane.Emulator.Mcp;

/// <summary>An argument of a tool: its schema, and where it goes in the request of the operation.</summary>
internal sealed class McpArgument
{
    public McpArgument(string name, McpPlace place, string target, string schema)
    {
        Name = name;
        Place = place;
        Target = target;
        Schema = schema;
    }

    public string Name { get; }

    public McpPlace Place { get; }

    /// <summary>What the operation calls it.</summary>
    public string Target { get; }

    /// <summary>JSON Schema, as text.</summary>
    public string Schema { get; }

    public bool Required { get; init; }
}
