using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Emulator.Authentication;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Events;

/// <summary>Finds out what has happened to the records of a data collection since the last pull.</summary>
internal sealed class ExternalEventPulls(ElementAccess access, EventFlows flows)
{
    private const string Created = "data-record-created";
    private const string Updated = "data-record-updated";
    private const string Deleted = "data-record-deleted";

    /// <summary>Returns the records that there are now, by their ids, and when each was changed.</summary>
    public JsonObject RecordsOf(JsonElement subscription) =>
        CollectionOf(subscription) is not { } key
            ? new JsonObject()
            : new JsonObject(
                access
                    .Store.All(Collections.Records(subscription.Text("connectionId")!, key), static _ => true)
                    .Select(record => new KeyValuePair<string, JsonNode?>(record.Id, record.Text("updatedTime")))
            );

    /// <summary>Pulls, and keeps what was found as events.</summary>
    /// <param name="subscription">The subscription.</param>
    /// <param name="nextPull">When the next one is due, in milliseconds since 1970.</param>
    public StoredElement Pull(StoredElement subscription, long nextPull)
    {
        var connection = access.Store.Find(Collections.Connections, subscription.ConnectionId) is { IsArchived: false } found
            ? found
            : throw ElementFinder.NotFound(ElementKinds.Connection, subscription.ConnectionId!);
        Actions.ActionExecution.CheckConnection(connection);
        var now = RecordsOf(subscription.Body);
        var type = subscription.Body.Member("config")?.Text("type") ?? "";
        var events = Changes(type, subscription.Body.SeenRecords, now).Select(id => Keep(subscription, connection, type, id)).ToArray();
        return access.Store.Change(transaction =>
        {
            var body = EmulatorJson.Edit(transaction.Find(Collections.ExternalEventSubscriptions, subscription.Id)!.Body);
            body.SeenRecords = now;
            body["nextPullEventsTimestamp"] = nextPull;
            transaction.Put(Collections.ExternalEventSubscriptions, body);
            var pull = About(subscription, transaction.NewId("eep"));
            pull["startDatetime"] = EmulatorJson.Time(access.Clock.Now);
            pull["endDatetime"] = EmulatorJson.Time(access.Clock.Now);
            pull["isFullScan"] = true;
            pull["status"] = "success";
            pull["collectedEventIds"] = new JsonArray(events.Select(id => (JsonNode)id).ToArray());
            return transaction.PutInLog(Collections.ExternalEventPulls, EmulatorJson.ToBytes(pull));
        });
    }

    private static IEnumerable<string> Changes(string type, JsonObject before, JsonObject now) =>
        type switch
        {
            Created => now.Select(record => record.Key).Where(id => !before.ContainsKey(id)),
            Updated => now.Where(record => before.TryGetPropertyValue(record.Key, out var time) && (string?)time != (string?)record.Value)
                .Select(record => record.Key),
            Deleted => before.Select(record => record.Key).Where(id => !now.ContainsKey(id)),
            _ => [],
        };

    private string Keep(StoredElement subscription, StoredElement connection, string type, string recordId)
    {
        var collection = CollectionOf(subscription.Body)!;
        var record = access.Store.Find(Collections.Records(connection.Id, collection), recordId) is { } present
            ? EmulatorJson.Edit(present.Body)
            : new JsonObject { ["id"] = recordId };
        var payload = new JsonObject { ["type"] = type, ["record"] = record };
        var id = access.Store.Change(transaction => transaction.NewId("eel"));
        var runs = flows.Launch(connection, type + "-trigger", IsMeant, "external-event", id, EmulatorJson.Freeze(payload));
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

        bool IsMeant(JsonElement config) =>
            (config.Member("dataSource")?.Text("collectionKey") ?? config.Text("collectionKey") ?? config.Text("dataCollectionKey"))
            == collection;
    }

    /// <summary>Returns the data collection that the subscription watches; null when its events have nothing to do with one.</summary>
    private string? CollectionOf(JsonElement subscription)
    {
        if (subscription.Member("config")?.Member("dataSource") is not { } source)
        {
            return null;
        }

        var selector = source.Text("id") ?? source.Text("key");
        var caller = Principal.Tenant(subscription.Text("tenantId")!);
        return source.Text("collectionKey")
            ?? (
                selector is null
                    ? null
                    : access
                        .Store.All(
                            Collections.DataSources,
                            one => !one.IsArchived && caller.Sees(one) && (one.Id == selector || one.Key == selector)
                        )
                        .OrderByDescending(one => one.ConnectionId == subscription.Text("connectionId"))
                        .FirstOrDefault()
                        ?.Text("collectionKey")
            );
    }

    private static JsonObject About(StoredElement subscription, string id)
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
}
