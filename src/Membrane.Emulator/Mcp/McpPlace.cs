namespace Membrane.Emulator.Mcp;

/// <summary>A part of a request.</summary>
internal enum McpPlace
{
    /// <summary>A value of the path.</summary>
    Path,

    /// <summary>A query parameter.</summary>
    Query,

    /// <summary>A member of the body.</summary>
    Body,
}
