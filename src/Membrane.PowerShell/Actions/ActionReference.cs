using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Actions;

/// <summary>An action: the object, its id or its key.</summary>
public sealed class ActionReference : ElementReference
{
    private ActionReference(string idOrKey, object? source)
        : base(idOrKey, source)
    {
    }

    /// <summary>The connection that the action belongs to or was found on.</summary>
    internal string? ConnectionId => Source is Action action ? action.ConnectionId ?? action.FoundOnConnectionId : null;

    internal static ActionReference? From(object value) => value switch
    {
        string text => new ActionReference(text, null),
        Action { Id: { } id } action => new ActionReference(id, action),
        SearchResult { ElementType: "action", Id: { } id } result => new ActionReference(id, result),
        _ => null,
    };
}
