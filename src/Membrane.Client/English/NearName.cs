using System;
using System.Collections.Generic;
using System.Linq;

namespace Membrane.Client.English;

/// <summary>Finds what a misspelt name was meant to be.</summary>
internal static class NearName
{
    private const int MaxLength = 200;

    /// <summary>Returns the name that is nearest; null where none is near, or the name itself is there.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="known">The names that there are.</param>
    public static string? Find(string name, IEnumerable<string> known)
    {
        var plain = Plain(name);
        if (plain.Length is < 3 or > MaxLength)
        {
            return null;
        }

        // A letter more, less, wrong or in the wrong place; in longer names one for every four letters.
        var limit = Math.Max(1, plain.Length / 4);
        string? nearest = null;
        foreach (var candidate in known)
        {
            if (string.Equals(candidate, name, StringComparison.OrdinalIgnoreCase))
            {
                return null;
            }

            var other = Plain(candidate);
            if (other.Length >= 3 && Math.Abs(other.Length - plain.Length) <= limit && Distance(plain, other, limit) is { } distance)
            {
                nearest = candidate;
                limit = distance - 1;
            }
        }

        return nearest;
    }

    /// <summary>Returns the names that are near or hold what was written, the nearest first: at most three.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="known">The names that there are.</param>
    public static IReadOnlyList<string> FindSeveral(string name, IEnumerable<string> known)
    {
        const int most = 3;
        var plain = Plain(name);
        var limit = Math.Max(1, plain.Length / 3);
        return plain.Length > MaxLength
            ? []
            :
            [
                .. known
                    .Distinct(StringComparer.OrdinalIgnoreCase)
                    .Select(candidate => (Name: candidate, Plain: Plain(candidate)))
                    .Select(candidate =>
                        (candidate.Name, Distance: Holds(plain, candidate.Plain) ? 1 : Distance(plain, candidate.Plain, limit))
                    )
                    .Where(static candidate => candidate.Distance is not null)
                    .OrderBy(static candidate => candidate.Distance)
                    .ThenBy(static candidate => candidate.Name, StringComparer.Ordinal)
                    .Take(most)
                    .Select(static candidate => candidate.Name),
            ];
    }

    /// <summary>
    /// Counts the letters to add, leave out, replace or swap with their neighbour to make one text of another (Damerau and Levenshtein);
    /// null where these are more than the limit.
    /// </summary>
    public static int? Distance(string one, string other, int limit)
    {
        var before = new int[other.Length + 1];
        var last = Enumerable.Range(0, other.Length + 1).ToArray();
        var row = new int[other.Length + 1];
        for (var i = 1; i <= one.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var cost = one[i - 1] == other[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + cost);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }

            (before, last, row) = (last, row, before);
        }

        var distance = last[other.Length];
        return distance <= limit ? distance : null;
    }

    private static bool Holds(string one, string other) =>
        Math.Min(one.Length, other.Length) >= 3 && (one.Contains(other) || other.Contains(one));

    // first-name, first_name and firstName are the same when they are read aloud.
    private static string Plain(string name) =>
        string.Concat(name.Where(static letter => letter is not ('-' or '_' or ' ' or '.'))).ToLowerInvariant();
}
