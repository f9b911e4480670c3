using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
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
    private readonly ActionCandidates candidates;

    public ActionOperations(EmulatorWorkspace workspace)
    {
        this.workspace = workspace;
        candidates = new ActionCandidates(workspace.Store);
    }

    public void AddTo(HandlerTable table)
    {
        table.Add("listActions", List);
        table.Add("getAction", Get);
    }

    private Reply List(ApiRequest request)
    {
        QueryValues query = request.Query;
        string? intent = query.Text("intent");
        string? connectionSelector = query.Text("connectionId") ?? query.Text("connectionKey");
        if (connectionSelector is null)
        {
            LayerScope scope = LayerScope.Of(request, workspace.Finder);
            Func<Element, bool> wanted = Filter(query);
            return workspace.Lists.Page(request, Collections.Actions, element => scope.Holds(element) && wanted(element), defaultLimit: DefaultLimit);
        }

        Element connection = workspace.Finder.FindCurrent(ElementKinds.Connection, connectionSelector, request.Caller);
        IReadOnlyList<Element> offered = query.Text("layer") is null && query.Flag("includeArchived") != true
            ? candidates.For(connection, request.Caller)
            : workspace.Store.All(Collections.Actions, LayerScope.Of(request, workspace.Finder).Holds).Where(request.Caller.Sees).ToArray();
        offered = offered.Where(Filter(query)).ToArray();
        return workspace.Lists.PageOf(request, intent is null ? offered : new Intent(intent).Rank(offered), DefaultLimit);
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

    private async Task<Reply> Get(ApiRequest request)
    {
        Element Read() => workspace.Finder.FindLayered(ElementKinds.Action, request.Selector, request);
        Element action = Read();
        if (request.Query.Flag("wait") == true)
        {
            var timeout = TimeSpan.FromSeconds(request.Query.Number("timeout") ?? 30);
            await workspace.Store.WaitUntil(() => Read().State != "BUILDING", timeout, request.Shutdown);
            action = Read();
        }

        return Reply.Json(writer => workspace.View.Write(writer, action));
    }
}
