using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Flows;

/// <summary>A flow: the object, its id or its key.</summary>
public sealed class FlowReference : ElementReference
{
    internal static readonly ReferenceReader Reader = new(
        "a flow (the object, its id or its key)",
        static (id, source) => new FlowReference(id, source)
    )
    {
        Ids =
        [
            new IdRule(nameof(Flow), nameof(Flow.Id)),
            new IdRule(nameof(SearchResult), nameof(SearchResult.Id)) { ElementType = "flow" },
        ],
    };

    private FlowReference(string idOrKey, GivenObject? source)
        : base(idOrKey, source) { }

    /// <summary>Whether <see cref="ElementReference.IdOrKey"/> is known to be an id.</summary>
    internal bool IsId => Source is not null;

    /// <summary>The connection that the flow belongs to or was found on.</summary>
    internal string? ConnectionId => Source?.Text(nameof(Flow.ConnectionId)) ?? Source?.Text(nameof(Flow.FoundOnConnectionId));
}
