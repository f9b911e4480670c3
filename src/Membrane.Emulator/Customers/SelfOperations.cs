using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;
using Membrane.Emulator.Workspace;

namespace Membrane.Emulator.Customers;

/// <summary>The tenant of the token.</summary>
internal sealed class SelfOperations(EmulatorWorkspace workspace)
{
    public void AddTo(HandlerTable table)
    {
        table.Add("getSelf", request => Show(Tenant(request)));
        table.Add("patchSelf", Patch);
    }

    private Reply Patch(ApiRequest request)
    {
        var id = Tenant(request).Id;
        return Show(
            workspace.Store.Change(transaction =>
            {
                var body = JsonText.Edit(transaction.Find(Collections.Customers, id)!.Body);
                if (request.Body.TryGetProperty("credentials", out var credentials))
                {
                    body["_credentials"] = JsonText.ToNode(credentials);
                }

                return transaction.Put(Collections.Customers, body);
            })
        );
    }

    private Element Tenant(ApiRequest request) =>
        workspace.Store.Find(Collections.Customers, request.Caller.TenantId)
        ?? throw ApiException.NotFound("The token is not a tenant's: there is no self.");

    private Reply Show(Element tenant)
    {
        var body = JsonText.Edit(tenant.Body);
        body.Remove("_credentials");
        body["workspaceKey"] = workspace.WorkspaceKey;
        return Reply.Json(body);
    }
}
