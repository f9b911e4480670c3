using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace Membrane.Emulator.WorkspaceFiles;

/// <summary>The fields in which two objects differ, each with both values.</summary>
internal static class FieldDifferences
{
    public static IReadOnlyList<(string Field, JsonNode? Before, JsonNode? After)> Between(JsonObject before, JsonObject after)
    {
        var found = new List<(string, JsonNode?, JsonNode?)>();
        Look(before, after, "", found);
        return found;
    }

    /// <summary>Returns the differences as the answer shows them.</summary>
    public static JsonArray Show(IEnumerable<(string Field, JsonNode? Before, JsonNode? After)> differences) =>
        new(
            differences
                .Select(one =>
                {
                    var shown = new JsonObject { ["field"] = one.Field };
                    if (one.Before is not null)
                    {
                        shown["before"] = one.Before.DeepClone();
                    }

                    if (one.After is not null)
                    {
                        shown["after"] = one.After.DeepClone();
                    }

                    return (JsonNode)shown;
                })
                .ToArray()
        );

    private static void Look(JsonObject before, JsonObject after, string path, List<(string, JsonNode?, JsonNode?)> found)
    {
        foreach (var name in before.Select(member => member.Key).Union(after.Select(member => member.Key)))
        {
            before.TryGetPropertyValue(name, out var old);
            after.TryGetPropertyValue(name, out var @new);
            if (old is JsonObject oldObject && @new is JsonObject newObject)
            {
                Look(oldObject, newObject, path + name + ".", found);
            }
            else if (before.ContainsKey(name) != after.ContainsKey(name) || !JsonNode.DeepEquals(old, @new))
            {
                found.Add((path + name, old, @new));
            }
        }
    }
}
