using System;
using System.Collections.Generic;
using System.Linq;

namespace Membrane.Client.English;

/// <summary>Names that someone may have meant who wrote another one.</summary>
internal static class NearNames
{
    private const int MostNames = 3;

    /// <summary>Returns the names that are near, the nearest first: at most three.</summary>
    /// <param name="given">What was written.</param>
    /// <param name="names">The names that there are.</param>
    public static IReadOnlyList<string> Find(string given, IEnumerable<string> names)
    {
        var wanted = given.ToLowerInvariant();

        // One letter in three may be wrong, and a name that is written in full within another is near whatever stands around it.
        var furthest = Math.Max(1, wanted.Length / 3);
        return names
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(name => (Name: name, Distance: Distance(wanted, name.ToLowerInvariant(), furthest)))
            .Where(near => near.Distance <= furthest)
            .OrderBy(static near => near.Distance)
            .ThenBy(static near => near.Name, StringComparer.Ordinal)
            .Take(MostNames)
            .Select(static near => near.Name)
            .ToArray();
    }

    private static int Distance(string left, string right, int furthest)
    {
        const int shortestPart = 3;
        var shorter = Math.Min(left.Length, right.Length);
        if (shorter >= shortestPart && (left.Contains(right) || right.Contains(left)))
        {
            return 1;
        }

        return Math.Abs(left.Length - right.Length) > furthest ? int.MaxValue : Changes(left, right);
    }

    // The letters to put in, leave out, change or swap (Damerau and Levenshtein, each pair of letters swapped once).
    private static int Changes(string left, string right)
    {
        var before = new int[right.Length + 1];
        var above = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var row = 1; row <= left.Length; row++)
        {
            var current = new int[right.Length + 1];
            current[0] = row;
            for (var column = 1; column <= right.Length; column++)
            {
                var isSame = left[row - 1] == right[column - 1];
                var least = Math.Min(Math.Min(above[column], current[column - 1]) + 1, above[column - 1] + (isSame ? 0 : 1));
                if (row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1])
                {
                    least = Math.Min(least, before[column - 2] + 1);
                }

                current[column] = least;
            }

            (before, above) = (above, current);
        }

        return above[right.Length];
    }
}
