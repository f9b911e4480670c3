using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace Membrane.Wire;

/// <summary>The arguments of a call, read out of JSON.</summary>
internal sealed class Arguments(JsonElement json)
{
    public string this[string name] => Text(name) ?? throw new KeyNotFoundException(name);

    public string? Text(string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    public object? Value(string name) => json.TryGetProperty(name, out var value) ? Plain(value) : null;

    public Dictionary<string, object?> Map(string name) => (Dictionary<string, object?>)Value(name)!;

    private static object? Plain(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => value
                .EnumerateObject()
                .ToDictionary(static member => member.Name, static member => Plain(member.Value)),
            JsonValueKind.Array => value.EnumerateArray().Select(Plain).ToArray(),
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetInt64(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => null,
        };
}
