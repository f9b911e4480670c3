using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Emulator.Authentication;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Events;

/// <summary>What happens to the records of an external app: kept in the log, and told to the flows that wait for it.</summary>
internal sealed class ExternalEvents(ElementAccess access, EventFlows flows)
{
    public const string Created = "data-record-created";
    public const string Updated = "data-record-updated";
    public const string Deleted = "data-record-deleted";

    /// <summary>Keeps an event and launches the flows of the connection that wait for it; returns its id.</summary>
    public string Keep(StoredElement subscription, StoredElement connection, string type, JsonObject record)
    {
        var collection = CollectionOf(subscription)!;
        var payload = new JsonObject { ["type"] = type, ["record"] = record };
        var id = access.Store.Change(transaction => transaction.NewId("eel"));
        var runs = flows.Launch(
            connection,
            type + "-trigger",
            config => IsOf(config, connection, collection),
            "external-event",
            id,
            EmulatorJson.Freeze(payload)
        );
        access.Store.Change(transaction =>
        {
            var kept = About(subscription, id);
            kept["payload"] = payload;
            kept["launchedFlowRunIds"] = runs;
            kept["status"] = "success";
            kept["_createdAt"] = EmulatorJson.Time(access.Clock.Now);
            transaction.PutInLog(Collections.ExternalEvents, EmulatorJson.ToBytes(kept));
        });
        return id;
    }

    /// <summary>Returns whether a flow of the connection waits for such events of the data collection.</summary>
    public bool IsAwaited(StoredElement connection, string type, string collection) =>
        flows
            .Triggered(connection, type + "-trigger")
            .Any(trigger => IsOf(trigger.Node.Value.Member("config") ?? EmulatorJson.EmptyObject, connection, collection));

    /// <summary>Returns the data collection that the subscription watches; null when its events have nothing to do with one.</summary>
    public string? CollectionOf(StoredElement subscription) => CollectionOf(subscription.Body);

    /// <inheritdoc cref="CollectionOf(StoredElement)"/>
    public string? CollectionOf(JsonElement subscription) =>
        subscription.Member("config")?.Member("dataSource") is { } source
            ? CollectionOf(source, subscription.Text("tenantId")!, subscription.Text("connectionId")!)
            : null;

    /// <summary>Returns what the log of events and that of pulls say of the subscription.</summary>
    public static JsonObject About(StoredElement subscription, string id)
    {
        var about = new JsonObject
        {
            ["id"] = id,
            ["name"] = subscription.Name,
            ["userId"] = subscription.TenantId,
            ["tenantId"] = subscription.TenantId,
            ["integrationId"] = subscription.IntegrationId,
            ["connectionId"] = subscription.ConnectionId,
            ["externalEventSubscriptionId"] = subscription.Id,
        };
        if (subscription.ExternalAppId is not null)
        {
            about["externalAppId"] = subscription.ExternalAppId;
        }

        return about;
    }

    private bool IsOf(JsonElement config, StoredElement connection, string collection) =>
        (
            (config.Member("dataSource") is { } source ? CollectionOf(source, connection.TenantId!, connection.Id) : null)
            ?? config.Text("collectionKey")
            ?? config.Text("dataCollectionKey")
        ) == collection;

    private string? CollectionOf(JsonElement source, string tenantId, string connectionId)
    {
        var selector = source.Text("id") ?? source.Text("key");
        var caller = Principal.Tenant(tenantId);
        return source.Text("collectionKey")
            ?? (
                selector is null
                    ? null
                    : access
                        .Store.All(
                            Collections.DataSources,
                            one => !one.IsArchived && caller.Sees(one) && (one.Id == selector || one.Key == selector)
                        )
                        .OrderByDescending(one => one.ConnectionId == connectionId)
                        .FirstOrDefault()
                        ?.Text("collectionKey")
            );
    }
}
