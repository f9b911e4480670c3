using System;
using System.Collections.Generic;
using System.Linq;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Http;
using Membrane.Emulator.Search;
using Membrane.Emulator.Store;
using Membrane.Emulator.Workspace;

namespace Membrane.Emulator.Actions;

/// <summary>Finding and reading actions.</summary>
internal sealed class ActionOperations
{
    /// <summary>The contract's page size when the caller does not say.</summary>
    private const int DefaultLimit = 10;

    private readonly EmulatorWorkspace workspace;

    public ActionOperations(EmulatorWorkspace workspace) => this.workspace = workspace;

    public void AddTo(HandlerTable table)
    {
        table.Add("listActions", List);
        table.Add("listConnectionActions", request => ListOn(request, workspace.Finder.FindCurrent(ElementKinds.Connection, request.Route("id"), request.Caller)));
    }

    private Reply List(ApiRequest request)
    {
        QueryValues query = request.Query;
        string? connectionSelector = query.Text("connectionId") ?? query.Text("connectionKey");
        if (connectionSelector is null)
        {
            LayerScope scope = LayerScope.Of(request, workspace.Finder);
            Func<Element, bool> wanted = Filter(query);
            return workspace.Lists.Page(request, Collections.Actions, element => scope.Holds(element) && wanted(element), defaultLimit: DefaultLimit);
        }

        return ListOn(request, workspace.Finder.FindCurrent(ElementKinds.Connection, connectionSelector, request.Caller));
    }

    private Reply ListOn(ApiRequest request, Element connection)
    {
        IReadOnlyList<Element> offered = request.Query.Text("layer") is null && request.Query.Flag("includeArchived") != true
            ? LayerCandidates.Of(workspace.Store, ElementKinds.Action, connection, request.Caller)
            : workspace.Store.All(Collections.Actions, LayerScope.Of(request, workspace.Finder).Holds).Where(request.Caller.Sees).ToArray();
        offered = offered.Where(Filter(request.Query)).ToArray();
        return workspace.Lists.PageOf(request, request.Query.Text("intent") is { } intent ? new Intent(intent).Rank(offered) : offered, DefaultLimit);
    }

    private static Func<Element, bool> Filter(QueryValues query)
    {
        string? search = query.Text("search");
        string? parentId = query.Text("parentId");
        string? universalParentId = query.Text("universalParentId");
        string? tenantId = query.Text("tenantId") ?? query.Text("userId");
        string? appId = query.Text("externalAppId");
        string? instanceKey = query.Text("instanceKey");
        bool? universal = query.Flag("isUniversal");
        bool archived = query.Flag("includeArchived") == true;
        return element => (archived || !element.IsArchived)
            && (search is null || NameSearch.Holds(element, search))
            && (parentId is null || element.ParentId == parentId)
            && (universalParentId is null || element.Text("universalParentId") == universalParentId)
            && (tenantId is null || element.TenantId == tenantId)
            && (appId is null || element.ExternalAppId == appId)
            && (instanceKey is null || element.InstanceKey == instanceKey)
            && (universal is null || (Layers.Of(element) == Layer.Universal) == universal);
    }
}
