namespace Membrane.Client.Mcp;

/// <summary>Programs that use MCP servers, each with its own form of configuration.</summary>
internal enum McpClientApp
{
    /// <summary>Claude Code: <c>.mcp.json</c> in the project.</summary>
    ClaudeCode,

    /// <summary>Claude Desktop: <c>claude_desktop_config.json</c>.</summary>
    ClaudeDesktop,

    /// <summary>Cursor: <c>.cursor/mcp.json</c>.</summary>
    Cursor,

    /// <summary>Visual Studio Code: <c>.vscode/mcp.json</c>.</summary>
    VSCode,

    /// <summary>Codex: <c>~/.codex/config.toml</c>.</summary>
    Codex,

    /// <summary>Gemini CLI: <c>~/.gemini/settings.json</c>.</summary>
    GeminiCli,

    /// <summary>Windsurf: <c>~/.codeium/windsurf/mcp_config.json</c>.</summary>
    Windsurf,
}
