using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Membrane.Emulator.Json;

namespace Membrane.Emulator.Flows;

/// <summary>The nodes of a flow and the links between them.</summary>
internal static class FlowGraph
{
    /// <summary>
    /// Where a run begins unless the request says: at the trigger, else at a node to which no link leads, else at the first.
    /// </summary>
    public static string? Start(JsonElement nodes)
    {
        var keys = nodes.EnumerateObject().Select(node => node.Name).ToArray();
        var reached = new HashSet<string>(nodes.EnumerateObject().SelectMany(node => Links(node.Value, nodes)), StringComparer.Ordinal);
        return nodes
                .EnumerateObject()
                .Where(node => node.Value.Text("type")?.EndsWith("-trigger", StringComparison.Ordinal) == true)
                .Select(node => node.Name)
                .FirstOrDefault()
            ?? keys.FirstOrDefault(key => !reached.Contains(key))
            ?? keys.FirstOrDefault();
    }

    /// <summary>Returns the keys of the nodes that come after a node.</summary>
    public static IEnumerable<string> Links(JsonElement node, JsonElement nodes)
    {
        if (node.Member("links") is not { ValueKind: JsonValueKind.Array } links)
        {
            yield break;
        }

        foreach (var link in links.EnumerateArray())
        {
            if (link.Text("key") is { } key && nodes.TryGetProperty(key, out _))
            {
                yield return key;
            }
        }
    }
}
