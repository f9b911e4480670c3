using System;
using System.Linq;
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
    private const string Subscribed = "subscribed";

    public void AddTo(HandlerTable table)
    {
        table.Add("createExternalEventSubscription", Create);
        table.Add("setupExternalEventSubscription", request => Change(request, _ => { }));
        table.Add("subscribeToExternalEventSubscription", request => Change(request, Subscribe));
        table.Add("resubscribeToExternalEventSubscription", request => Change(request, Subscribe));
        table.Add("unsubscribeFromExternalEventSubscription", request => Change(request, body => body["status"] = "unsubscribed"));
        table.Add("refreshExternalEventSubscriptionWebhook", request => Change(request, RefreshWebhook));
        table.Add("pullExternalEventSubscriptionEvents", Pull);
        table.Add("listExternalEventPulls", request => List(request, Collections.ExternalEventPulls, "startDatetime"));
        table.Add("getExternalEventPull", request => Show(Find(request, Collections.ExternalEventPulls, "pull of events")));
        table.Add("listExternalEventLogRecords", request => List(request, Collections.ExternalEvents, "_createdAt"));
        table.Add("getExternalEventLogRecord", request => Show(Find(request, Collections.ExternalEvents, "external event")));
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
        content["pullUpdatesIntervalSeconds"] ??= 300;
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
        body["nextPullEventsTimestamp"] = Later((double)body["pullUpdatesIntervalSeconds"]!);
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
            ? Show(pulls.Pull(subscription, Later((double)(subscription.Body.Member("pullUpdatesIntervalSeconds")?.GetDouble() ?? 300))))
            : throw ApiException.BadRequest("The subscription is not subscribed: subscribe before events are pulled.");
    }

    private StoredElement Current(OperationRequest request) =>
        access.Finder.FindCurrent(ElementKinds.ExternalEventSubscription, request.Selector, request.Caller);

    private StoredElement Find(OperationRequest request, string collection, string what)
    {
        var id = request.Route("id");
        return access.Store.Find(collection, id) is { } found && request.Caller.Sees(found)
            ? found
            : throw ApiException.NotFound($"There is no {what} '{UrlEncoding.Shorten(id)}'.");
    }

    private Reply List(OperationRequest request, string collection, string time)
    {
        var query = request.Query;
        var tenant = query.Text("tenantId") ?? query.Text("userId");
        var from = query.Moment("from");
        var to = query.Moment("to");
        string[] members =
        [
            "connectionId",
            "integrationId",
            "externalAppId",
            "externalEventSubscriptionId",
            "externalEventTypeId",
            "status",
        ];
        return access.Lists.Page(
            request,
            collection,
            one =>
                (tenant is null || one.TenantId == tenant)
                && members.All(name => query.Text(name) is not { } wanted || one.Text(name) == wanted)
                && (from is null || Moment(one, time) >= from)
                && (to is null || Moment(one, time) <= to),
            newestFirst: true
        );
    }

    private static DateTimeOffset Moment(StoredElement one, string member) =>
        EmulatorJson.TryReadTime(one.Text(member), out var moment) ? moment : default;

    private Reply Show(StoredElement element) => Reply.Json(writer => access.View.Write(writer, element));
}
