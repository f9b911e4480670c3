namespace Membrane.Client.Tools.Schemas;

/// <summary>The format in which tools are described to a model, and in which it calls them.</summary>
internal enum ToolDialect
{
    /// <summary>OpenAI's chat completions, and what is compatible with them.</summary>
    OpenAI,

    /// <summary>OpenAI's responses.</summary>
    OpenAIResponses,

    /// <summary>Anthropic's messages.</summary>
    Anthropic,

    /// <summary>Google's Gemini.</summary>
    Gemini,

    /// <summary>The Model Context Protocol.</summary>
    Mcp,
}
