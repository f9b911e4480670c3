using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Events;

/// <summary>Finds out what has happened to the records of a data collection since the last pull.</summary>
internal sealed class ExternalEventPulls(ElementAccess access, ExternalEvents log)
{
    /// <summary>How often a subscription is pulled that does not say it, in seconds.</summary>
    public const int UsualInterval = 300;

    private readonly object gate = new();

    /// <summary>Pulls whatever subscriptions are due.</summary>
    public void PullDue()
    {
        var now = access.Clock.Now.ToUnixTimeMilliseconds();
        foreach (
            var subscription in access.Store.All(
                Collections.ExternalEventSubscriptions,
                one =>
                    !one.IsArchived
                    && one.Text("status") == ExternalEventOperations.Subscribed
                    && one.Body.Member("nextPullEventsTimestamp")?.GetDouble() <= now
            )
        )
        {
            Pull(subscription);
        }
    }

    /// <summary>Returns the records that there are now, by their ids, and when each was changed.</summary>
    public JsonObject RecordsOf(JsonElement subscription) =>
        log.CollectionOf(subscription) is not { } key
            ? new JsonObject()
            : new JsonObject(
                access
                    .Store.All(Collections.Records(subscription.Text("connectionId")!, key), static _ => true)
                    .Select(record => new KeyValuePair<string, JsonNode?>(record.Id, record.Text("updatedTime")))
            );

    /// <summary>Pulls, and keeps what was found as events. One that cannot be made is kept with its error.</summary>
    public StoredElement Pull(StoredElement subscription)
    {
        // One after the other: two at once would find the same changes.
        lock (gate)
        {
            var current = access.Store.Find(Collections.ExternalEventSubscriptions, subscription.Id) ?? subscription;
            var start = access.Clock.Now;
            var now = current.Body.SeenRecords;
            string[] events = [];
            ApiException? failure = null;
            try
            {
                var connection = access.Store.Find(Collections.Connections, current.ConnectionId) is { IsArchived: false } found
                    ? found
                    : throw ElementFinder.NotFound(ElementKinds.Connection, current.ConnectionId!);
                Actions.ActionExecution.CheckConnection(connection);
                now = RecordsOf(current.Body);
                events = Find(current, connection, now);
            }
            catch (ApiException error)
            {
                failure = error;
            }

            return Keep(current, start, now, events, failure);
        }
    }

    private string[] Find(StoredElement subscription, StoredElement connection, JsonObject now)
    {
        // Those have been told of already.
        if (subscription.Body.Flag("isRealTime"))
        {
            return [];
        }

        var type = subscription.Body.Member("config")?.Text("type") ?? "";
        return Changes(type, subscription.Body.SeenRecords, now)
            .Select(id => log.Keep(subscription, connection, type, RecordOf(subscription, connection, id)))
            .ToArray();
    }

    private JsonObject RecordOf(StoredElement subscription, StoredElement connection, string id) =>
        access.Store.Find(Collections.Records(connection.Id, log.CollectionOf(subscription)!), id) is { } present
            ? EmulatorJson.Edit(present.Body)
            : new JsonObject { ["id"] = id };

    private StoredElement Keep(StoredElement subscription, DateTimeOffset start, JsonObject now, string[] events, ApiException? failure) =>
        access.Store.Change(transaction =>
        {
            var interval = subscription.Body.Member("pullUpdatesIntervalSeconds")?.GetDouble() ?? UsualInterval;
            var body = EmulatorJson.Edit(transaction.Find(Collections.ExternalEventSubscriptions, subscription.Id)!.Body);
            body.SeenRecords = now;
            body["nextPullEventsTimestamp"] = access.Clock.Now.AddSeconds(interval).ToUnixTimeMilliseconds();
            transaction.Put(Collections.ExternalEventSubscriptions, body);
            var pull = ExternalEvents.About(subscription, transaction.NewId("eep"));
            pull["startDatetime"] = EmulatorJson.Time(start);
            pull["endDatetime"] = EmulatorJson.Time(access.Clock.Now);
            pull["isFullScan"] = true;
            pull["status"] = failure is null ? "success" : "error";
            if (failure is not null)
            {
                pull["error"] = failure.ToJson();
            }

            pull["collectedEventIds"] = new JsonArray(events.Select(id => (JsonNode)id).ToArray());
            return transaction.PutInLog(Collections.ExternalEventPulls, EmulatorJson.ToBytes(pull));
        });

    private static IEnumerable<string> Changes(string type, JsonObject before, JsonObject now) =>
        type switch
        {
            ExternalEvents.Created => now.Select(record => record.Key).Where(id => !before.ContainsKey(id)),
            ExternalEvents.Updated => now.Where(record =>
                    before.TryGetPropertyValue(record.Key, out var time) && (string?)time != (string?)record.Value
                )
                .Select(record => record.Key),
            ExternalEvents.Deleted => before.Select(record => record.Key).Where(id => !now.ContainsKey(id)),
            _ => [],
        };
}
