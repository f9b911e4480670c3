using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Actions;

/// <summary>An action: the object, its id or its key.</summary>
public sealed class ActionReference : ElementReference
{
    internal static readonly ReferenceReader Reader = new(
        "an action (the object, its id or its key)",
        static (id, source) => new ActionReference(id, source)
    )
    {
        Ids =
        [
            new IdRule(nameof(Membrane.Action), nameof(Membrane.Action.Id)),
            new IdRule(nameof(SearchResult), nameof(SearchResult.Id)) { ElementType = "action" },
        ],
    };

    private ActionReference(string idOrKey, GivenObject? source)
        : base(idOrKey, source) { }

    /// <summary>The action itself, where it was given.</summary>
    internal Action? Known => Live<Action>();

    /// <summary>The connection that the action belongs to or was found on.</summary>
    internal string? ConnectionId => OwnConnectionId ?? Source?.Text(nameof(Action.FoundOnConnectionId));

    /// <summary>The connection that the action belongs to; null where it only was found on one.</summary>
    internal string? OwnConnectionId => Source?.Text(nameof(Action.ConnectionId));
}
