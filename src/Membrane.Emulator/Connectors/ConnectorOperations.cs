using System;
using System.Text.Json;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Http;
using Membrane.Emulator.Search;
using Membrane.Emulator.Store;
using Membrane.Emulator.Workspace;

namespace Membrane.Emulator.Connectors;

/// <summary>Reading connectors, integrations and external apps.</summary>
internal sealed class ConnectorOperations
{
    private readonly EmulatorWorkspace workspace;

    public ConnectorOperations(EmulatorWorkspace workspace) => this.workspace = workspace;

    public void AddTo(HandlerTable table)
    {
        table.Add("listConnectors", ListConnectors);
        table.Add("getConnector", request => Show(ElementKinds.Connector, request));
        table.Add("listIntegrations", ListIntegrations);
        table.Add("getIntegration", GetIntegration);
        table.Add("listApps", request => ListApps(request));
        table.Add("getApp", request => Show(ElementKinds.App, request));
    }

    private Reply ListConnectors(ApiRequest request)
    {
        string? search = request.Query.Text("search");
        string? appId = request.Query.Text("externalAppId");
        string? appUuid = request.Query.Text("appUuid");
        return workspace.Lists.Page(request, Collections.Connectors, element =>
            (search is null || NameSearch.Holds(element, search))
            && (appId is null || element.ExternalAppId == appId)
            && (appUuid is null || workspace.Store.Find(Collections.ExternalApps, element.ExternalAppId)?.Uuid == appUuid)
            && Archives(request, element));
    }

    private Reply ListIntegrations(ApiRequest request)
    {
        string? search = request.Query.Text("search");
        string? connectorId = request.Query.Text("connectorId");
        string? appUuid = request.Query.Text("appUuid");
        return workspace.Lists.Page(request, Collections.Integrations, element =>
            (search is null || NameSearch.Holds(element, search))
            && (connectorId is null || element.ConnectorId == connectorId)
            && (appUuid is null || workspace.Store.Find(Collections.ExternalApps, element.ExternalAppId)?.Uuid == appUuid)
            && Archives(request, element));
    }

    private Reply GetIntegration(ApiRequest request)
    {
        Element integration = workspace.Finder.Find(ElementKinds.Integration, request.Selector, request.Caller);
        Element[] connections = workspace.Store.All(Collections.Connections, element =>
            element.IntegrationId == integration.Id && !element.IsArchived && request.Caller.Sees(element));
        return Reply.Json(writer =>
        {
            if (connections.Length == 0 || request.Caller.IsManager)
            {
                workspace.View.Write(writer, integration);
                return;
            }

            workspace.View.WriteWith(writer, integration, inner =>
            {
                inner.WritePropertyName("connection");
                workspace.View.Write(inner, connections[0]);
            });
        });
    }

    private Reply ListApps(ApiRequest request)
    {
        string? search = request.Query.Text("search");
        string? category = request.Query.Text("category");
        bool? connected = request.Query.Flag("isConnected");
        return workspace.Lists.Page(request, Collections.ExternalApps, element =>
            (search is null || NameSearch.Holds(element, search))
            && (category is null || HasCategory(element, category))
            && (connected is null || connected == IsConnected(request, element))
            && Archives(request, element));
    }

    private bool IsConnected(ApiRequest request, Element app) =>
        workspace.Store.All(Collections.Connections, element => element.ExternalAppId == app.Id && !element.IsArchived && request.Caller.Sees(element)).Length > 0;

    private static bool HasCategory(Element app, string category)
    {
        if (!app.Body.TryGetProperty("categories", out JsonElement categories))
            return false;

        foreach (JsonElement one in categories.EnumerateArray())
        {
            if (category.Equals(one.ToString(), StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static bool Archives(ApiRequest request, Element element) => !element.IsArchived || request.Query.Flag("includeArchived") == true;

    private Reply Show(ElementKind kind, ApiRequest request)
    {
        Element element = workspace.Finder.Find(kind, request.Selector, request.Caller);
        return Reply.Json(writer => workspace.View.Write(writer, element));
    }
}
