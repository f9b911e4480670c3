using Membrane.Client.Mcp;

namespace Membrane;

/// <summary>Programs that use MCP servers, each with its own form of configuration.</summary>
public enum McpClientKind
{
    /// <summary>Claude Code: <c>.mcp.json</c> in the project.</summary>
    ClaudeCode = McpClientApp.ClaudeCode,

    /// <summary>Claude Desktop: <c>claude_desktop_config.json</c>.</summary>
    ClaudeDesktop = McpClientApp.ClaudeDesktop,

    /// <summary>Cursor: <c>.cursor/mcp.json</c>.</summary>
    Cursor = McpClientApp.Cursor,

    /// <summary>Visual Studio Code: <c>.vscode/mcp.json</c>.</summary>
    VSCode = McpClientApp.VSCode,

    /// <summary>Codex: <c>~/.codex/config.toml</c>.</summary>
    Codex = McpClientApp.Codex,

    /// <summary>Gemini CLI: <c>~/.gemini/settings.json</c>.</summary>
    GeminiCli = McpClientApp.GeminiCli,

    /// <summary>Windsurf: <c>~/.codeium/windsurf/mcp_config.json</c>.</summary>
    Windsurf = McpClientApp.Windsurf,
}
