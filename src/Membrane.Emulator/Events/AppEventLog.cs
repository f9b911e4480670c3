using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Emulator.Authentication;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Flows;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Events;

/// <summary>Events that the customer's own app sends to the addresses of its event types and subscriptions, and the log of them.</summary>
internal sealed class AppEventLog(ElementAccess access, EventFlows flows)
{
    private const string Path = "/webhooks/app-events/";

    private readonly EventRecords records = new(
        access,
        Collections.AppEvents,
        "app event",
        "datetime",
        "id",
        "appEventTypeId",
        "appEventSubscriptionId"
    );

    public void AddTo(HandlerTable table)
    {
        table.Add("listAppEventLogRecords", records.List);
        table.Add("getAppEventLogRecord", records.Get);
    }

    /// <summary>Takes an event; returns null when the request is for another address.</summary>
    public Reply? Handle(IncomingRequest request)
    {
        if (request.Method != "POST" || !request.RawPath.StartsWith(Path, StringComparison.Ordinal))
        {
            return null;
        }

        var key = UrlEncoding.Decode(request.RawPath.Substring(Path.Length));
        JsonElement sent;
        try
        {
            sent = request.Body.Length == 0 ? EmulatorJson.EmptyObject : EmulatorJson.ParseForeign(request.Body);
        }
        catch (JsonException error)
        {
            throw ApiException.BadRequest("The event is not valid JSON: " + error.Message);
        }

        var subscription = access.Store.Find(Collections.AppEventSubscriptions, key) is { IsArchived: false } named
            ? named
            : OfType(key, request, sent);
        return Reply.Json(new JsonObject { ["id"] = Receive(subscription, sent).Id });
    }

    private StoredElement OfType(string webhookKey, IncomingRequest request, JsonElement sent)
    {
        var type =
            access.Store.All(Collections.AppEventTypes, one => !one.IsArchived && one.Text("webhookKey") == webhookKey).FirstOrDefault()
            ?? throw ApiException.NotFound($"There is no event type or subscription with the address '{UrlEncoding.Shorten(webhookKey)}'.");
        var tenant = TenantOf(type, request, sent);
        return access.Store.Change(transaction =>
            transaction
                .All(Collections.AppEventSubscriptions)
                .FirstOrDefault(one => !one.IsArchived && one.TenantId == tenant.Id && one.Text("appEventTypeId") == type.Id)
            ?? access.Instances.Make(
                transaction,
                ElementKinds.AppEventSubscription,
                type,
                new JsonObject { ["userId"] = tenant.Id, ["tenantId"] = tenant.Id },
                Principal.Tenant(tenant.Id),
                null
            )
        );
    }

    /// <summary>Returns whose event it is: what the formula of the event type makes of the request.</summary>
    private StoredElement TenantOf(StoredElement type, IncomingRequest request, JsonElement sent)
    {
        var formula =
            type.Body.Member("tenantIdFormula")
            ?? type.Body.Member("userIdFormula")
            ?? throw new ApiException(
                400,
                "configuration",
                null,
                $"The event type '{type.Name}' does not say whose an event is: give it a 'tenantIdFormula', or send to a subscription."
            );
        var scope = EmulatorJson.Edit(sent.ValueKind == JsonValueKind.Object ? sent : EmulatorJson.EmptyObject);
        scope["body"] = EmulatorJson.ToNode(sent);
        scope["query"] = new JsonObject(
            QueryValues.Parse(request.RawQuery).All.Select(one => new KeyValuePair<string, JsonNode?>(one.Key, one.Value))
        );
        var found = Variables.Fill(formula, EmulatorJson.Freeze(scope))?.ToString();
        return found is null
            ? throw ApiException.BadRequest($"The event does not say whose it is: 'tenantIdFormula' of '{type.Name}' finds nothing in it.")
            : access.Finder.FindTenant(found);
    }

    private StoredElement Receive(StoredElement subscription, JsonElement sent)
    {
        var type =
            access.Store.Find(Collections.AppEventTypes, subscription.Text("appEventTypeId"))
            ?? throw ApiException.NotFound("The event type of the subscription is gone.");
        var id = access.Store.Change(transaction => transaction.NewId("aev"));
        var runs = new JsonArray();
        if (subscription.Body.Flag("isSubscribed"))
        {
            foreach (
                var connection in access.Store.All(
                    Collections.Connections,
                    one => !one.IsArchived && one.TenantId == subscription.TenantId && one.Body.Flag("connected")
                )
            )
            {
                foreach (var run in flows.Launch(connection, "app-event-trigger", IsMeant, "app-event-trigger", id, sent).ToArray())
                {
                    runs.Add((JsonNode)(string)run!);
                }
            }
        }

        return access.Store.Change(transaction =>
            transaction.PutInLog(
                Collections.AppEvents,
                EmulatorJson.ToBytes(
                    new JsonObject
                    {
                        ["id"] = id,
                        ["name"] = type.Name,
                        ["userId"] = subscription.TenantId,
                        ["appEventTypeId"] = type.Id,
                        ["appEventSubscriptionId"] = subscription.Id,
                        ["event"] = EmulatorJson.ToNode(sent),
                        ["datetime"] = EmulatorJson.Time(access.Clock.Now),
                        ["launchedFlowRunIds"] = runs,
                        OwnerId = subscription.TenantId,
                    }
                )
            )
        );

        bool IsMeant(JsonElement config) =>
            new[] { "appEventTypeId", "appEventTypeKey", "appEventKey", "eventKey", "key" }.Any(name =>
                config.Text(name) is { } named && (named == type.Id || named == type.Key)
            );
    }
}
