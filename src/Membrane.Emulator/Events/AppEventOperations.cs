using System.Linq;
using System.Text.Json.Nodes;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;
using Membrane.Emulator.Workspace;

namespace Membrane.Emulator.Events;

/// <summary>Events of the customer's own app: their types, and the tenants' subscriptions to them.</summary>
internal sealed class AppEventOperations(EmulatorWorkspace workspace)
{
    public void AddTo(HandlerTable table)
    {
        table.Add("listAppEventSubscriptions", List);
        table.Add("subscribeToAppEventSubscription", Subscribe);
        table.Add("getAppEventSubscriptionSchema", request => Schema(TypeOf(Find(request))));
        table.Add(
            "getAppEventTypeSchema",
            request => Schema(workspace.Finder.Find(ElementKinds.AppEventType, request.Selector, request.Caller))
        );
    }

    private Reply List(ApiRequest request)
    {
        if (request.Caller.TenantId is { } tenantId)
        {
            MakeSubscriptions(tenantId);
        }

        var query = request.Query;
        var id = query.Text("id");
        var typeId = query.Text("appEventTypeId");
        var tenant = query.Text("tenantId") ?? query.Text("userId");
        var instanceKey = query.Text("instanceKey");
        var subscribed = query.Flag("isSubscribed");
        var archived = query.Flag("includeArchived") == true;
        return workspace.Lists.Page(
            request,
            Collections.AppEventSubscriptions,
            element =>
                (archived || !element.IsArchived)
                && (id is null || element.Id == id)
                && (typeId is null || element.Text("appEventTypeId") == typeId)
                && (tenant is null || element.TenantId == tenant)
                && (instanceKey is null || element.InstanceKey == instanceKey)
                && (subscribed is null || element.Body.Flag("isSubscribed") == subscribed)
        );
    }

    /// <summary>Every tenant has one subscription to every type, made when somebody first looks.</summary>
    private void MakeSubscriptions(string tenantId)
    {
        var missing = workspace.Store.All(Collections.AppEventTypes, type => !type.IsArchived);
        if (missing.Length == 0)
        {
            return;
        }

        workspace.Store.Change(transaction =>
        {
            foreach (var type in missing)
            {
                if (
                    transaction
                        .All(Collections.AppEventSubscriptions)
                        .Any(one => one.TenantId == tenantId && one.Text("appEventTypeId") == type.Id)
                )
                {
                    continue;
                }

                var now = JsonText.Time(workspace.Clock.Now);
                var id = transaction.NewId(ElementKinds.AppEventSubscription.Prefix);
                var body = new JsonObject
                {
                    ["id"] = id,
                    ["uuid"] = transaction.NewUuid(),
                    ["key"] = type.Key,
                    ["name"] = type.Name,
                    ["state"] = "READY",
                    ["userId"] = tenantId,
                    ["tenantId"] = tenantId,
                    ["appEventTypeId"] = type.Id,
                    ["isSubscribed"] = false,
                    ["webhookUri"] = "emulator://webhooks/app-events/" + id,
                    ["subscriptionRequest"] = type.Body.Member("subscribeRequest") is { } request
                        ? JsonText.ToNode(request)
                        : new JsonObject { ["uri"] = "" },
                    ["createdAt"] = now,
                    ["updatedAt"] = now,
                };
                Revision.Stamp(body);
                transaction.Put(Collections.AppEventSubscriptions, body);
            }
        });
    }

    private Reply Subscribe(ApiRequest request)
    {
        var found = Find(request);
        var changed = workspace.Store.Change(transaction =>
        {
            var body = JsonText.Edit(transaction.Find(Collections.AppEventSubscriptions, found.Id)!.Body);
            body["isSubscribed"] = true;
            body["updatedAt"] = JsonText.Time(workspace.Clock.Now);
            Revision.Stamp(body);
            return transaction.Put(Collections.AppEventSubscriptions, body);
        });
        return Reply.Json(writer => workspace.View.Write(writer, changed));
    }

    private Element Find(ApiRequest request) =>
        workspace.Finder.FindCurrent(ElementKinds.AppEventSubscription, request.Route("id"), request.Caller);

    private Element TypeOf(Element subscription) =>
        workspace.Store.Find(Collections.AppEventTypes, subscription.Text("appEventTypeId"))
        ?? throw ApiException.NotFound("The event type of the subscription is gone.");

    private static Reply Schema(Element type) =>
        Reply.Json(
            new JsonObject
            {
                ["schema"] = type.Body.Member("schema") is { } schema ? JsonText.ToNode(schema) : new JsonObject { ["type"] = "object" },
            }
        );
}
