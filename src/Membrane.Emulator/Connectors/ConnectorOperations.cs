using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Ranking;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Connectors;

/// <summary>Reading connectors, integrations and external apps.</summary>
internal sealed class ConnectorOperations(ElementAccess access)
{
    public void AddTo(HandlerTable table)
    {
        table.Add("listConnectors", ListConnectors);
        table.Add("getConnector", request => Show(ElementKinds.Connector, request));
        table.Add("listIntegrations", ListIntegrations);
        table.Add("getIntegration", GetIntegration);
        table.Add("listApps", ListApps);
        table.Add("listPublicApps", ListApps);
        table.Add("listPublicExternalApps", ListApps);
        table.Add("listPublicConnectors", ListConnectors);
        table.Add("getConnectorVersions", Versions);
        table.Add("exportConnectorJson", request => Show(ElementKinds.Connector, request));
        table.Add("getIntegrationConnectorSpec", ConnectorSpec);
        table.Add("getIntegrationParameters", request => Reply.Json(Parameters(request)));
        table.Add("setIntegrationParameters", request => SetParameters(request, replace: true));
        table.Add("patchIntegrationParameters", request => SetParameters(request, replace: false));
        table.Add("setupIntegration", request => Show(ElementKinds.Integration, request));
        table.Add("getApp", request => Show(ElementKinds.App, request));
    }

    private Reply ListConnectors(OperationRequest request)
    {
        var search = request.Query.Text("search");
        var appId = request.Query.Text("externalAppId");
        var appUuid = request.Query.Text("appUuid");
        return access.Lists.Page(
            request,
            Collections.Connectors,
            element =>
                (search is null || NameSearch.Matches(element, search))
                && (appId is null || element.ExternalAppId == appId)
                && (appUuid is null || access.Store.Find(Collections.ExternalApps, element.ExternalAppId)?.Uuid == appUuid)
                && Archives(request, element)
        );
    }

    private Reply ListIntegrations(OperationRequest request)
    {
        var search = request.Query.Text("search");
        var connectorId = request.Query.Text("connectorId");
        var appUuid = request.Query.Text("appUuid");
        bool Wanted(StoredElement element) =>
            (search is null || NameSearch.Matches(element, search))
            && (connectorId is null || element.ConnectorId == connectorId)
            && (appUuid is null || access.Store.Find(Collections.ExternalApps, element.ExternalAppId)?.Uuid == appUuid)
            && Archives(request, element);
        var withConnectors = Widened(request, "connectors");
        var withApps = Widened(request, "externalApps");
        if (!withConnectors && !withApps)
        {
            return access.Lists.Page(request, Collections.Integrations, Wanted);
        }

        var found = access.Store.All(Collections.Integrations, element => request.Caller.Sees(element) && Wanted(element)).ToList();
        var connectors = new HashSet<string?>(access.Store.All(Collections.Integrations).Select(element => element.ConnectorId));
        if (withConnectors)
        {
            found.AddRange(
                access.Store.All(
                    Collections.Connectors,
                    element => !connectors.Contains(element.Id) && request.Caller.Sees(element) && Wanted(element)
                )
            );
        }

        if (withApps)
        {
            var apps = new HashSet<string?>(access.Store.All(Collections.Integrations).Select(element => element.ExternalAppId));
            found.AddRange(
                access.Store.All(
                    Collections.ExternalApps,
                    element => !apps.Contains(element.Id) && request.Caller.Sees(element) && Wanted(element)
                )
            );
        }

        return access.Lists.PageOf(request, found, write: WriteIntegrationLike);
    }

    private static bool Widened(OperationRequest request, string name) =>
        request.Query.Number(name) is > 0 || request.Query.Number("all") is > 0;

    /// <summary>Connectors and apps stand in a widened list as integrations that have no id yet.</summary>
    private void WriteIntegrationLike(Utf8JsonWriter writer, StoredElement element)
    {
        if (element.Collection == Collections.Integrations)
        {
            access.View.Write(writer, element);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("name", element.Name);
        writer.WriteString("logoUri", access.View.Logo(element));
        if (element.Collection == Collections.Connectors)
        {
            writer.WriteString("connectorId", element.Id);
            if (element.ExternalAppId is not null)
            {
                writer.WriteString("externalAppId", element.ExternalAppId);
            }
        }
        else
        {
            writer.WriteString("externalAppId", element.Id);
            writer.WriteString("appUri", element.Text("appUri"));
        }

        writer.WriteEndObject();
    }

    private Reply Versions(OperationRequest request)
    {
        var connector = access.Finder.Find(ElementKinds.Connector, request.Selector, request.Caller);
        return Reply.Json(
            new JsonArray(
                (JsonNode)
                    new JsonObject
                    {
                        ["id"] = IdSource.Derived("cntv", connector.Id + "/" + connector.Text("version")),
                        ["connectorId"] = connector.Id,
                        ["version"] = connector.Text("version"),
                        ["baseUri"] = connector.Text("baseUri"),
                        ["changelog"] = "",
                    }
            )
        );
    }

    private Reply ConnectorSpec(OperationRequest request)
    {
        var integration = access.Finder.FindCurrent(ElementKinds.Integration, request.Selector, request.Caller);
        var connector =
            access.Store.Find(Collections.Connectors, integration.ConnectorId)
            ?? throw ApiException.NotFound("The integration has no connector.");
        var operations = new JsonArray();
        foreach (
            var action in access.Store.All(
                Collections.Actions,
                one => one.IntegrationId == integration.Id && one.ConnectionId is null && !one.IsArchived
            )
        )
        {
            operations.Add((JsonNode)new JsonObject { ["key"] = action.Key ?? action.Id, ["name"] = action.Name });
        }

        return Reply.Json(
            new JsonObject
            {
                ["key"] = connector.Key,
                ["name"] = connector.Name,
                ["logoUri"] = access.View.Logo(connector),
                ["operations"] = operations,
            }
        );
    }

    /// <summary>Returns the parameters that are set, as the contract describes parameters.</summary>
    private JsonObject Parameters(OperationRequest request)
    {
        var integration = access.Finder.FindCurrent(ElementKinds.Integration, request.Selector, request.Caller);
        var parameters = new JsonObject();
        if (integration.Body.Member("parameters") is { ValueKind: JsonValueKind.Object } values)
        {
            foreach (var value in values.EnumerateObject())
            {
                parameters[value.Name] = new JsonObject
                {
                    ["name"] = value.Name,
                    ["type"] = value.Value.ValueKind.ToString().ToLowerInvariant(),
                    ["required"] = false,
                };
            }
        }

        return parameters;
    }

    private Reply SetParameters(OperationRequest request, bool replace)
    {
        var integration = access.Finder.FindCurrent(ElementKinds.Integration, request.Selector, request.Caller);
        access.Store.Change(transaction =>
        {
            var body = EmulatorJson.Edit(transaction.Find(Collections.Integrations, integration.Id)!.Body);
            var parameters = !replace && body["parameters"] is JsonObject present ? present : new JsonObject();
            foreach (var value in request.Body.EnumerateObject())
            {
                parameters[value.Name] = EmulatorJson.ToNode(value.Value);
            }

            if (parameters.Parent is null)
            {
                body["parameters"] = parameters;
            }

            body["updatedAt"] = EmulatorJson.Time(access.Clock.Now);
            Revision.Stamp(body);
            transaction.Put(Collections.Integrations, body);
        });
        return Reply.NoContent;
    }

    private Reply GetIntegration(OperationRequest request)
    {
        var integration = access.Finder.Find(ElementKinds.Integration, request.Selector, request.Caller);
        var connections = access.Store.All(
            Collections.Connections,
            element => element.IntegrationId == integration.Id && !element.IsArchived && request.Caller.Sees(element)
        );
        return Reply.Json(writer =>
        {
            if (connections.Length == 0 || request.Caller.IsManager)
            {
                access.View.Write(writer, integration);
                return;
            }

            access.View.WriteWith(
                writer,
                integration,
                inner =>
                {
                    inner.WritePropertyName("connection");
                    access.View.Write(inner, connections[0]);
                }
            );
        });
    }

    private Reply ListApps(OperationRequest request)
    {
        var search = request.Query.Text("search");
        var category = request.Query.Text("category");
        var connected = request.Query.Flag("isConnected");
        return access.Lists.Page(
            request,
            Collections.ExternalApps,
            element =>
                (search is null || NameSearch.Matches(element, search))
                && (category is null || HasCategory(element, category))
                && (connected is null || connected == IsConnected(request, element))
                && Archives(request, element)
        );
    }

    private bool IsConnected(OperationRequest request, StoredElement app) =>
        access
            .Store.All(
                Collections.Connections,
                element => element.ExternalAppId == app.Id && !element.IsArchived && request.Caller.Sees(element)
            )
            .Length > 0;

    private static bool HasCategory(StoredElement app, string category)
    {
        if (!app.Body.TryGetProperty("categories", out var categories))
        {
            return false;
        }

        foreach (var one in categories.EnumerateArray())
        {
            if (category.Equals(one.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Archives(OperationRequest request, StoredElement element) =>
        !element.IsArchived || request.Query.Flag("includeArchived") == true;

    private Reply Show(ElementKind kind, OperationRequest request)
    {
        var element = access.Finder.Find(kind, request.Selector, request.Caller);
        return Reply.Json(writer => access.View.Write(writer, element));
    }
}
