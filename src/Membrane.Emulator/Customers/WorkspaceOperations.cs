using System;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;
using Membrane.Emulator.Workspace;

namespace Membrane.Emulator.Customers;

/// <summary>The one workspace of the emulator, and tokens for it.</summary>
internal sealed class WorkspaceOperations(EmulatorWorkspace workspace)
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

    private Reply List(ApiRequest request)
    {
        var search = request.Query.Text("search");
        var items = new JsonArray();
        var own = workspace.Settings.Current;
        if (search is null || Search.NameSearch.Holds(own, search))
        {
            items.Add((JsonNode)Show(own));
        }

        return Reply.Json(new JsonObject { ["items"] = items });
    }

    private Reply Update(ApiRequest request)
    {
        var own = Find(request);
        var changed = workspace.Store.Change(transaction =>
        {
            var body = JsonText.Edit((transaction.Find(Collections.Workspaces, own.Id) ?? own).Body);
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
                        settings[setting.Name] = JsonText.ToNode(setting.Value);
                    }
                }
                else
                {
                    body[change.Name] = JsonText.ToNode(change.Value);
                }
            }

            WorkspaceSettings.CheckPublicKeys(body);
            body["updatedAt"] = JsonText.Time(workspace.Clock.Now);
            return transaction.Put(Collections.Workspaces, body);
        });
        workspace.Gatekeeper.Forget();
        return Reply.Json(Show(changed));
    }

    private Reply AccessToken(ApiRequest request)
    {
        Find(request);
        var claims = new JsonObject { ["workspaceKey"] = workspace.WorkspaceKey };
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
                    workspace.Store.Find(Collections.Customers, tenantId)
                    ?? throw ApiException.NotFound($"There is no customer '{Percent.Shorten(tenantId)}'.");
                tenantKey = tenant.Text("internalId");
            }

            claims["tenantKey"] = tenantKey ?? throw ApiException.BadRequest("One of isAdmin, tenantId and tenantKey is required.");
            foreach (var name in new[] { "name", "fields" })
            {
                if (request.Body.Member(name) is { } value)
                {
                    claims[name] = JsonText.ToNode(value);
                }
            }
        }

        return Reply.Json(new JsonObject { ["token"] = workspace.Settings.Sign(claims, TimeSpan.FromHours(1)) });
    }

    private Reply RotateSecret(ApiRequest request)
    {
        var own = Find(request);
        var changed = workspace.Store.Change(transaction =>
        {
            var body = JsonText.Edit((transaction.Find(Collections.Workspaces, own.Id) ?? own).Body);
            body["_secret"] = transaction.NewId("secret") + transaction.NewId("");
            body["updatedAt"] = JsonText.Time(workspace.Clock.Now);
            return transaction.Put(Collections.Workspaces, body);
        });
        workspace.Gatekeeper.Forget();
        return Reply.Json(new JsonObject { ["secret"] = changed.Text("_secret") });
    }

    private Element Find(ApiRequest request)
    {
        var own = workspace.Settings.Current;
        return request.Selector == own.Id || request.Selector == own.Key
            ? own
            : throw ApiException.NotFound($"There is no workspace '{Percent.Shorten(request.Selector)}'.");
    }

    private JsonObject Show(Element own)
    {
        var shown = JsonText.Edit(own.Body);
        shown.Remove("_secret");
        shown["secret"] = workspace.Settings.Secret;
        shown["apiBaseUri"] = workspace.View.Address("");
        return shown;
    }
}
