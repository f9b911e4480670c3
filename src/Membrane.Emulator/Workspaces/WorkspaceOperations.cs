using System;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Emulator.Authentication;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Ranking;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Workspaces;

/// <summary>The one workspace of the emulator, and tokens for it.</summary>
internal sealed class WorkspaceOperations(
    ElementAccess access,
    WorkspaceSettings settings,
    Authenticator authenticator,
    string workspaceKey
)
{
    public void AddTo(HandlerTable table)
    {
        table.Add("listOrgWorkspaces", List);
        table.Add("getOrgWorkspace", request => Reply.Json(Show(Find(request))));
        table.Add("updateOrgWorkspace", Update);
        table.Add("patchWorkspace", Update);
        table.Add("generateOrgWorkspaceAccessToken", AccessToken);
        table.Add("rotateOrgWorkspaceSecret", RotateSecret);
    }

    private Reply List(OperationRequest request)
    {
        var search = request.Query.Text("search");
        var items = new JsonArray();
        var own = settings.Current;
        if (search is null || NameSearch.Matches(own, search))
        {
            items.Add((JsonNode)Show(own));
        }

        return Reply.Json(new JsonObject { ["items"] = items });
    }

    private Reply Update(OperationRequest request)
    {
        var own = Find(request);
        var changed = access.Store.Change(transaction =>
        {
            var body = EmulatorJson.Edit((transaction.Find(Collections.Workspaces, own.Id) ?? own).Body);
            foreach (var change in request.Body.EnumerateObject())
            {
                if (change.Name is "id" or "key" or "secret" or "orgId" || change.Name.StartsWith("_", StringComparison.Ordinal))
                {
                    throw ApiException.BadRequest($"'{change.Name}' cannot be changed.");
                }

                if (change.Name == "settings" && body["settings"] is JsonObject settings && change.Value.ValueKind == JsonValueKind.Object)
                {
                    foreach (var setting in change.Value.EnumerateObject())
                    {
                        settings[setting.Name] = EmulatorJson.ToNode(setting.Value);
                    }
                }
                else
                {
                    body[change.Name] = EmulatorJson.ToNode(change.Value);
                }
            }

            WorkspaceSettings.CheckPublicKeys(body);
            body["updatedAt"] = EmulatorJson.Time(access.Clock.Now);
            return transaction.Put(Collections.Workspaces, body);
        });
        authenticator.Forget();
        return Reply.Json(Show(changed));
    }

    private Reply AccessToken(OperationRequest request)
    {
        Find(request);
        var claims = new JsonObject { ["workspaceKey"] = workspaceKey };
        var tenantId = request.Text("tenantId");
        var tenantKey = request.Text("tenantKey");
        if (request.Body.Flag("isAdmin"))
        {
            if (tenantId is not null || tenantKey is not null)
            {
                throw ApiException.BadRequest("A manager's token names no tenant.");
            }

            claims["isAdmin"] = true;
        }
        else
        {
            if (tenantId is not null)
            {
                var tenant =
                    access.Store.Find(Collections.Customers, tenantId)
                    ?? throw ApiException.NotFound($"There is no customer '{UrlEncoding.Shorten(tenantId)}'.");
                tenantKey = tenant.Text("internalId");
            }

            claims["tenantKey"] = tenantKey ?? throw ApiException.BadRequest("One of isAdmin, tenantId and tenantKey is required.");
            foreach (var name in new[] { "name", "fields" })
            {
                if (request.Body.Member(name) is { } value)
                {
                    claims[name] = EmulatorJson.ToNode(value);
                }
            }
        }

        return Reply.Json(new JsonObject { ["token"] = settings.Sign(claims, TimeSpan.FromHours(1)) });
    }

    private Reply RotateSecret(OperationRequest request)
    {
        var own = Find(request);
        var changed = access.Store.Change(transaction =>
        {
            var body = EmulatorJson.Edit((transaction.Find(Collections.Workspaces, own.Id) ?? own).Body);
            body.RotatedSecret = transaction.NewId("secret") + transaction.NewId("");
            body["updatedAt"] = EmulatorJson.Time(access.Clock.Now);
            return transaction.Put(Collections.Workspaces, body);
        });
        authenticator.Forget();
        return Reply.Json(new JsonObject { ["secret"] = changed.RotatedSecret });
    }

    private StoredElement Find(OperationRequest request)
    {
        var own = settings.Current;
        return request.Selector == own.Id || request.Selector == own.Key
            ? own
            : throw ApiException.NotFound($"There is no workspace '{UrlEncoding.Shorten(request.Selector)}'.");
    }

    private JsonObject Show(StoredElement own)
    {
        var shown = EmulatorJson.Edit(own.Body);
        shown.RemoveRotatedSecret();
        shown["secret"] = settings.Secret;
        shown["apiBaseUri"] = access.View.Address("");
        return shown;
    }
}
