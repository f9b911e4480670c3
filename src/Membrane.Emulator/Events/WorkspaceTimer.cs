using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Flows;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Events;

/// <summary>
/// Does what is due by the workspace's clock, which passes and can be moved: launches flows by their schedules, and pulls external events.
/// </summary>
internal sealed class WorkspaceTimer(ElementAccess access, EventFlows flows, ExternalEventPulls pulls, System.Action<string> report)
{
    /// <summary>How many runs of one schedule a moved clock launches at most.</summary>
    private const int MostAtOnce = 100;

    private const string TriggerType = "schedule-trigger";

    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    private readonly object gate = new();
    private readonly HashSet<string> reported = new(StringComparer.Ordinal);
    private DateTimeOffset last;

    /// <summary>Begins at the present; what was due before is over.</summary>
    public void Restart()
    {
        lock (gate)
        {
            last = access.Clock.Now;
        }
    }

    /// <summary>Looks every second, until it is cancelled.</summary>
    public async Task Run(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Step, cancellation);
                DoDue();
            }
        }
        catch (OperationCanceledException)
        {
            // The emulator ends.
        }
        catch (Exception error)
        {
            report("Membrane emulator: schedules and pulls stand still after an unexpected error: " + error);
        }
    }

    /// <summary>Does what has become due since the last time.</summary>
    public void DoDue()
    {
        lock (gate)
        {
            var now = access.Clock.Now;
            if (now > last)
            {
                LaunchFlows(now);
                pulls.PullDue();
            }

            last = now;
        }
    }

    private void LaunchFlows(DateTimeOffset now)
    {
        // Mostly there are none, and then nothing else is looked at.
        if (!access.Store.All(Collections.Flows, static flow => !flow.IsArchived).Any(IsScheduled))
        {
            return;
        }

        foreach (
            var connection in access.Store.All(
                Collections.Connections,
                static one => !one.IsArchived && one.TenantId is not null && one.Body.Flag("connected")
            )
        )
        {
            foreach (var (flow, node) in flows.Triggered(connection, TriggerType).ToArray())
            {
                foreach (var time in Due(connection, flow, node, now).Take(MostAtOnce))
                {
                    var input = new JsonObject { ["scheduledTime"] = EmulatorJson.Time(time) };
                    flows.Launch(connection, flow, node, TriggerType, EmulatorJson.Freeze(input));
                }
            }
        }
    }

    private IEnumerable<DateTimeOffset> Due(StoredElement connection, StoredElement flow, JsonProperty node, DateTimeOffset now)
    {
        try
        {
            var begun = Later(Moment(flow, "updatedAt"), Moment(connection, "createdAt"));
            return FlowSchedule.Read(node.Value.Member("config") ?? EmulatorJson.EmptyObject).Between(begun, last, now);
        }
        catch (FormatException problem)
        {
            if (reported.Add(flow.Id + node.Name + problem.Message))
            {
                report($"Membrane emulator: the schedule of '{node.Name}' in the flow '{flow.Name}' is not understood: {problem.Message}.");
            }

            return [];
        }
    }

    private static bool IsScheduled(StoredElement flow) =>
        flow.Body.Member("nodes") is { ValueKind: JsonValueKind.Object } nodes
        && nodes.EnumerateObject().Any(node => node.Value.Text("type") == TriggerType);

    private static DateTimeOffset Moment(StoredElement element, string member) =>
        EmulatorJson.TryReadTime(element.Text(member), out var moment) ? moment : DateTimeOffset.MinValue;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
