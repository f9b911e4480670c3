using Membrane.Client.Tools.Schemas;

namespace Membrane;

/// <summary>The format in which tools are described to a model, and in which it calls them.</summary>
public enum ToolFormat
{
    /// <summary>OpenAI's chat completions, and what is compatible with them.</summary>
    OpenAI = ToolDialect.OpenAI,

    /// <summary>OpenAI's responses.</summary>
    OpenAIResponses = ToolDialect.OpenAIResponses,

    /// <summary>Anthropic's messages.</summary>
    Anthropic = ToolDialect.Anthropic,

    /// <summary>Google's Gemini.</summary>
    Gemini = ToolDialect.Gemini,

    /// <summary>The Model Context Protocol.</summary>
    Mcp = ToolDialect.Mcp,
}
