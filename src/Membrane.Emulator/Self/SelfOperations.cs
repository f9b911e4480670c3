using Membrane.Emulator.Contract;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Self;

/// <summary>The tenant of the token.</summary>
internal sealed class SelfOperations(WorkspaceStore store, string workspaceKey)
{
    public void AddTo(HandlerTable table)
    {
        table.Add("getSelf", request => Show(Tenant(request)));
        table.Add("patchSelf", Patch);
    }

    private Reply Patch(OperationRequest request)
    {
        var id = Tenant(request).Id;
        return Show(
            store.Change(transaction =>
            {
                var body = EmulatorJson.Edit(transaction.Find(Collections.Customers, id)!.Body);
                if (request.Body.TryGetProperty("credentials", out var credentials))
                {
                    body.Credentials = EmulatorJson.ToNode(credentials);
                }

                return transaction.Put(Collections.Customers, body);
            })
        );
    }

    private StoredElement Tenant(OperationRequest request) =>
        store.Find(Collections.Customers, request.Caller.TenantId)
        ?? throw ApiException.NotFound("The token is not a tenant's: there is no self.");

    private Reply Show(StoredElement tenant)
    {
        var body = EmulatorJson.Edit(tenant.Body);
        body.RemoveCredentials();
        body["workspaceKey"] = workspaceKey;
        return Reply.Json(body);
    }
}
