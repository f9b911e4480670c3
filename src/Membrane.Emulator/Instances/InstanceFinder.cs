using System.Linq;
using System.Text.Json.Nodes;
using Membrane.Emulator.Authentication;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Instances;

/// <summary>Finds the instance that a query names: by its id, or by what it is an instance of and where.</summary>
internal sealed class InstanceFinder(ElementAccess access)
{
    /// <summary>Finds the instance; it is made when there is none and the query asks for that.</summary>
    /// <exception cref="ApiException">404: there is none; 400: the query does not say which.</exception>
    public StoredElement Find(ElementKind kind, OperationRequest request, bool archived = false) =>
        request.Query.Text("id") is { } id
            ? ById(kind, id, request.Caller)
            : Find(kind, request, Wanted(kind, request, ParentSelector(kind, request)), archived);

    /// <summary>Finds the instance of an element, or makes it, at the connection that the query names.</summary>
    public StoredElement Find(ElementKind kind, OperationRequest request, string parentSelector) =>
        Find(kind, request, Wanted(kind, request, parentSelector), archived: false);

    /// <summary>Finds the instance with an id, archived or not.</summary>
    public StoredElement ById(ElementKind kind, string id, Principal caller)
    {
        var element = access.Finder.Find(kind, id, caller);
        return ElementInstances.IsInstance(kind, element) ? element : throw ElementFinder.NotFound(kind, id);
    }

    /// <summary>Makes the instance that the query names, with what the body says.</summary>
    public StoredElement Make(ElementKind kind, OperationRequest request)
    {
        var wanted = Wanted(kind, request, ParentSelector(kind, request));
        if (Existing(kind, request.Caller, wanted, archived: false) is not null)
        {
            throw ApiException.AlreadyExists(
                $"There is an instance of the {kind.Parent.DisplayName} '{UrlEncoding.Shorten(wanted.Key)}' already."
            );
        }

        return Make(kind, wanted, EmulatorJson.Edit(RequestSchemas.WithoutReadOnly(request.Operation, request.Body)), request.Caller);
    }

    private StoredElement Make(ElementKind kind, WantedInstance wanted, JsonObject content, Principal caller)
    {
        foreach (
            var name in new[]
            {
                kind.ParentKeyName,
                "parentKey",
                "parentUuid",
                "connectionKey",
                "integrationKey",
                "integrationUuid",
                "layer",
            }
        )
        {
            content.Remove(name);
        }

        if (wanted.InstanceKey is not null)
        {
            content["instanceKey"] = wanted.InstanceKey;
        }

        if (wanted.TenantId is not null)
        {
            content["tenantId"] = wanted.TenantId;
            content["userId"] = wanted.TenantId;
        }

        if (wanted.Parent is null)
        {
            content["key"] ??= wanted.Key;
        }

        return access.Instances.Make(kind, wanted.Parent, content, caller, wanted.Connection);
    }

    private StoredElement Find(ElementKind kind, OperationRequest request, WantedInstance wanted, bool archived) =>
        Existing(kind, request.Caller, wanted, archived)
        ?? (
            request.Query.Flag("autoCreate") == true
                ? Make(kind, wanted, new JsonObject(), request.Caller)
                : throw ApiException.NotFound(
                    $"There is no instance of the {kind.Parent.DisplayName} '{UrlEncoding.Shorten(wanted.Key)}' here; with autoCreate it is "
                        + "made."
                )
        );

    private StoredElement? Existing(ElementKind kind, Principal caller, WantedInstance wanted, bool archived) =>
        access
            .Store.All(kind.Collection, element => (archived || !element.IsArchived) && wanted.IsMetBy(element) && caller.Sees(element))
            .LastOrDefault();

    private static string ParentSelector(ElementKind kind, OperationRequest request)
    {
        var names = new[] { kind.ParentMember, kind.ParentKeyName, "parentId", "parentKey", "key" };
        return names.Select(request.Query.Text).FirstOrDefault(given => given is not null)
            ?? names.Select(request.Text).FirstOrDefault(given => given is { Length: > 0 })
            ?? throw ApiException.BadRequest(
                $"Say which instance is meant: with 'id', or with '{kind.ParentMember}' or '{kind.ParentKeyName}'"
                    + (kind.InstancesAt == InstancePlace.Connection ? " and a connection." : ".")
            );
    }

    private WantedInstance Wanted(ElementKind kind, OperationRequest request, string parentSelector)
    {
        var instanceKey = request.Query.Text("instanceKey") ?? request.Text("instanceKey");
        if (kind.InstancesAt == InstancePlace.Tenant)
        {
            var owner = Owner(request);
            return new WantedInstance(kind, Parent(kind, parentSelector, request.Caller), parentSelector, null, owner, instanceKey);
        }

        var connection = Connection(kind, parentSelector, request);
        var parent = LayerCandidates.ParentAt(access.Store, kind, connection, request.Caller, parentSelector);
        if (parent is null && !OwnExists(kind, connection, parentSelector))
        {
            throw ElementFinder.NotFound(kind.Parent, parentSelector);
        }

        return new WantedInstance(kind, parent, parentSelector, connection, null, instanceKey);
    }

    private bool OwnExists(ElementKind kind, StoredElement connection, string key) =>
        access.Store.FindByKey(kind.Collection, key).Any(element => element.ConnectionId == connection.Id);

    private StoredElement Parent(ElementKind kind, string selector, Principal caller)
    {
        var parents = kind.Parent;
        var found =
            access.Store.Find(parents.Collection, selector)
            ?? access
                .Store.FindByKey(parents.Collection, selector)
                .FirstOrDefault(element => !element.IsArchived && (parents != kind || !ElementInstances.IsInstance(kind, element)));
        return found is { IsArchived: false } && caller.Sees(found) && (parents != kind || !ElementInstances.IsInstance(kind, found))
            ? found
            : throw ElementFinder.NotFound(parents, selector);
    }

    private StoredElement Connection(ElementKind kind, string parentSelector, OperationRequest request)
    {
        var query = request.Query;
        if (
            (query.Text("connectionId") ?? query.Text("connectionKey") ?? request.Text("connectionId") ?? request.Text("connectionKey")) is
            { } selector
        )
        {
            return access.Finder.FindCurrent(ElementKinds.Connection, selector, request.Caller);
        }

        var integrationSelector = query.Text("integrationId") ?? query.Text("integrationKey") ?? request.Text("integrationId");
        var integration = integrationSelector is null
            ? null
            : access.Finder.FindCurrent(ElementKinds.Integration, integrationSelector, request.Caller);
        var owner = Owner(request);
        var fitting = access
            .Store.All(
                Collections.Connections,
                connection =>
                    !connection.IsArchived
                    && connection.TenantId == owner
                    && (
                        integration is not null
                            ? connection.IntegrationId == integration.Id
                            : LayerCandidates.ParentAt(access.Store, kind, connection, request.Caller, parentSelector) is not null
                    )
            )
            .OrderByDescending(connection => connection.Body.Flag("connected"))
            .ToArray();
        return fitting.Length switch
        {
            0 => throw ApiException.NotFound("There is no connection for the instance: name one with 'connectionId'."),
            > 1 when integration is null => throw ApiException.BadRequest(
                $"There are {fitting.Length} connections for the instance: name one with 'connectionId'."
            ),
            _ => fitting[0],
        };
    }

    /// <summary>Returns the tenant whose instance is meant: the caller, or the one that a manager names.</summary>
    private string Owner(OperationRequest request)
    {
        if (request.Caller.TenantId is { } tenantId)
        {
            return tenantId;
        }

        var selector =
            request.Query.Text("userId")
            ?? request.Query.Text("tenantId")
            ?? throw ApiException.BadRequest("Name the tenant with 'userId', or use a tenant's token.");
        return access.Finder.FindTenant(selector).Id;
    }
}
