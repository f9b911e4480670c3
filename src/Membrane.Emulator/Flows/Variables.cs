using System;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Emulator.Json;

namespace Membrane.Emulator.Flows;

/// <summary>Fills <c>{ "$var": "$.input.name" }</c> in the settings of nodes and mappings with values.</summary>
internal static class Variables
{
    private const string Marker = "$var";

    /// <summary>Replaces every variable of the template by what the scope holds; what it does not hold is null.</summary>
    public static JsonNode? Fill(JsonElement template, JsonElement scope)
    {
        switch (template.ValueKind)
        {
            case JsonValueKind.Object when template.Text(Marker) is { } path:
                return EmulatorJson.ToNode(Look(scope, path));
            case JsonValueKind.Object:
                var filled = new JsonObject();
                foreach (var member in template.EnumerateObject())
                {
                    filled[member.Name] = Fill(member.Value, scope);
                }

                return filled;
            case JsonValueKind.Array:
                var list = new JsonArray();
                foreach (var item in template.EnumerateArray())
                {
                    list.Add(Fill(item, scope));
                }

                return list;
            default:
                return EmulatorJson.ToNode(template);
        }
    }

    /// <summary>Returns the value at a path such as <c>$.steps.first.output.items[0].id</c>; undefined when there is none.</summary>
    public static JsonElement Look(JsonElement scope, string path)
    {
        var found = scope;
        foreach (
            var part in path.TrimStart('$').Replace('[', '.').Replace("]", "").Split(new[] { '.' }, StringSplitOptions.RemoveEmptyEntries)
        )
        {
            if (found.ValueKind == JsonValueKind.Object && found.TryGetProperty(part, out var member))
            {
                found = member;
            }
            else if (
                found.ValueKind == JsonValueKind.Array
                && int.TryParse(part, out var index)
                && index >= 0
                && index < found.GetArrayLength()
            )
            {
                found = found[index];
            }
            else
            {
                return default;
            }
        }

        return found;
    }
}
