using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace Membrane.Emulator.Store;

/// <summary>
/// Everything the workspace keeps. Readers see whole transactions only; stored elements never change,
/// so what was read can be used without the lock.
/// </summary>
internal sealed class WorkspaceStore
{
    private readonly object gate = new();
    private readonly Dictionary<string, ElementCollection> collections = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);
    private readonly IdSource ids;
    private readonly IJournal journal;
    private long lastSequence;
    private TaskCompletionSource<bool>? nextChange;
    private long changes;

    public WorkspaceStore(int? seed, IJournal journal)
    {
        // An id takes few numbers and each new element has its own place, so that numbers after a restart are new.
        ids = new IdSource(seed, () => lastSequence * 16);
        this.journal = journal;
    }

    /// <summary>
    /// Occurs after each change, with what was put or removed, while all others are held off: a listener only takes note of it.
    /// </summary>
    public event Action<IReadOnlyList<StoredElement>>? Changed;

    /// <summary>Grows with every change.</summary>
    public long Changes
    {
        get
        {
            lock (gate)
            {
                return changes;
            }
        }
    }

    /// <summary>Completes at the next change; long polls look again then.</summary>
    public Task NextChange()
    {
        lock (gate)
        {
            return (nextChange ??= new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    public StoredElement? Find(string collection, string? id)
    {
        if (id is null)
        {
            return null;
        }

        lock (gate)
        {
            return collections.TryGetValue(collection, out var elements) ? elements.Find(id) : null;
        }
    }

    public StoredElement[] FindByKey(string collection, string key)
    {
        lock (gate)
        {
            return collections.TryGetValue(collection, out var elements) ? elements.FindByKey(key).ToArray() : Array.Empty<StoredElement>();
        }
    }

    public StoredElement[] All(string collection, Func<StoredElement, bool>? filter = null)
    {
        lock (gate)
        {
            if (!collections.TryGetValue(collection, out var elements))
            {
                return Array.Empty<StoredElement>();
            }

            return (filter is null ? elements.All() : elements.All().Where(filter)).ToArray();
        }
    }

    /// <summary>Returns at most <paramref name="limit"/> elements after a place in the order of creation.</summary>
    public StoredElement[] From(string collection, long? sequence, int limit, bool descending, Func<StoredElement, bool> filter)
    {
        lock (gate)
        {
            return collections.TryGetValue(collection, out var elements)
                ? elements.From(sequence, descending).Where(filter).Take(limit).ToArray()
                : Array.Empty<StoredElement>();
        }
    }

    public int Count(string collection)
    {
        lock (gate)
        {
            return collections.TryGetValue(collection, out var elements) ? elements.Count : 0;
        }
    }

    /// <summary>Returns a number that changes with every change of the collection.</summary>
    public long Version(string collection)
    {
        lock (gate)
        {
            return collections.TryGetValue(collection, out var elements) ? elements.Version : 0;
        }
    }

    /// <summary>Returns the names of the collections that begin with a prefix.</summary>
    public string[] Names(string prefix)
    {
        lock (gate)
        {
            return collections.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).ToArray();
        }
    }

    /// <summary>Changes the store: all of it or, when <paramref name="change"/> throws, nothing.</summary>
    public T Change<T>(Func<StoreTransaction, T> change)
    {
        T result;
        lock (gate)
        {
            var transaction = new StoreTransaction(this, ids);
            try
            {
                result = change(transaction);
                if (transaction.Entries.Count > 0)
                {
                    journal.Append(transaction.Entries);
                }
            }
            catch
            {
                transaction.Undo();
                throw;
            }

            if (transaction.Entries.Count > 0)
            {
                SignalChange();
                Changed?.Invoke(transaction.Touched);
            }
        }

        return result;
    }

    /// <summary>Changes the store: all of it or, when <paramref name="change"/> throws, nothing.</summary>
    public void Change(Action<StoreTransaction> change) =>
        Change(transaction =>
        {
            change(transaction);
            return true;
        });

    /// <summary>Runs a change and takes it back: no one else sees it, and nothing is kept.</summary>
    public T DryRun<T>(Func<StoreTransaction, T> change)
    {
        lock (gate)
        {
            var transaction = new StoreTransaction(this, ids);
            try
            {
                return change(transaction);
            }
            finally
            {
                transaction.Undo();
            }
        }
    }

    /// <summary>Completes when everything that was changed so far will outlive the process.</summary>
    public Task WhenDurable() => journal.WhenDurable();

    /// <summary>Puts what a catalog or a state file holds into the store, without a journal entry.</summary>
    public void Load(IReadOnlyList<JournalEntry> entries)
    {
        lock (gate)
        {
            foreach (var entry in entries)
            {
                lastSequence = Math.Max(lastSequence, entry.Element?.Sequence ?? 0);
            }

            foreach (var entry in entries)
            {
                Apply(Placed(entry));
            }
        }
    }

    /// <summary>
    /// The entry in a place of its own: what a state file holds of a catalog's elements has the places of the catalog
    /// that was used then, and in this one they may be elsewhere, or another tenant's.
    /// </summary>
    private JournalEntry Placed(JournalEntry entry)
    {
        if (entry.Element is not { } element || !collections.TryGetValue(entry.Collection, out var elements))
        {
            return entry;
        }

        var sequence = elements.Find(element.Id)?.Sequence ?? (elements.IsTaken(element.Sequence) ? NextSequence() : element.Sequence);
        return sequence == element.Sequence
            ? entry
            : new JournalEntry(entry.Collection, entry.Id, new StoredElement(element.Collection, sequence, element.Body));
    }

    /// <summary>Forgets everything except the given entries; no request sees a state in between.</summary>
    /// <param name="kept">What is there afterwards; it is not written into the journal.</param>
    /// <param name="forget">Runs before anybody sees the new state.</param>
    public void Reset(IReadOnlyList<JournalEntry> kept, System.Action? forget = null)
    {
        lock (gate)
        {
            journal.Clear();
            collections.Clear();
            Load(kept);
            forget?.Invoke();
            SignalChange();
        }
    }

    /// <summary>Runs with all writers held off, over everything that is stored.</summary>
    public T Freeze<T>(Func<IEnumerable<StoredElement>, T> read)
    {
        lock (gate)
        {
            return read(collections.Values.SelectMany(collection => collection.All()));
        }
    }

    private void SignalChange()
    {
        changes++;
        nextChange?.TrySetResult(true);
        nextChange = null;
    }

    /// <summary>Returns the one text of a collection's name, so that its elements need not have one each.</summary>
    internal string NameOf(string collection)
    {
        if (!names.TryGetValue(collection, out var name))
        {
            names.Add(collection, name = collection);
        }

        return name;
    }

    internal long NextSequence() => ++lastSequence;

    internal void Apply(JournalEntry entry)
    {
        if (!collections.TryGetValue(entry.Collection, out var elements))
        {
            collections.Add(entry.Collection, elements = new ElementCollection());
        }

        if (entry.Element is null)
        {
            elements.Remove(entry.Id);
        }
        else
        {
            elements.Put(entry.Element);
            lastSequence = Math.Max(lastSequence, entry.Element.Sequence);
        }
    }

    internal StoredElement? FindUnlocked(string collection, string id) =>
        collections.TryGetValue(collection, out var elements) ? elements.Find(id) : null;

    internal IEnumerable<StoredElement> AllUnlocked(string collection) =>
        collections.TryGetValue(collection, out var elements) ? elements.All() : Enumerable.Empty<StoredElement>();

    internal IEnumerable<StoredElement> FindByKeyUnlocked(string collection, string key) =>
        collections.TryGetValue(collection, out var elements) ? elements.FindByKey(key) : Enumerable.Empty<StoredElement>();

    internal int CountUnlocked(string collection) => collections.TryGetValue(collection, out var elements) ? elements.Count : 0;
}
