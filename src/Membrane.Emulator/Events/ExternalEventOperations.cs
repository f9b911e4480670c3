using System;
using System.Text.Json.Nodes;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Events;

/// <summary>Subscriptions to what happens in an external app, the pulls that find out, and the events that they found.</summary>
internal sealed class ExternalEventOperations(ElementAccess access, ExternalEventPulls pulls)
{
    public const string Subscribed = "subscribed";

    private static readonly string[] Filters =
    [
        "connectionId",
        "integrationId",
        "externalAppId",
        "externalEventSubscriptionId",
        "externalEventTypeId",
        "status",
    ];

    private readonly EventRecords pullRecords = new(access, Collections.ExternalEventPulls, "pull of events", "startDatetime", Filters);
    private readonly EventRecords eventRecords = new(access, Collections.ExternalEvents, "external event", "_createdAt", Filters);

    public void AddTo(HandlerTable table)
    {
        table.Add("createExternalEventSubscription", Create);
        table.Add("setupExternalEventSubscription", request => Change(request, _ => { }));
        table.Add("subscribeToExternalEventSubscription", request => Change(request, Subscribe));
        table.Add("resubscribeToExternalEventSubscription", request => Change(request, Subscribe));
        table.Add("unsubscribeFromExternalEventSubscription", request => Change(request, body => body["status"] = "unsubscribed"));
        table.Add("refreshExternalEventSubscriptionWebhook", request => Change(request, RefreshWebhook));
        table.Add("pullExternalEventSubscriptionEvents", Pull);
        table.Add("listExternalEventPulls", pullRecords.List);
        table.Add("getExternalEventPull", pullRecords.Get);
        table.Add("listExternalEventLogRecords", eventRecords.List);
        table.Add("getExternalEventLogRecord", eventRecords.Get);
    }

    private Reply Create(OperationRequest request)
    {
        var connection = access.Finder.FindCurrent(ElementKinds.Connection, request.Text("connectionId")!, request.Caller);
        var content = EmulatorJson.Edit(RequestSchemas.WithoutReadOnly(request.Operation, request.Body));
        content["name"] ??= content["config"]!["type"]!.DeepClone();
        content["integrationId"] = connection.IntegrationId ?? "";
        content["isRealTime"] = false;
        content["requiresPull"] = true;
        content["requiresFullSync"] = false;
        content["pullUpdatesIntervalSeconds"] ??= ExternalEventPulls.UsualInterval;
        return Show(
            access.Store.Change(transaction =>
            {
                var body = access.Drafts.New(
                    transaction,
                    ElementKinds.ExternalEventSubscription,
                    EmulatorJson.Freeze(content),
                    request.Caller,
                    connection
                );
                Subscribe(body);
                return transaction.Put(Collections.ExternalEventSubscriptions, body);
            })
        );
    }

    /// <summary>Begins to count changes as events, from the records that there are now.</summary>
    private void Subscribe(JsonObject body)
    {
        body["status"] = Subscribed;
        body.Remove("error");
        body.SeenRecords = pulls.RecordsOf(EmulatorJson.Freeze(body));
        if ((bool?)body["isRealTime"] != true)
        {
            body["nextPullEventsTimestamp"] = Later((double?)body["pullUpdatesIntervalSeconds"] ?? ExternalEventPulls.UsualInterval);
        }
    }

    private void RefreshWebhook(JsonObject body) => body["nextRefreshTimestamp"] = Later(TimeSpan.FromDays(1).TotalSeconds);

    private long Later(double seconds) => access.Clock.Now.AddSeconds(seconds).ToUnixTimeMilliseconds();

    private Reply Change(OperationRequest request, System.Action<JsonObject> change)
    {
        var found = Current(request);
        return Show(
            access.Store.Change(transaction =>
            {
                var body = EmulatorJson.Edit(transaction.Find(Collections.ExternalEventSubscriptions, found.Id)!.Body);
                change(body);
                return transaction.Put(Collections.ExternalEventSubscriptions, body);
            })
        );
    }

    private Reply Pull(OperationRequest request)
    {
        var subscription = Current(request);
        return subscription.Text("status") == Subscribed
            ? Show(pulls.Pull(subscription))
            : throw ApiException.BadRequest("The subscription is not subscribed: subscribe before events are pulled.");
    }

    private StoredElement Current(OperationRequest request) =>
        access.Finder.FindCurrent(ElementKinds.ExternalEventSubscription, request.Selector, request.Caller);

    private Reply Show(StoredElement element) => Reply.Json(writer => access.View.Write(writer, element));
}
