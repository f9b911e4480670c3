namespace Membrane.Emulator.Store;

/// <summary>One element put (or, without an element, removed).</summary>
internal sealed class JournalEntry
{
    public JournalEntry(string collection, string id, Element? element)
    {
        Collection = collection;
        Id = id;
        Element = element;
    }

    public string Collection { get; }

    public string Id { get; }

    public Element? Element { get; }
}
