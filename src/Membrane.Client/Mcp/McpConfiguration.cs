using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Membrane.Client.Mcp;

/// <summary>Writes the text to paste into the configuration of a client.</summary>
internal static class McpConfiguration
{
    private const string InputId = "membrane-token";

    // Of these clients only Codex limits the start: 10 seconds, which a PowerShell on a busy machine needs to begin with. An action may
    // take minutes, of which Codex waits one. Cursor, VSCode, ClaudeDesktop and Windsurf have no such setting.
    private const int StartSeconds = 60;
    private const int CallSeconds = 600;

    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Returns where the configuration belongs.</summary>
    public static string PathOf(McpClientApp client) =>
        client switch
        {
            McpClientApp.ClaudeCode => ".mcp.json",
            McpClientApp.ClaudeDesktop => "claude_desktop_config.json (Settings, Developer, Edit Config)",
            McpClientApp.Cursor => ".cursor/mcp.json or ~/.cursor/mcp.json",
            McpClientApp.VSCode => ".vscode/mcp.json",
            McpClientApp.Codex => "~/.codex/config.toml",
            McpClientApp.GeminiCli => "~/.gemini/settings.json",
            _ => "~/.codeium/windsurf/mcp_config.json",
        };

    /// <summary>Writes the text to paste.</summary>
    public static string Write(McpClientApp client, McpServerEntry server)
    {
        if (client == McpClientApp.Codex)
        {
            return WriteToml(server);
        }

        var entry = server.Address is null ? Program(client, server) : Remote(client, server);
        if (client is McpClientApp.ClaudeCode or McpClientApp.GeminiCli)
        {
            entry["timeout"] = CallSeconds * 1000;
        }

        var document = new JsonObject
        {
            [client == McpClientApp.VSCode ? "servers" : "mcpServers"] = new JsonObject { [server.Name] = entry },
        };
        if (client == McpClientApp.VSCode && server.NeedsToken && server.Token is null)
        {
            document["inputs"] = new JsonArray(
                new JsonObject
                {
                    ["type"] = "promptString",
                    ["id"] = InputId,
                    ["description"] = "Membrane token",
                    ["password"] = true,
                }
            );
        }

        return document.ToJsonString(Readable);
    }

    // How the client writes the value of an environment variable; null where it cannot.
    private static string? Variable(McpClientApp client, McpServerEntry server) =>
        server.Token
        ?? client switch
        {
            McpClientApp.ClaudeCode => "${" + server.TokenVariable + "}",
            McpClientApp.Cursor or McpClientApp.Windsurf => "${env:" + server.TokenVariable + "}",
            McpClientApp.VSCode => "${input:" + InputId + "}",
            McpClientApp.GeminiCli => "$" + server.TokenVariable,
            _ => null,
        };

    private static JsonObject Program(McpClientApp client, McpServerEntry server)
    {
        var entry = new JsonObject();
        if (client is McpClientApp.ClaudeCode or McpClientApp.VSCode)
        {
            entry["type"] = "stdio";
        }

        entry["command"] = server.Command;
        entry["args"] = new JsonArray(server.Arguments.Select(static argument => (JsonNode?)argument).ToArray());
        var environment = new JsonObject();
        foreach (var variable in server.Environment)
        {
            environment[variable.Key] = variable.Value;
        }

        if (server.NeedsToken && Variable(client, server) is { } token)
        {
            environment[server.TokenVariable] = token;
        }

        if (environment.Count > 0)
        {
            entry["env"] = environment;
        }

        return entry;
    }

    private static JsonObject Remote(McpClientApp client, McpServerEntry server)
    {
        if (client == McpClientApp.ClaudeDesktop)
        {
            return Bridge(server);
        }

        var token = Variable(client, server)!;
        var entry = new JsonObject();
        if (client is McpClientApp.ClaudeCode or McpClientApp.VSCode)
        {
            entry["type"] = server.IsEventStream ? "sse" : "http";
        }

        var addressName = client switch
        {
            McpClientApp.GeminiCli when !server.IsEventStream => "httpUrl",
            McpClientApp.Windsurf => "serverUrl",
            _ => "url",
        };
        entry[addressName] = server.IsEventStream ? WithToken(server, token) : server.Address!.AbsoluteUri;
        if (!server.IsEventStream)
        {
            entry["headers"] = new JsonObject { ["Authorization"] = "Bearer " + token };
        }

        return entry;
    }

    // Its file has only programs: one that speaks with the server, and signs in with the browser where it has no token.
    private static JsonObject Bridge(McpServerEntry server)
    {
        const string HeaderVariable = "MEMBRANE_AUTHORIZATION";
        if (server.IsEventStream && server.Token is null)
        {
            throw Refuse(
                McpClientApp.ClaudeDesktop,
                "its configuration cannot refer to an environment variable, and this address carries the token"
            );
        }

        var arguments = new JsonArray(
            "-y",
            "mcp-remote",
            server.IsEventStream ? WithToken(server, server.Token!) : server.Address!.AbsoluteUri
        );
        var entry = new JsonObject { ["command"] = "npx", ["args"] = arguments };
        if (server.Token is not null && !server.IsEventStream)
        {
            arguments.Add((JsonNode?)"--header");
            arguments.Add((JsonNode?)("Authorization:${" + HeaderVariable + "}"));
            entry["env"] = new JsonObject { [HeaderVariable] = "Bearer " + server.Token };
        }

        return entry;
    }

    // A token needs no escapes in a query, and the name of a variable must not have any.
    private static string WithToken(McpServerEntry server, string token)
    {
        var address = server.Address!.AbsoluteUri;
        return address + (address.IndexOf('?') < 0 ? "?token=" : "&token=") + token;
    }

    private static MembraneInputException Refuse(McpClientApp client, string why) =>
        new(
            ErrorIds.InvalidInput,
            "Client",
            $"{client} cannot use the server with a product key: {why}.",
            "Leave out the product key: the newer server takes the token in a header. Or have the token included."
        );

    private static string WriteToml(McpServerEntry server)
    {
        if (server.IsEventStream)
        {
            throw Refuse(McpClientApp.Codex, "it does not speak over server-sent events");
        }

        var lines = new List<string> { $"[mcp_servers.{server.Name}]" };
        if (server.Address is not null)
        {
            lines.Add("url = " + Quote(server.Address.AbsoluteUri));
            lines.Add(
                server.Token is null
                    ? "bearer_token_env_var = " + Quote(server.TokenVariable)
                    : "http_headers = { Authorization = " + Quote("Bearer " + server.Token) + " }"
            );
        }
        else
        {
            lines.Add("command = " + Quote(server.Command!));
            lines.Add("args = [" + string.Join(", ", server.Arguments.Select(Quote)) + "]");
            var environment = server.Environment.Select(static variable => $"{variable.Key} = {Quote(variable.Value)}").ToList();
            if (server.NeedsToken && server.Token is null)
            {
                lines.Add("env_vars = [" + Quote(server.TokenVariable) + "]");
            }
            else if (server.NeedsToken)
            {
                environment.Add($"{server.TokenVariable} = {Quote(server.Token!)}");
            }

            if (environment.Count > 0)
            {
                lines.Add("env = { " + string.Join(", ", environment) + " }");
            }
        }

        if (server.Address is null)
        {
            lines.Add($"startup_timeout_sec = {StartSeconds}");
        }

        lines.Add($"tool_timeout_sec = {CallSeconds}");
        return string.Join("\n", lines);
    }

    // A basic string of TOML: what has to be escaped is escaped as in JSON.
    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var character in text)
        {
            quoted.Append(
                character switch
                {
                    '"' => "\\\"",
                    '\\' => "\\\\",
                    < ' ' or '\u007f' => "\\u" + ((int)character).ToString("x4", System.Globalization.CultureInfo.InvariantCulture),
                    _ => character.ToString(),
                }
            );
        }

        return quoted.Append('"').ToString();
    }
}
