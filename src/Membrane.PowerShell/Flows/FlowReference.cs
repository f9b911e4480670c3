using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Flows;

/// <summary>A flow: the object, its id or its key.</summary>
public sealed class FlowReference : ElementReference
{
    private FlowReference(string idOrKey, object? source)
        : base(idOrKey, source)
    {
    }

    /// <summary>Whether <see cref="ElementReference.IdOrKey"/> is known to be an id.</summary>
    internal bool IsId => Source is not null;

    /// <summary>The connection that the flow belongs to or was found on.</summary>
    internal string? ConnectionId => Source is Flow flow ? flow.ConnectionId ?? flow.FoundOnConnectionId : null;

    internal static FlowReference? From(object value) => value switch
    {
        string text => new FlowReference(text, null),
        Flow { Id: { } id } flow => new FlowReference(id, flow),
        SearchResult { ElementType: "flow", Id: { } id } result => new FlowReference(id, result),
        _ => null,
    };
}
