using Membrane.Client;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connections;

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
    internal MembraneAction? Known => Live<MembraneAction>();

    /// <summary>The connection that the action belongs to or was found on.</summary>
    internal string? ConnectionId => OwnConnectionId ?? Source?.Text(nameof(Action.FoundOnConnectionId));

    /// <summary>The connection that the action belongs to; null where it only was found on one.</summary>
    internal string? OwnConnectionId => Source?.Text(nameof(Action.ConnectionId));

    /// <summary>Names the action for a change: on the given connection, else on the one that it belongs to.</summary>
    internal ActionSelector Select(MembraneApiCommand command, ConnectionReference? connection, string? integrationKey) =>
        new(IdOrKey)
        {
            ConnectionId = connection is null ? OwnConnectionId : command.ResolveId(connection),
            IntegrationKey = integrationKey,
        };
}
