using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Membrane.Emulator.Json;

namespace Membrane.Emulator.Connections;

/// <summary>A way to connect an app.</summary>
internal sealed class AuthOption(string key, string type, string title, JsonElement? inputSchema)
{
    /// <summary>The type of the options that need no person: the input connects at once.</summary>
    public const string ClientCredentials = "client-credentials";

    public string Key { get; } = key;

    public string Type { get; } = type;

    public string Title { get; } = title;

    /// <summary>What the option asks for; null if it asks for nothing.</summary>
    public JsonElement? InputSchema { get; } = inputSchema;

    /// <summary>Returns the options of what is to be connected: those of its connector, else the connector itself as the only one.</summary>
    public static IReadOnlyList<AuthOption> Of(ConnectionTarget target)
    {
        var schema = ConnectionService.CredentialsSchema(target.Connector);
        var type = target.Connector?.Text("type") ?? "oauth2";
        AuthOption[] own = target.Connector?.Body.Member("options") is { ValueKind: JsonValueKind.Object } options
            ?
            [
                .. options
                    .EnumerateObject()
                    .Where(static option => option.Value.ValueKind == JsonValueKind.Object)
                    .Select(option => new AuthOption(
                        option.Name,
                        option.Value.Text("type") ?? type,
                        option.Value.Text("title") ?? target.Name,
                        option.Value.Member("inputSchema")
                            ?? option.Value.Member("customCredentialsSchema")
                            ?? option.Value.Member("credentialsSchema")
                    )),
            ]
            : [];
        return own.Length > 0 ? own : [new AuthOption("default", type, target.Name, schema)];
    }
}
