namespace Membrane.Emulator.Store;

/// <summary>One element put (or, without an element, removed).</summary>
internal sealed class JournalEntry(string collection, string id, StoredElement? element)
{
    public string Collection { get; } = collection;

    public string Id { get; } = id;

    public StoredElement? Element { get; } = element;
}
