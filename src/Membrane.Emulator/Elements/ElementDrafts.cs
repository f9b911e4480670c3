using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Emulator.Authentication;
using Membrane.Emulator.Catalog;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Elements;

/// <summary>Elements out of the bodies of requests: references resolved, defaults filled in, keys kept unique.</summary>
internal sealed class ElementDrafts(WorkspaceStore store, ElementFinder finder, EmulatorClock clock)
{
    /// <summary>Members that belong to the element's place and life, and that no change of its content touches.</summary>
    public static readonly IReadOnlyList<string> Fixed = new[]
    {
        "id",
        "uuid",
        "createdAt",
        "updatedAt",
        "archivedAt",
        "revision",
        "state",
        "isReadOnly",
        "integrationId",
        "connectionId",
        "instanceKey",
        "tenantId",
        "userId",
        "externalAppId",
        "agentSessionId",
        "isUniversal",
        "isCustomized",
        "isPublic",
        "version",
        "baseUri",
        "internalId",
        "isActive",
        "defaultConnectorId",
        "type",
        "webhookKey",
        "globalWebhookUri",
    };

    /// <summary>Members by which a request names other elements; they are resolved into ids.</summary>
    private static readonly string[] References =
    {
        "integrationUuid",
        "integrationKey",
        "parentUuid",
        "parentKey",
        "externalAppUuid",
        "externalAppKey",
        "connectorUuid",
        "connectorKey",
        "dataSourceUuid",
        "dataSourceKey",
        "intent",
        "logoBase64",
    };

    /// <summary>Makes a new element of a kind; the caller stores it.</summary>
    public JsonObject New(StoreTransaction transaction, ElementKind kind, JsonElement request, Principal caller, StoredElement? connection)
    {
        var body = EmulatorJson.Edit(request);
        if (connection is not null)
        {
            body["connectionId"] = connection.Id;
        }

        Resolve(kind, body, caller, connection);
        var now = EmulatorJson.Time(clock.Now);
        var name = Trimmed(body, "name");
        var key = Trimmed(body, "key");
        body["id"] = transaction.NewId(kind.Prefix);
        body["name"] = name ?? key ?? "New " + kind.DisplayName;
        if (kind != ElementKinds.Tenant)
        {
            body["key"] = key ?? FreeKey(transaction, kind, Slug.Of((string)body["name"]!), body);
            body["uuid"] = Trimmed(body, "uuid") ?? transaction.NewUuid();
            if (transaction.All(kind.Collection).Any(other => other.Uuid == (string)body["uuid"]!))
            {
                throw ApiException.AlreadyExists(
                    $"There is a {kind.DisplayName} with the uuid '{UrlEncoding.Shorten((string)body["uuid"]!)}' already."
                );
            }

            CheckKeyIsFree(transaction, kind, body);
        }

        body["createdAt"] = now;
        Touch(kind, body, now);
        Complete(kind, body);
        foreach (var reference in References)
        {
            body.Remove(reference);
        }

        if (kind != ElementKinds.Tenant)
        {
            Revision.Stamp(body);
        }

        return body;
    }

    /// <summary>Returns the element with the members of a request put over its own, or in place of them.</summary>
    public JsonObject Changed(
        StoreTransaction transaction,
        ElementKind kind,
        StoredElement old,
        JsonElement request,
        Principal caller,
        bool replace
    )
    {
        if (old.IsArchived)
        {
            throw ApiException.BadRequest($"The {kind.DisplayName} '{old.Id}' is archived: restore it before you change it.");
        }

        var body = EmulatorJson.Edit(old.Body);
        if (replace)
        {
            foreach (
                var member in body.Select(member => member.Key)
                    .Where(name =>
                        !Fixed.Contains(name)
                        && name[0] != '_'
                        && name is not ("name" or "key" or "logoUri" or "connectorId" or "connectorVersion")
                        && name != kind.ParentMember
                    )
                    .ToArray()
            )
            {
                body.Remove(member);
            }
        }

        foreach (var change in request.EnumerateObject())
        {
            if (
                References.Contains(change.Name)
                || (
                    Fixed.Contains(change.Name)
                    && !(change.Name == "type" && kind == ElementKinds.Action)
                    && !(change.Name == "internalId" && kind == ElementKinds.Tenant)
                )
            )
            {
                continue;
            }

            if (change.Name != "logoUri" || !IsOwnLogo(old, change.Value))
            {
                body[change.Name] = EmulatorJson.ToNode(change.Value);
            }
        }

        if (kind == ElementKinds.Integration)
        {
            Connect(body, request, caller);
        }

        if (kind.Layered && request.Text(kind.ParentMember) is { Length: > 0 } parent && parent != old.Text(kind.ParentMember))
        {
            SetParent(kind, body, parent, caller);
        }

        if (
            kind == ElementKinds.FieldMapping
            && request.Text("dataSourceId") is { Length: > 0 } source
            && source != old.Text("dataSourceId")
        )
        {
            body["dataSourceId"] = finder.FindCurrent(ElementKinds.DataSource, source, caller).Id;
        }

        if (Trimmed(body, "name") is null)
        {
            body["name"] = old.Name;
        }

        if (old.Key is not null)
        {
            if (Trimmed(body, "key") is null)
            {
                body["key"] = old.Key;
            }

            if ((string?)body["key"] != old.Key)
            {
                CheckKeyIsFree(transaction, kind, body);
            }
        }

        if (kind.Layered && body[kind.ParentMember] is not null)
        {
            body["isCustomized"] = true;
        }

        Touch(kind, body, EmulatorJson.Time(clock.Now));
        if (kind != ElementKinds.Tenant)
        {
            Revision.Stamp(body);
        }

        return body;
    }

    /// <summary>Writes down when the element was last changed; of customers the contract does not tell.</summary>
    public static void Touch(ElementKind kind, JsonObject body, string now)
    {
        if (kind != ElementKinds.Tenant)
        {
            body["updatedAt"] = now;
        }
    }

    /// <summary>Returns a key that is free in the same place.</summary>
    public static string FreeKey(StoreTransaction transaction, ElementKind kind, string wanted, JsonObject body)
    {
        var key = wanted;
        for (var number = 2; SameKey(transaction, kind, key, body) is not null; number++)
        {
            key = FormattableString.Invariant($"{wanted}-{number}");
        }

        return key;
    }

    public static void CheckKeyIsFree(StoreTransaction transaction, ElementKind kind, JsonObject body)
    {
        var key = (string)body["key"]!;
        if (SameKey(transaction, kind, key, body) is not null)
        {
            throw ApiException.AlreadyExists($"There is a {kind.DisplayName} with the key '{UrlEncoding.Shorten(key)}' already.");
        }
    }

    /// <summary>Returns whether it is the address under which the emulator shows the picture that it draws itself, which may be another next time.</summary>
    private static bool IsOwnLogo(StoredElement old, JsonElement address) =>
        old.Text("logoUri") is { Length: > 0 } path
        && path[0] == '/'
        && address.ValueKind == JsonValueKind.String
        && Uri.TryCreate(address.GetString(), UriKind.Absolute, out var uri)
        && uri.AbsolutePath == path;

    private static StoredElement? SameKey(StoreTransaction transaction, ElementKind kind, string key, JsonObject body) =>
        transaction
            .FindByKey(kind.Collection, key)
            .FirstOrDefault(other =>
                !other.IsArchived
                && other.Id != (string?)body["id"]
                && other.IntegrationId == (string?)body["integrationId"]
                && other.ConnectionId == (string?)body["connectionId"]
                && other.InstanceKey == (string?)body["instanceKey"]
                && other.TenantId == ((string?)body["tenantId"] ?? body.OwnerId)
                && (!kind.Layered || other.Text(kind.ParentMember) == (string?)body[kind.ParentMember] || other.ConnectionId is not null)
            );

    private void Resolve(ElementKind kind, JsonObject body, Principal caller, StoredElement? connection)
    {
        if (Selector(body, "externalAppId", "externalAppKey", "externalAppUuid") is { } app)
        {
            body["externalAppId"] = finder.FindCurrent(ElementKinds.App, app, caller).Id;
        }

        if (Selector(body, "integrationId", "integrationKey", "integrationUuid") is { } integrationSelector)
        {
            var integration = finder.FindCurrent(ElementKinds.Integration, integrationSelector, caller);
            body["integrationId"] = integration.Id;
            if (integration.ExternalAppId is not null)
            {
                body["externalAppId"] ??= integration.ExternalAppId;
            }

            if (integration.TenantId is not null)
            {
                body.OwnerId = integration.TenantId;
            }
        }

        if (connection is not null)
        {
            body["tenantId"] = connection.TenantId;
            body["userId"] = connection.TenantId;
            if (connection.IntegrationId is not null)
            {
                body["integrationId"] = connection.IntegrationId;
            }

            if (connection.ExternalAppId is not null)
            {
                body["externalAppId"] = connection.ExternalAppId;
            }
        }

        if (kind == ElementKinds.Integration)
        {
            Connect(body, EmulatorJson.Freeze(body), caller);
        }

        if (kind.Layered && Selector(body, kind.ParentMember, "parentKey", "parentUuid") is { } parent)
        {
            SetParent(kind, body, parent, caller);
        }

        if (kind == ElementKinds.FieldMapping && Selector(body, "dataSourceId", "dataSourceKey", "dataSourceUuid") is { } source)
        {
            body["dataSourceId"] = finder.FindCurrent(ElementKinds.DataSource, source, caller).Id;
        }
    }

    private void SetParent(ElementKind kind, JsonObject body, string selector, Principal caller)
    {
        var parent =
            store.Find(kind.Collection, selector)
            ?? store.FindByKey(kind.Collection, selector).FirstOrDefault(one => one.ConnectionId is null && caller.Sees(one))
            ?? throw ElementFinder.NotFound(kind, selector);
        if (!caller.Sees(parent))
        {
            throw ElementFinder.NotFound(kind, selector);
        }

        body[kind.ParentMember] = parent.Id;
        body.Remove(kind.UniversalMember);
        if ((parent.Text(kind.UniversalMember) ?? (Layers.Of(parent) == Layer.Universal ? parent.Id : null)) is { } universal)
        {
            body[kind.UniversalMember] = universal;
        }
    }

    /// <summary>Takes over the connector that a request names for an integration.</summary>
    private void Connect(JsonObject body, JsonElement request, Principal caller)
    {
        if ((request.Text("connectorId") ?? request.Text("connectorKey") ?? request.Text("connectorUuid")) is not { Length: > 0 } selector)
        {
            return;
        }

        var connector = finder.FindCurrent(ElementKinds.Connector, selector, caller);
        body["connectorId"] = connector.Id;
        body["connectorVersion"] ??= connector.Text("version");
        body["logoUri"] ??= connector.Text("logoUri");
        body["authType"] ??= connector.Text("type");
        body["name"] ??= connector.Name;
        if (connector.ExternalAppId is not null)
        {
            body["externalAppId"] ??= connector.ExternalAppId;
        }
    }

    private static void Complete(ElementKind kind, JsonObject body)
    {
        var id = (string)body["id"]!;
        if (kind == ElementKinds.Tenant)
        {
            body["internalId"] ??= id;
            body["isActive"] = true;
            return;
        }

        var key = (string)body["key"]!;
        body["state"] = ElementState.Ready;
        if (kind.Layered)
        {
            body["isUniversal"] = body["integrationId"] is null && body["connectionId"] is null;
            if (body[kind.ParentMember] is not null)
            {
                body["isCustomized"] = false;
            }
        }

        if (kind == ElementKinds.Action)
        {
            body["type"] ??= "run-javascript";
        }
        else if (kind == ElementKinds.Flow)
        {
            body["enabled"] ??= true;
            body["nodes"] ??= new JsonObject();
        }
        else if (kind == ElementKinds.Package)
        {
            body["isPublic"] = false;
            body["version"] = "1.0.0";
            body["elements"] ??= new JsonArray();
        }
        else if (kind == ElementKinds.AppEventType)
        {
            body["webhookKey"] = IdSource.Derived("whk", id);
            body["globalWebhookUri"] = "emulator://webhooks/app-events/" + id;
        }
        else if (kind == ElementKinds.Connector || kind == ElementKinds.Integration || kind == ElementKinds.App)
        {
            body["logoUri"] ??= "/logos/" + Uri.EscapeDataString(key) + ".svg";
            body["isReadOnly"] = false;
            if (kind == ElementKinds.Connector)
            {
                body["version"] = "1.0.0";
                body["baseUri"] = "emulator://connectors/" + key;
                body["isPublic"] = false;
            }
            else if (kind == ElementKinds.App)
            {
                body["appUri"] ??= "";
                body["defaultConnectorId"] ??= "";
                body["categories"] ??= new JsonArray();
                body["popularity"] ??= 0;
                body["isPublic"] = false;
            }
        }
    }

    private static string? Selector(JsonObject body, string id, string key, string uuid)
    {
        foreach (var name in new[] { id, key, uuid })
        {
            if (Trimmed(body, name) is { } selector)
            {
                return selector;
            }
        }

        return null;
    }

    private static string? Trimmed(JsonObject body, string name) =>
        body[name] is JsonValue value && value.TryGetValue(out string? text) && !string.IsNullOrWhiteSpace(text) ? text : null;
}
