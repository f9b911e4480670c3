using System.Collections.Generic;
using System.Linq;
using Membrane.Client.Schemas.Checking;
using Membrane.Client.Schemas.Reading;

namespace Membrane.Client.Schemas.Compilation;

/// <summary>
/// Refuses schemas that refer back to themselves without going deeper into the value: checking by them would never end.
/// Dynamic references are not known before the check, which counts them.
/// </summary>
internal static class LoopFinder
{
    public static void Refuse(Dictionary<SchemaLocation, SchemaNode> nodes)
    {
        var places = nodes.ToDictionary(entry => entry.Value, entry => entry.Key);
        var finished = new HashSet<SchemaNode>();
        foreach (var node in places.Keys)
        {
            Visit(node, finished, places);
        }
    }

    // With a stack of its own: a chain of references may be longer than the thread's.
    private static void Visit(SchemaNode start, HashSet<SchemaNode> finished, Dictionary<SchemaNode, SchemaLocation> places)
    {
        if (finished.Contains(start))
        {
            return;
        }

        var open = new HashSet<SchemaNode> { start };
        var stack = new Stack<(SchemaNode Node, IEnumerator<SchemaNode> Next)>();
        stack.Push((start, SamePlace(start)));
        while (stack.Count > 0)
        {
            var (node, next) = stack.Peek();
            if (!next.MoveNext())
            {
                stack.Pop();
                open.Remove(node);
                finished.Add(node);
            }
            else if (!finished.Contains(next.Current))
            {
                if (!open.Add(next.Current))
                {
                    throw new JsonSchemaException(places[next.Current].Pointer, "$ref", "it refers back to itself without end.");
                }

                stack.Push((next.Current, SamePlace(next.Current)));
            }
        }
    }

    private static IEnumerator<SchemaNode> SamePlace(SchemaNode node) =>
        node.Keywords.SelectMany(keyword => keyword.NodesForSameValue).GetEnumerator();
}
