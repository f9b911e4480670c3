namespace Membrane.Client.Actions;

/// <summary>What is run, and on which connection.</summary>
/// <param name="selector">The action; null for a request to the app's API or code.</param>
/// <param name="known">The action itself, where it is at hand.</param>
/// <param name="id">The id of the action, where the request needs it and the service shows it.</param>
/// <param name="connectionId">The connection; null for the default one.</param>
internal sealed class ActionTarget(ActionSelector? selector, MembraneAction? known, string? id, string? connectionId)
{
    public ActionSelector? Selector { get; } = selector;

    public MembraneAction? Known { get; } = known;

    public string? Id { get; } = id;

    public string? ConnectionId { get; } = connectionId;
}
