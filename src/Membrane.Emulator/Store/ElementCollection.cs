using System;
using System.Collections.Generic;
using System.Linq;

namespace Membrane.Emulator.Store;

/// <summary>Elements in the order of their creation, found by id or by key. Not safe for threads: the store guards it.</summary>
internal sealed class ElementCollection
{
    private readonly Dictionary<string, StoredElement> byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> idsByKey = new(StringComparer.Ordinal);
    private readonly List<long> sequences = new();
    private readonly List<StoredElement?> ordered = new();
    private int first;

    public int Count => byId.Count;

    /// <summary>Changes with every change of the collection.</summary>
    public long Version { get; private set; }

    public StoredElement? Find(string id) => byId.TryGetValue(id, out var element) ? element : null;

    /// <summary>Returns whether an element has this place in the order.</summary>
    public bool IsTaken(long sequence)
    {
        var index = Place(sequence);
        return index < sequences.Count && sequences[index] == sequence && ordered[index] is not null;
    }

    public IEnumerable<StoredElement> FindByKey(string key) =>
        idsByKey.TryGetValue(key, out var ids) ? ids.Select(id => byId[id]) : Enumerable.Empty<StoredElement>();

    public IEnumerable<StoredElement> All() => From(null, descending: false);

    /// <summary>Returns the elements after (or, descending, before) a place in the order.</summary>
    public IEnumerable<StoredElement> From(long? sequence, bool descending)
    {
        if (descending)
        {
            var start = sequence is null ? ordered.Count - 1 : Place(sequence.Value) - 1;
            for (var index = start; index >= 0; index--)
            {
                if (ordered[index] is { } element)
                {
                    yield return element;
                }
            }
        }
        else
        {
            var start = sequence is null ? 0 : Place(sequence.Value + 1);
            for (var index = Math.Max(start, first); index < ordered.Count; index++)
            {
                if (ordered[index] is { } element)
                {
                    yield return element;
                }
            }
        }
    }

    public void Put(StoredElement element)
    {
        Version++;
        if (byId.TryGetValue(element.Id, out var old))
        {
            ordered[sequences.BinarySearch(old.Sequence)] = element;
            if (old.Key != element.Key)
            {
                Forget(old);
                Remember(element);
            }
        }
        else
        {
            var place = Place(element.Sequence);
            if (place < sequences.Count && sequences[place] == element.Sequence)
            {
                ordered[place] = element;
            }
            else
            {
                sequences.Insert(place, element.Sequence);
                ordered.Insert(place, element);
            }

            first = Math.Min(first, place);

            Remember(element);
        }

        byId[element.Id] = element;
    }

    public bool Remove(string id)
    {
        if (!byId.TryGetValue(id, out var element))
        {
            return false;
        }

        Version++;
        byId.Remove(id);
        Forget(element);
        ordered[sequences.BinarySearch(element.Sequence)] = null;

        // A log drops its oldest entries: a search for the next oldest need not pass those that are gone.
        while (first < ordered.Count && ordered[first] is null)
        {
            first++;
        }

        if (ordered.Count > 64 && byId.Count < ordered.Count / 2)
        {
            Tidy();
        }

        return true;
    }

    private int Place(long sequence)
    {
        if (sequences.Count == 0 || sequences[sequences.Count - 1] < sequence)
        {
            return sequences.Count;
        }

        var index = sequences.BinarySearch(sequence);
        return index < 0 ? ~index : index;
    }

    private void Remember(StoredElement element)
    {
        if (element.Key is null)
        {
            return;
        }

        if (!idsByKey.TryGetValue(element.Key, out var ids))
        {
            idsByKey.Add(element.Key, ids = new List<string>(1));
        }

        ids.Add(element.Id);
    }

    private void Forget(StoredElement element)
    {
        if (element.Key is null || !idsByKey.TryGetValue(element.Key, out var ids))
        {
            return;
        }

        ids.Remove(element.Id);
        if (ids.Count == 0)
        {
            idsByKey.Remove(element.Key);
        }
    }

    private void Tidy()
    {
        var kept = All().ToArray();
        first = 0;
        sequences.Clear();
        ordered.Clear();
        sequences.AddRange(kept.Select(element => element.Sequence));
        ordered.AddRange(kept);
    }
}
