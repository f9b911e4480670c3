using System;
using System.Collections.Generic;
using System.Linq;

namespace Membrane.PowerShell.Tests.Layers;

/// <summary>Folders each of which leads to all others of its circle.</summary>
internal static class Circles
{
    public static IEnumerable<IReadOnlyList<string>> Among(IEnumerable<Arrow> arrows)
    {
        var next = arrows
            .Select(static arrow => (arrow.FromFolder, arrow.ToFolder))
            .Distinct()
            .ToLookup(static pair => pair.FromFolder, static pair => pair.ToFolder);
        var reach = next.ToDictionary(static folder => folder.Key, folder => Reach(folder.Key, next));
        return reach
            .Keys.Where(folder => reach[folder].Contains(folder))
            .GroupBy(folder =>
                string.Join(
                    ", ",
                    reach[folder]
                        .Where(other => reach.TryGetValue(other, out var back) && back.Contains(folder))
                        .Order(StringComparer.Ordinal)
                )
            )
            .Select(static circle => circle.Order(StringComparer.Ordinal).ToArray());
    }

    private static HashSet<string> Reach(string folder, ILookup<string, string> next)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(next[folder]);
        while (open.TryPop(out var one))
        {
            if (found.Add(one))
            {
                foreach (var further in next[one])
                {
                    open.Push(further);
                }
            }
        }

        return found;
    }
}
