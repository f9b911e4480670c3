using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using Membrane.Emulator.Apps;
using Membrane.Emulator.Authentication;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Events;

/// <summary>
/// Tells the flows that wait for changes of records of each change, at once. Where a subscription of a tenant's own watches the data
/// collection, its pulls do that instead, so that no flow is launched twice.
/// </summary>
internal sealed class RecordTriggers
{
    /// <summary>How many times a flow may launch the next one by what it changes.</summary>
    private const int DeepestLaunch = 10;

    private static readonly AsyncLocal<int> Depth = new();

    private readonly ElementAccess access;
    private readonly ExternalEvents events;
    private readonly System.Action<string> report;

    public RecordTriggers(ElementAccess access, Records records, ExternalEvents events, System.Action<string> report)
    {
        this.access = access;
        this.events = events;
        this.report = report;
        records.Changed += Tell;
    }

    private void Tell(RecordChange change)
    {
        if (access.Store.Find(Collections.Connections, change.ConnectionId) is not { IsArchived: false, TenantId: not null } connection)
        {
            return;
        }

        var type = change.Kind switch
        {
            RecordChangeKind.Created => ExternalEvents.Created,
            RecordChangeKind.Updated => ExternalEvents.Updated,
            _ => ExternalEvents.Deleted,
        };
        if (SubscriptionFor(connection, type, change.Collection) is not { } subscription)
        {
            return;
        }

        if (Depth.Value >= DeepestLaunch)
        {
            report(
                $"Membrane emulator: flows launch each other by changing '{change.Collection}'; after {DeepestLaunch} rounds no more are "
                    + "launched."
            );
            return;
        }

        Depth.Value++;
        try
        {
            events.Keep(subscription, connection, type, EmulatorJson.Edit(change.Record.Body));
        }
        finally
        {
            Depth.Value--;
        }
    }

    /// <summary>Returns the subscription that tells of each change at once; makes it for the first change that a flow waits for.</summary>
    private StoredElement? SubscriptionFor(StoredElement connection, string type, string collection)
    {
        var present = access.Store.All(
            Collections.ExternalEventSubscriptions,
            one =>
                !one.IsArchived
                && one.ConnectionId == connection.Id
                && one.Body.Member("config")?.Text("type") == type
                && events.CollectionOf(one) == collection
        );
        if (present.FirstOrDefault(static one => one.Body.Flag("isRealTime")) is { } own)
        {
            return own.Text("status") == ExternalEventOperations.Subscribed ? own : null;
        }

        return
            present.Any(static one => one.Text("status") == ExternalEventOperations.Subscribed)
            || !events.IsAwaited(connection, type, collection)
            ? null
            : Subscribe(connection, type, collection);
    }

    private StoredElement Subscribe(StoredElement connection, string type, string collection) =>
        access.Store.Change(transaction =>
        {
            var content = new JsonObject
            {
                ["name"] = type,
                ["config"] = new JsonObject
                {
                    ["type"] = type,
                    ["dataSource"] = new JsonObject { ["collectionKey"] = collection },
                },
                ["integrationId"] = connection.IntegrationId ?? "",
                ["isRealTime"] = true,
                ["requiresPull"] = false,
                ["requiresFullSync"] = false,
                ["status"] = ExternalEventOperations.Subscribed,
            };
            return transaction.Put(
                Collections.ExternalEventSubscriptions,
                access.Drafts.New(
                    transaction,
                    ElementKinds.ExternalEventSubscription,
                    EmulatorJson.Freeze(content),
                    Principal.Tenant(connection.TenantId!),
                    connection
                )
            );
        });
}
