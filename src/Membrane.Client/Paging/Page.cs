using System.Collections.Generic;

namespace Membrane.Client;

/// <summary>One page of a list.</summary>
/// <param name="items">The items.</param>
/// <param name="cursor">Where the next page begins; null on the last one.</param>
/// <typeparam name="T">The items' type.</typeparam>
public sealed class Page<T>(IReadOnlyList<T> items, string? cursor)
{
    /// <summary>The items.</summary>
    public IReadOnlyList<T> Items { get; } = items;

    /// <summary>Where the next page begins; null on the last one.</summary>
    public string? Cursor { get; } = cursor;
}
