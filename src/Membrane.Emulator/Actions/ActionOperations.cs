using System;
using System.Linq;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Http;
using Membrane.Emulator.Ranking;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Actions;

/// <summary>Finding and reading actions.</summary>
internal sealed class ActionOperations(ElementAccess access)
{
    /// <summary>The contract's page size when the caller does not say.</summary>
    private const int DefaultLimit = 10;

    public void AddTo(HandlerTable table)
    {
        table.Add("listActions", List);
        table.Add(
            "listConnectionActions",
            request => ListOn(request, access.Finder.FindCurrent(ElementKinds.Connection, request.Route("id"), request.Caller))
        );
    }

    private Reply List(OperationRequest request)
    {
        var query = request.Query;
        var connectionSelector = query.Text("connectionId") ?? query.Text("connectionKey");
        if (connectionSelector is null)
        {
            var scope = LayerScope.Of(request, access.Finder);
            var wanted = Filter(query);
            return access.Lists.Page(
                request,
                Collections.Actions,
                element => scope.Contains(element) && wanted(element),
                defaultLimit: DefaultLimit
            );
        }

        return ListOn(request, access.Finder.FindCurrent(ElementKinds.Connection, connectionSelector, request.Caller));
    }

    private Reply ListOn(OperationRequest request, StoredElement connection)
    {
        var offered =
            request.Query.Text("layer") is null && request.Query.Flag("includeArchived") != true
                ? LayerCandidates.Of(access.Store, ElementKinds.Action, connection, request.Caller)
                : access
                    .Store.All(Collections.Actions, LayerScope.Of(request, access.Finder).Contains)
                    .Where(request.Caller.Sees)
                    .ToArray();
        offered = offered.Where(Filter(request.Query)).ToArray();
        return access.Lists.PageOf(
            request,
            request.Query.Text("intent") is { } intent ? new Intent(intent).Rank(offered) : offered,
            DefaultLimit
        );
    }

    private static Func<StoredElement, bool> Filter(QueryValues query)
    {
        var search = query.Text("search");
        var parentId = query.Text("parentId");
        var universalParentId = query.Text("universalParentId");
        var tenantId = query.Text("tenantId") ?? query.Text("userId");
        var appId = query.Text("externalAppId");
        var instanceKey = query.Text("instanceKey");
        var universal = query.Flag("isUniversal");
        var archived = query.Flag("includeArchived") == true;
        return element =>
            (archived || !element.IsArchived)
            && (search is null || NameSearch.Matches(element, search))
            && (parentId is null || element.ParentId == parentId)
            && (universalParentId is null || element.Text("universalParentId") == universalParentId)
            && (tenantId is null || element.TenantId == tenantId)
            && (appId is null || element.ExternalAppId == appId)
            && (instanceKey is null || element.InstanceKey == instanceKey)
            && (universal is null || (Layers.Of(element) == Layer.Universal) == universal);
    }
}
