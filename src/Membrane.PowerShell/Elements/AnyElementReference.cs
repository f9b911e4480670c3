using System.Collections.Generic;
using System.Linq;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Elements;

/// <summary>An element of any type: the object, its id or its key.</summary>
public sealed class AnyElementReference : ElementReference
{
    // The objects with a kind of their own, and what the API calls their type.
    private static readonly Dictionary<string, string> TypesByKind = new()
    {
        [nameof(Connection)] = "connection",
        [nameof(Membrane.Action)] = "action",
        [nameof(ActionRunLog)] = "action-run-log-record",
        [nameof(Connector)] = "connector",
        [nameof(ExternalApp)] = "app",
        [nameof(Integration)] = "integration",
        [nameof(Flow)] = "flow",
        [nameof(FlowRun)] = "flow-run",
        [nameof(Tenant)] = "customer",
    };

    // These belong to a connection; others only know one.
    private static readonly HashSet<string> KindsOfConnections = [nameof(Membrane.Action), nameof(Flow), nameof(Membrane.Element)];

    internal static readonly ReferenceReader Reader = new(
        "an element (the object, its id or its key)",
        static (id, source) => new AnyElementReference(id, source)
    )
    {
        Ids =
        [
            .. new[] { nameof(Membrane.Element), nameof(SearchResult) }
                .Concat(TypesByKind.Keys)
                .Select(static kind => new IdRule(kind, "Id")),
        ],
    };

    private AnyElementReference(string idOrKey, GivenObject? source)
        : base(idOrKey, source) { }

    /// <summary>The type of the object that was given; null where text was given.</summary>
    internal string? ElementType =>
        Source is null ? null
        : TypesByKind.TryGetValue(Source.Kind, out var type) ? type
        : Source.Text(nameof(SearchResult.ElementType));

    /// <summary>The connection that the element belongs to, where it belongs to one.</summary>
    internal string? ConnectionId =>
        Source is null ? null
        : Source.Kind == nameof(SearchResult) ? Source.Text(nameof(SearchResult.Element) + "." + nameof(Membrane.Element.ConnectionId))
        : KindsOfConnections.Contains(Source.Kind) ? Source.Text(nameof(Membrane.Element.ConnectionId))
        : null;
}
