using System;
using System.Collections.Generic;
using System.Linq;

namespace Membrane.Client.Rows;

/// <summary>
/// Which member of a row is which property: the one with exactly its name, else ignoring case, else the one called like its parameter. A
/// member serves one property, and exact names come first.
/// </summary>
internal sealed class RowMap
{
    private readonly IReadOnlyList<string> properties;
    private readonly Dictionary<string, int> exact = new(StringComparer.Ordinal);
    private readonly ILookup<string, int> folded;
    private readonly ILookup<string, int> parameters;

    // Rows of one table have the same members, so what is known of the last row holds for the next one.
    private string[] names = [];
    private int[] members = [];

    /// <summary>A map for the properties of one action.</summary>
    /// <param name="properties">The properties, in the order of the schema.</param>
    /// <param name="parameters">Those that have a parameter, by its name.</param>
    public RowMap(IReadOnlyList<string> properties, IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        this.properties = properties;
        for (var index = 0; index < properties.Count; index++)
        {
            exact[properties[index]] = index;
        }

        folded = Enumerable.Range(0, properties.Count).ToLookup(index => properties[index], StringComparer.OrdinalIgnoreCase);
        this.parameters = parameters
            .Where(one => exact.ContainsKey(one.Value))
            .ToLookup(static one => one.Key, one => exact[one.Value], StringComparer.OrdinalIgnoreCase);
        members = Find(names);
    }

    /// <summary>The place of the member of each property among the names; -1 for a property without one.</summary>
    public IReadOnlyList<int> MembersOf(IReadOnlyList<string> row)
    {
        if (!row.SequenceEqual(names, StringComparer.Ordinal))
        {
            names = row.ToArray();
            members = Find(names);
        }

        return members;
    }

    private int[] Find(string[] row)
    {
        var found = Enumerable.Repeat(-1, properties.Count).ToArray();
        var isTaken = new bool[row.Length];
        Claim(name => exact.TryGetValue(name, out var index) ? [index] : []);
        Claim(name => folded[name]);
        Claim(name => parameters[name]);
        return found;

        void Claim(Func<string, IEnumerable<int>> properties)
        {
            for (var member = 0; member < row.Length; member++)
            {
                var property = isTaken[member] ? -1 : properties(row[member]).Where(index => found[index] < 0).DefaultIfEmpty(-1).First();
                if (property >= 0)
                {
                    found[property] = member;
                    isTaken[member] = true;
                }
            }
        }
    }
}
