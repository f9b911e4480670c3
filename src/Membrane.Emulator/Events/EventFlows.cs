using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Emulator.Authentication;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Flows;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Events;

/// <summary>Launches the flows whose trigger waits for an event.</summary>
internal sealed class EventFlows(ElementAccess access, FlowService flows)
{
    /// <summary>Launches the flows of the connection with such a trigger, and returns the ids of their runs.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="nodeType">The type of the trigger: <c>app-event-trigger</c>.</param>
    /// <param name="isMeant">Whether the settings of the trigger mean this event.</param>
    /// <param name="launchedBy">What the run says launched it.</param>
    /// <param name="eventId">The event.</param>
    /// <param name="input">What the trigger puts out.</param>
    public JsonArray Launch(
        StoredElement connection,
        string nodeType,
        Func<JsonElement, bool> isMeant,
        string launchedBy,
        string eventId,
        JsonElement input
    )
    {
        var runs = new JsonArray();
        foreach (
            var (flow, node) in Triggered(connection, nodeType)
                .Where(trigger => isMeant(trigger.Node.Value.Member("config") ?? EmulatorJson.EmptyObject))
        )
        {
            runs.Add((JsonNode)flows.Begin(flow, connection, node.Name, input, null, launchedBy, eventId).Id);
        }

        return runs;
    }

    /// <summary>Returns the flows that the connection offers and that are enabled, with each of their triggers of a type.</summary>
    public IEnumerable<(StoredElement Flow, JsonProperty Node)> Triggered(StoredElement connection, string nodeType) =>
        LayerCandidates
            .Of(access.Store, ElementKinds.Flow, connection, Principal.Tenant(connection.TenantId!))
            .Where(static flow => flow.Body.Member("enabled")?.ValueKind != JsonValueKind.False)
            .SelectMany(flow => Triggers(flow, nodeType).Select(node => (flow, node)));

    /// <summary>Launches one flow at its trigger.</summary>
    public void Launch(StoredElement connection, StoredElement flow, JsonProperty node, string launchedBy, JsonElement input) =>
        flows.Begin(flow, connection, node.Name, input, null, launchedBy);

    private static IEnumerable<JsonProperty> Triggers(StoredElement flow, string nodeType) =>
        flow.Body.Member("nodes") is { ValueKind: JsonValueKind.Object } nodes
            ? nodes.EnumerateObject().Where(node => node.Value.Text("type") == nodeType)
            : [];
}
