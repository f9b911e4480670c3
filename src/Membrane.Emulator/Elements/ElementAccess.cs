using Membrane.Emulator.Store;

namespace Membrane.Emulator.Elements;

/// <summary>What the operations on elements have in common: where elements are, and how they are found, made, listed and shown.</summary>
internal sealed class ElementAccess
{
    public ElementAccess(WorkspaceStore store, EmulatorClock clock, ElementView view)
    {
        Store = store;
        Clock = clock;
        View = view;
        Finder = new ElementFinder(store);
        Drafts = new ElementDrafts(store, Finder, clock);
        Lists = new ElementLists(store, view);
        Contents = new ElementContents(store);
        Instances = new ElementInstances(this);
    }

    public WorkspaceStore Store { get; }

    public EmulatorClock Clock { get; }

    public ElementView View { get; }

    public ElementFinder Finder { get; }

    public ElementDrafts Drafts { get; }

    public ElementLists Lists { get; }

    public ElementContents Contents { get; }

    public ElementInstances Instances { get; }
}
