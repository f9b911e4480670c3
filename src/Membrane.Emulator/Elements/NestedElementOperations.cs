using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Search;
using Membrane.Emulator.Store;
using Membrane.Emulator.Workspace;

namespace Membrane.Emulator.Elements;

/// <summary>Layered elements under the path of a connection or an integration, as the official SDK asks for them.</summary>
internal sealed class NestedElementOperations(EmulatorWorkspace workspace)
{
    public void AddTo(HandlerTable table)
    {
        foreach (var kind in new[] { ElementKinds.Action, ElementKinds.Flow, ElementKinds.DataSource, ElementKinds.FieldMapping })
        {
            if (kind != ElementKinds.Action)
            {
                table.Add(
                    "listConnection" + kind.Plural,
                    request => List(request, LayerCandidates.Of(workspace.Store, kind, Connection(request), request.Caller))
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
                request => List(request, LayerCandidates.OfIntegration(workspace.Store, kind, Integration(request), request.Caller))
            );
            table.Add("getIntegration" + kind.Singular, request => Show(OnIntegration(kind, request)));
        }

        table.Add(
            "listPublicPackages",
            request =>
            {
                var search = request.Query.Text("search");
                return workspace.Lists.Page(
                    request,
                    Collections.Packages,
                    element => !element.IsArchived && element.Body.Flag("isPublic") && (search is null || NameSearch.Holds(element, search))
                );
            }
        );
        table.Add(
            "getPackageVersions",
            request =>
            {
                var package = workspace.Finder.Find(ElementKinds.Package, request.Selector, request.Caller);
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
                            ?? throw ApiException.NotFound($"The app has no operation '{Percent.Shorten(request.Route("key"))}'.")
                    )
                )
        );
    }

    private Reply List(ApiRequest request, IReadOnlyList<Element> offered)
    {
        var search = request.Query.Text("search");
        return workspace.Lists.PageOf(request, offered.Where(element => search is null || NameSearch.Holds(element, search)).ToArray());
    }

    private Reply Get(ElementKind kind, ApiRequest request)
    {
        var offered = OnConnection(kind, request);
        return Show(
            request.Query.Flag("autoCreate") == true && Own(kind, request) is null ? Override(kind, request, JsonText.EmptyObject) : offered
        );
    }

    /// <summary>Changes the connection's own version; makes it first when there is none.</summary>
    private Reply Put(ElementKind kind, ApiRequest request, bool replace)
    {
        if (Own(kind, request) is not { } own)
        {
            return Show(Override(kind, request, request.Body));
        }

        return Show(
            workspace.Store.Change(transaction =>
            {
                var old = transaction.Find(kind.Collection, own.Id) ?? throw ElementFinder.NotFound(kind, own.Id);
                return transaction.Put(
                    kind.Collection,
                    workspace.Drafts.Changed(transaction, kind, old, request.Body, request.Caller, replace)
                );
            })
        );
    }

    /// <summary>Without its own version the connection has the integration's again.</summary>
    private Reply Archive(ElementKind kind, ApiRequest request)
    {
        var own = Own(kind, request) ?? throw ElementFinder.NotFound(kind, request.Route("selector"));
        workspace.Store.Change(transaction =>
        {
            var body = JsonText.Edit(transaction.Find(kind.Collection, own.Id)!.Body);
            body["archivedAt"] = JsonText.Time(workspace.Clock.Now);
            transaction.Put(kind.Collection, body);
        });
        return Reply.Done;
    }

    private Element Override(ElementKind kind, ApiRequest request, JsonElement changes)
    {
        var connection = Connection(request);
        var selector = KeyOf(kind, connection, request);
        var parent = LayerCandidates
            .Of(workspace.Store, kind, connection, request.Caller)
            .FirstOrDefault(element => element.Key == selector);
        return workspace.Store.Change(transaction =>
        {
            var content = JsonText.Edit(changes);
            content["key"] = parent?.Key ?? selector;
            content["name"] ??= parent?.Name ?? selector;
            if (parent is not null)
            {
                content[kind.ParentMember] = parent.Id;
                foreach (var member in parent.Body.EnumerateObject())
                {
                    if (
                        !content.ContainsKey(member.Name)
                        && (member.Name == "type" || !ElementDrafts.Fixed.Contains(member.Name))
                        && member.Name[0] != '_'
                    )
                    {
                        content[member.Name] = JsonText.ToNode(member.Value);
                    }
                }
            }

            return transaction.Put(
                kind.Collection,
                workspace.Drafts.New(transaction, kind, JsonText.Freeze(content), request.Caller, connection)
            );
        });
    }

    private Element? Own(ElementKind kind, ApiRequest request)
    {
        var connection = Connection(request);
        var key = KeyOf(kind, connection, request);
        return workspace
            .Store.FindByKey(kind.Collection, key)
            .FirstOrDefault(element => element.ConnectionId == connection.Id && !element.IsArchived);
    }

    /// <summary>
    /// The key that the selector stands for: an id is that of any layer, so that one behind a narrower version names it too.
    /// </summary>
    private string KeyOf(ElementKind kind, Element connection, ApiRequest request)
    {
        var selector = request.Route("selector");
        return
            workspace.Store.Find(kind.Collection, selector) is { Key: { } key } named
            && request.Caller.Sees(named)
            && LayerCandidates.Offers(connection, named)
            ? key
            : selector;
    }

    private Element OnConnection(ElementKind kind, ApiRequest request)
    {
        var connection = Connection(request);
        var selector = KeyOf(kind, connection, request);
        return LayerCandidates.Of(workspace.Store, kind, connection, request.Caller).FirstOrDefault(element => element.Key == selector)
            ?? throw ElementFinder.NotFound(kind, selector);
    }

    private Element OnIntegration(ElementKind kind, ApiRequest request)
    {
        var selector = request.Route("selector");
        return LayerCandidates
                .OfIntegration(workspace.Store, kind, Integration(request), request.Caller)
                .FirstOrDefault(element => element.Key == selector || element.Id == selector)
            ?? throw ElementFinder.NotFound(kind, selector);
    }

    private IEnumerable<Element> Operations(ApiRequest request) =>
        LayerCandidates
            .OfIntegration(workspace.Store, ElementKinds.Action, Integration(request), request.Caller)
            .Where(action => action.IntegrationId is not null);

    private static JsonObject Operation(Element action) =>
        new()
        {
            ["key"] = action.Key,
            ["name"] = action.Name,
            ["description"] = action.Text("description") ?? "",
            ["inputSchema"] = JsonText.ToNode(Apps.ActionSchemas.Input(action.Plan)),
            ["outputSchema"] = JsonText.ToNode(Apps.ActionSchemas.Output(action.Plan)),
        };

    private Element Connection(ApiRequest request) =>
        workspace.Finder.FindCurrent(ElementKinds.Connection, request.Route("id"), request.Caller);

    private Element Integration(ApiRequest request) =>
        workspace.Finder.FindCurrent(ElementKinds.Integration, request.Route("id"), request.Caller);

    private Reply Show(Element element) => Reply.Json(writer => workspace.View.Write(writer, element));
}
