using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using Membrane.Emulator.Json;

namespace Membrane.Emulator.Store;

/// <summary>One change of the store, seen by others as a whole.</summary>
internal sealed class StoreTransaction(WorkspaceStore store, IdSource ids)
{
    private const int LogLimit = 10_000;

    private readonly Stack<JournalEntry> undo = new();

    /// <summary>What the journal has to keep of this change.</summary>
    public List<JournalEntry> Entries { get; } = new();

    /// <summary>What was put or removed, in its last form.</summary>
    public List<StoredElement> Touched { get; } = new();

    public string NewId(string prefix) => ids.Next(prefix);

    public string NewUuid() => ids.NextUuid();

    public StoredElement? Find(string collection, string? id) => id is null ? null : store.FindUnlocked(collection, id);

    public IEnumerable<StoredElement> All(string collection) => store.AllUnlocked(collection);

    public IEnumerable<StoredElement> FindByKey(string collection, string key) => store.FindByKeyUnlocked(collection, key);

    public int Count(string collection) => store.CountUnlocked(collection);

    /// <summary>Stores the object under its id, in place of what was there.</summary>
    public StoredElement Put(string collection, JsonObject body) => Put(collection, EmulatorJson.ToBytes(body));

    /// <summary>Stores the object, given as JSON text, under its id, in place of what was there.</summary>
    public StoredElement Put(string collection, byte[] text)
    {
        var kept = EmulatorJson.Parse(text);
        var name = store.NameOf(collection);
        var old = store.FindUnlocked(collection, StoredElement.IdOf(kept));
        var element = new StoredElement(name, old?.Sequence ?? store.NextSequence(), kept);
        Run(new JournalEntry(name, element.Id, element), old);
        return element;
    }

    /// <summary>Stores an entry of a log, which forgets its oldest ones.</summary>
    /// <param name="collection">The log.</param>
    /// <param name="text">The entry, as JSON text.</param>
    /// <param name="limit">How many entries the log keeps.</param>
    public StoredElement PutInLog(string collection, byte[] text, int limit = LogLimit)
    {
        var kept = Put(collection, text);
        while (Count(collection) > limit)
        {
            Remove(collection, All(collection).First().Id);
        }

        return kept;
    }

    public void Remove(string collection, string id)
    {
        if (store.FindUnlocked(collection, id) is { } old)
        {
            Run(new JournalEntry(collection, id, null), old);
        }
    }

    public void RemoveAll(string collection)
    {
        foreach (var element in store.AllUnlocked(collection).ToArray())
        {
            Remove(collection, element.Id);
        }
    }

    public void Undo()
    {
        while (undo.Count > 0)
        {
            store.Apply(undo.Pop());
        }
    }

    private void Run(JournalEntry entry, StoredElement? old)
    {
        store.Apply(entry);
        undo.Push(new JournalEntry(entry.Collection, entry.Id, old));
        Entries.Add(entry);
        if ((entry.Element ?? old) is { } touched)
        {
            Touched.Add(touched);
        }
    }
}
