using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Actions;

/// <summary>An action: the object, its id or its key.</summary>
public sealed class ActionReference : ElementReference
{
    private ActionReference(string idOrKey, object? source)
        : base(idOrKey, source)
    {
    }

    /// <summary>The action itself, where it was given.</summary>
    internal Action? Known => Source as Action;

    /// <summary>The connection that the action belongs to or was found on.</summary>
    internal string? ConnectionId => Known?.ConnectionId ?? Known?.FoundOnConnectionId;

    /// <summary>The connection that the action belongs to; null where it only was found on one.</summary>
    internal string? OwnConnectionId => Known?.ConnectionId;

    internal static ActionReference? From(object value) => value switch
    {
        string text => new ActionReference(text, null),
        Action { Id: { } id } action => new ActionReference(id, action),
        SearchResult { ElementType: "action", Id: { } id } result => new ActionReference(id, result),
        _ => null,
    };
}
