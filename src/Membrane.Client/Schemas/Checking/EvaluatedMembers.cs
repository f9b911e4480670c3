using System;
using System.Collections.Generic;

namespace Membrane.Client.Schemas.Checking;

/// <summary>The members of one value that keywords have evaluated; the others are unevaluated.</summary>
internal sealed class EvaluatedMembers
{
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly HashSet<int> indexes = new();
    private int leadingItems;
    private bool everything;

    public bool Contains(string name) => everything || names.Contains(name);

    public bool Contains(int index) => everything || index < leadingItems || indexes.Contains(index);

    public void Add(string name) => names.Add(name);

    public void Add(int index) => indexes.Add(index);

    public void AddLeading(int count) => leadingItems = Math.Max(leadingItems, count);

    public void AddAll() => everything = true;

    public void Add(EvaluatedMembers other)
    {
        names.UnionWith(other.names);
        indexes.UnionWith(other.indexes);
        leadingItems = Math.Max(leadingItems, other.leadingItems);
        everything |= other.everything;
    }
}
