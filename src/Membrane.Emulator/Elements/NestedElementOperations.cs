using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Emulator.Apps;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Ranking;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Elements;

/// <summary>Layered elements under the path of a connection or an integration, as the official SDK asks for them.</summary>
internal sealed class NestedElementOperations(ElementAccess access)
{
    public void AddTo(HandlerTable table)
    {
        foreach (var kind in ElementKinds.Nested)
        {
            if (kind != ElementKinds.Action)
            {
                table.Add(
                    "listConnection" + kind.Plural,
                    request => List(request, LayerCandidates.Of(access.Store, kind, Connection(request), request.Caller))
                );
            }

            table.Add("getConnection" + kind.Singular, request => Get(kind, request));
            table.Add("putConnection" + kind.Singular, request => Put(kind, request, replace: true));
            table.Add("patchConnection" + kind.Singular, request => Put(kind, request, replace: false));
            table.Add("archiveConnection" + kind.Singular, request => Archive(kind, request));
            table.Add("resetConnection" + kind.Singular, request => Archive(kind, request));
            table.Add("setupConnection" + kind.Singular, request => Show(OnConnection(kind, request)));
            table.Add(
                "listIntegration" + kind.Plural,
                request => List(request, LayerCandidates.OfIntegration(access.Store, kind, Integration(request), request.Caller))
            );
            table.Add("getIntegration" + kind.Singular, request => Show(OnIntegration(kind, request)));
            table.Add("createIntegration" + kind.Singular, request => CreateOnIntegration(kind, request));
            table.Add("putIntegration" + kind.Singular, request => PutOnIntegration(kind, request, replace: true));
            table.Add("patchIntegration" + kind.Singular, request => PutOnIntegration(kind, request, replace: false));
            table.Add("archiveIntegration" + kind.Singular, request => ArchiveOnIntegration(kind, request));
            table.Add("resetIntegration" + kind.Singular, request => ResetOnIntegration(kind, request));
        }

        table.Add(
            "listPublicPackages",
            request =>
            {
                var search = request.Query.Text("search");
                return access.Lists.Page(
                    request,
                    Collections.Packages,
                    element =>
                        !element.IsArchived && element.Body.Flag("isPublic") && (search is null || NameSearch.Matches(element, search))
                );
            }
        );
        table.Add(
            "getPackageVersions",
            request =>
            {
                var package = access.Finder.Find(ElementKinds.Package, request.Selector, request.Caller);
                return Reply.Json(
                    new JsonObject
                    {
                        ["items"] = new JsonArray(
                            (JsonNode)
                                new JsonObject
                                {
                                    ["id"] = IdSource.Derived("pkgv", package.Id),
                                    ["version"] = package.Text("version") ?? "1.0.0",
                                }
                        ),
                    }
                );
            }
        );
        table.Add(
            "listIntegrationOperations",
            request => Reply.Json(new JsonArray(Operations(request).Select(action => (JsonNode)Operation(action)).ToArray()))
        );
        table.Add(
            "getIntegrationOperation",
            request =>
                Reply.Json(
                    Operation(
                        Operations(request).FirstOrDefault(action => action.Key == request.Route("key"))
                            ?? throw ApiException.NotFound($"The app has no operation '{UrlEncoding.Shorten(request.Route("key"))}'.")
                    )
                )
        );
    }

    private Reply List(OperationRequest request, IReadOnlyList<StoredElement> offered)
    {
        var search = request.Query.Text("search");
        return access.Lists.PageOf(request, offered.Where(element => search is null || NameSearch.Matches(element, search)).ToArray());
    }

    private Reply Get(ElementKind kind, OperationRequest request)
    {
        var offered = OnConnection(kind, request);
        return Show(
            request.Query.Flag("autoCreate") == true && Own(kind, request) is null
                ? Override(kind, request, EmulatorJson.EmptyObject)
                : offered
        );
    }

    /// <summary>Changes the connection's own version; makes it first when there is none.</summary>
    private Reply Put(ElementKind kind, OperationRequest request, bool replace) =>
        Show(
            Own(kind, request) is { } own
                ? access.Instances.Change(kind, own, request.Body, request.Caller, replace)
                : Override(kind, request, request.Body)
        );

    /// <summary>Archives the own version of a connection, which then has the integration's again.</summary>
    private Reply Archive(ElementKind kind, OperationRequest request)
    {
        access.Instances.Archive(kind, Own(kind, request) ?? throw ElementFinder.NotFound(kind, request.Route("selector")));
        return Reply.Done;
    }

    private StoredElement Override(ElementKind kind, OperationRequest request, JsonElement changes)
    {
        var connection = Connection(request);
        var key = KeyOf(kind, connection, request);
        var parent = LayerCandidates.Of(access.Store, kind, connection, request.Caller).FirstOrDefault(element => element.Key == key);
        var content = EmulatorJson.Edit(changes);
        content["key"] = key;
        content["name"] ??= parent?.Name ?? key;
        return access.Instances.Make(kind, parent, content, request.Caller, connection);
    }

    private Reply CreateOnIntegration(ElementKind kind, OperationRequest request)
    {
        var content = request.EditBody();
        content["integrationId"] = Integration(request).Id;
        content.Remove("integrationKey");
        content.Remove("integrationUuid");
        content.Remove("connectionId");
        return Show(access.Instances.Make(kind, null, content, request.Caller, null));
    }

    /// <summary>Changes the integration's own version; makes it from the universal one when there is none.</summary>
    private Reply PutOnIntegration(ElementKind kind, OperationRequest request, bool replace)
    {
        var offered = OnIntegration(kind, request);
        if (offered.IntegrationId is not null)
        {
            return Show(access.Instances.Change(kind, offered, request.Body, request.Caller, replace));
        }

        var content = request.EditBody();
        content["integrationId"] = Integration(request).Id;
        content["key"] = offered.Key;
        return Show(access.Instances.Make(kind, offered, content, request.Caller, null));
    }

    private StoredElement OwnOfIntegration(ElementKind kind, OperationRequest request)
    {
        var offered = OnIntegration(kind, request);
        return offered.IntegrationId is not null ? offered : throw ElementFinder.NotFound(kind, request.Route("selector"));
    }

    private Reply ResetOnIntegration(ElementKind kind, OperationRequest request) =>
        Show(access.Instances.Reset(kind, OwnOfIntegration(kind, request), request.Caller));

    private Reply ArchiveOnIntegration(ElementKind kind, OperationRequest request)
    {
        access.Instances.Archive(kind, OwnOfIntegration(kind, request));
        return Reply.Done;
    }

    private StoredElement? Own(ElementKind kind, OperationRequest request)
    {
        var connection = Connection(request);
        var key = KeyOf(kind, connection, request);
        return access
            .Store.FindByKey(kind.Collection, key)
            .FirstOrDefault(element => element.ConnectionId == connection.Id && !element.IsArchived);
    }

    /// <summary>
    /// The key that the selector stands for: an id is that of any layer, so that one behind a narrower version names it too.
    /// </summary>
    private string KeyOf(ElementKind kind, StoredElement connection, OperationRequest request)
    {
        var selector = request.Route("selector");
        return
            access.Store.Find(kind.Collection, selector) is { Key: { } key } named
            && request.Caller.Sees(named)
            && LayerCandidates.Offers(connection, named)
            ? key
            : selector;
    }

    private StoredElement OnConnection(ElementKind kind, OperationRequest request)
    {
        var connection = Connection(request);
        var selector = KeyOf(kind, connection, request);
        return LayerCandidates.Of(access.Store, kind, connection, request.Caller).FirstOrDefault(element => element.Key == selector)
            ?? throw ElementFinder.NotFound(kind, selector);
    }

    private StoredElement OnIntegration(ElementKind kind, OperationRequest request)
    {
        var selector = request.Route("selector");
        return LayerCandidates
                .OfIntegration(access.Store, kind, Integration(request), request.Caller)
                .FirstOrDefault(element => element.Key == selector || element.Id == selector)
            ?? throw ElementFinder.NotFound(kind, selector);
    }

    private IEnumerable<StoredElement> Operations(OperationRequest request) =>
        LayerCandidates
            .OfIntegration(access.Store, ElementKinds.Action, Integration(request), request.Caller)
            .Where(action => action.IntegrationId is not null);

    private static JsonObject Operation(StoredElement action) =>
        new()
        {
            ["key"] = action.Key,
            ["name"] = action.Name,
            ["description"] = action.Text("description") ?? "",
            ["inputSchema"] = EmulatorJson.ToNode(ActionSchemas.Input(action.Plan)),
            ["outputSchema"] = EmulatorJson.ToNode(ActionSchemas.Output(action.Plan)),
        };

    private StoredElement Connection(OperationRequest request) =>
        access.Finder.FindCurrent(ElementKinds.Connection, request.Route("id"), request.Caller);

    private StoredElement Integration(OperationRequest request) =>
        access.Finder.FindCurrent(ElementKinds.Integration, request.Route("id"), request.Caller);

    private Reply Show(StoredElement element) => Reply.Json(writer => access.View.Write(writer, element));
}
