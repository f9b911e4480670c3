using System.Linq;
using System.Text.Json.Nodes;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Events;

/// <summary>Events of the customer's own app: their types, and the tenants' subscriptions to them.</summary>
internal sealed class AppEventOperations(ElementAccess access)
{
    public void AddTo(HandlerTable table)
    {
        table.Add("listAppEventSubscriptions", List);
        table.Add("subscribeToAppEventSubscription", Subscribe);
        table.Add("getAppEventSubscriptionSchema", request => Schema(TypeOf(Find(request))));
        table.Add(
            "getAppEventTypeSchema",
            request => Schema(access.Finder.Find(ElementKinds.AppEventType, request.Selector, request.Caller))
        );
    }

    private Reply List(OperationRequest request)
    {
        if (request.Caller.TenantId is { } tenantId)
        {
            MakeSubscriptions(request, tenantId);
        }

        var query = request.Query;
        var id = query.Text("id");
        var typeId = query.Text("appEventTypeId");
        var tenant = query.Text("tenantId") ?? query.Text("userId");
        var instanceKey = query.Text("instanceKey");
        var subscribed = query.Flag("isSubscribed");
        var archived = query.Flag("includeArchived") == true;
        return access.Lists.Page(
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

    /// <summary>Makes one subscription to every type for the tenant, when they are first listed.</summary>
    private void MakeSubscriptions(OperationRequest request, string tenantId)
    {
        var missing = access.Store.All(Collections.AppEventTypes, type => !type.IsArchived);
        if (missing.Length == 0)
        {
            return;
        }

        access.Store.Change(transaction =>
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

                access.Instances.Make(
                    transaction,
                    ElementKinds.AppEventSubscription,
                    type,
                    new JsonObject { ["userId"] = tenantId, ["tenantId"] = tenantId },
                    request.Caller,
                    null
                );
            }
        });
    }

    private Reply Subscribe(OperationRequest request)
    {
        var found = Find(request);
        var changed = access.Store.Change(transaction =>
        {
            var body = EmulatorJson.Edit(transaction.Find(Collections.AppEventSubscriptions, found.Id)!.Body);
            body["isSubscribed"] = true;
            body["updatedAt"] = EmulatorJson.Time(access.Clock.Now);
            Revision.Stamp(body);
            return transaction.Put(Collections.AppEventSubscriptions, body);
        });
        return Reply.Json(writer => access.View.Write(writer, changed));
    }

    private StoredElement Find(OperationRequest request) =>
        access.Finder.FindCurrent(ElementKinds.AppEventSubscription, request.Route("id"), request.Caller);

    private StoredElement TypeOf(StoredElement subscription) =>
        access.Store.Find(Collections.AppEventTypes, subscription.Text("appEventTypeId"))
        ?? throw ApiException.NotFound("The event type of the subscription is gone.");

    private static Reply Schema(StoredElement type) =>
        Reply.Json(
            new JsonObject
            {
                ["schema"] = type.Body.Member("schema") is { } schema
                    ? EmulatorJson.ToNode(schema)
                    : new JsonObject { ["type"] = "object" },
            }
        );
}
