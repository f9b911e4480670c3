using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Membrane.Emulator.Authentication;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Ranking;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Elements;

/// <summary>The verbs that all kinds of elements have in common: list, create, read, change, archive, restore and the like.</summary>
internal sealed class ElementOperations(ElementAccess access, IElementBuilder builder, Authenticator authenticator, ElementKind kind)
{
    private static readonly HashSet<string> SelectorParameters = new(StringComparer.Ordinal)
    {
        "layer",
        "integrationKey",
        "integrationId",
        "connectionId",
        "connectionKey",
        "instanceKey",
        "search",
        "limit",
        "cursor",
        "includeArchived",
        "tenantId",
        "userId",
        "isUniversal",
        "intent",
        "wait",
        "timeout",
        "includeSecrets",
        "autoCreate",
    };

    /// <summary>Members that say where an element is; of layered ones they have a meaning of their own.</summary>
    private static readonly HashSet<string> Places = new(StringComparer.Ordinal) { "connectionId", "integrationId", "instanceKey" };

    private WorkspaceStore Store => access.Store;

    /// <summary>Builds what the contract has of these verbs for the kind, unless something else has built it already.</summary>
    public void AddTo(HandlerTable table)
    {
        foreach (var operation in OperationTable.Default.Operations)
        {
            if (table.Find(operation.Id) is null && HandlerOf(operation) is { } handler)
            {
                table.Add(operation.Id, handler);
            }
        }
    }

    private OperationHandler? HandlerOf(Operation operation)
    {
        var id = operation.Id;
        if (id == "list" + kind.Plural)
        {
            return Now(List);
        }

        if (id == "get" + kind.Singular + "Dependencies")
        {
            return Now(Dependencies);
        }

        foreach (
            (var verb, var handler) in new (string, OperationHandler)[]
            {
                ("create", Now(Create)),
                ("get", Get),
                ("patch", Now(Patch)),
                ("update", Now(operation.Method == "PUT" ? Replace : Patch)),
                ("replace", Now(Replace)),
                ("put", Now(Replace)),
                ("archive", Now(Archive)),
                ("delete", Now(Archive)),
                ("clone", Now(Clone)),
                ("export", Now(Export)),
                ("refresh", Now(Refresh)),
                ("reset", Now(Reset)),
                ("setup", Now(Refresh)),
                ("restore", Now(Restore)),
            }
        )
        {
            if (id == verb + kind.Singular)
            {
                return handler;
            }
        }

        return null;
    }

    private static OperationHandler Now(Func<OperationRequest, Reply> handler) => request => Task.FromResult(handler(request));

    private Reply List(OperationRequest request)
    {
        var filter = Filter(request.Query);
        if (!kind.Layered)
        {
            return access.Lists.Page(request, kind.Collection, filter);
        }

        var connectionSelector = request.Query.Text("connectionId") ?? request.Query.Text("connectionKey");
        var plain = connectionSelector is null || request.Query.Text("layer") is not null || request.Query.Flag("includeArchived") == true;
        if (plain)
        {
            var scope = LayerScope.Of(request, access.Finder);
            return access.Lists.Page(request, kind.Collection, element => scope.Contains(element) && filter(element));
        }

        var connection = access.Finder.FindCurrent(ElementKinds.Connection, connectionSelector!, request.Caller);
        return access.Lists.PageOf(request, LayerCandidates.Of(Store, kind, connection, request.Caller).Where(filter).ToArray());
    }

    /// <summary>Returns what the parameters of a list ask for; those without a meaning of their own name members of the element.</summary>
    private Func<StoredElement, bool> Filter(QueryValues query)
    {
        var search = query.Text("search");
        var tenantId = query.Text("tenantId") ?? query.Text("userId");
        var universal = query.Flag("isUniversal");
        var archived = query.Flag("includeArchived") == true;
        var members = query
            .All.Where(one =>
                one.Value.Length > 0 && (!SelectorParameters.Contains(one.Key) || (!kind.Layered && Places.Contains(one.Key)))
            )
            .ToArray();
        return element =>
            (archived || !element.IsArchived)
            && (search is null || NameSearch.Matches(element, search))
            && (tenantId is null || element.TenantId == tenantId)
            && (universal is null || (Layers.Of(element) == Layer.Universal && (kind.Layered || element.TenantId is null)) == universal)
            && members.All(member => Has(element, member.Key, query));
    }

    private static bool Has(StoredElement element, string member, QueryValues query) =>
        element.Body.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() == query.Text(member)
            : member.StartsWith("is", StringComparison.Ordinal) && element.Body.Flag(member) == query.Flag(member);

    private Reply Create(OperationRequest request)
    {
        var connection = NamedConnection(request);
        CheckMayWrite(request.Caller, connection is not null);
        if (kind.Layered && request.Text("intent") is { Length: > 0 } intent)
        {
            return Show(builder.Build(kind, request, connection, intent));
        }

        return Show(
            Store.Change(transaction =>
            {
                var body = access.Drafts.New(
                    transaction,
                    kind,
                    RequestSchemas.WithoutReadOnly(request.Operation, request.Body),
                    request.Caller,
                    connection
                );
                if (kind == ElementKinds.Tenant)
                {
                    CheckInternalIdIsFree(transaction, body);
                }

                return transaction.Put(kind.Collection, body);
            })
        );
    }

    private async Task<Reply> Get(OperationRequest request)
    {
        var element = Find(request);
        if (request.Query.Flag("wait") == true)
        {
            var timeout = TimeSpan.FromSeconds(request.Query.Number("timeout") ?? 30);
            await Store.WaitUntil(() => Find(request).State != ElementState.Building, timeout, request.Shutdown);
            element = Find(request);
        }

        return Show(element);
    }

    private Reply Patch(OperationRequest request) => Change(request, replace: false);

    private Reply Replace(OperationRequest request) => Change(request, replace: true);

    private Reply Change(OperationRequest request, bool replace)
    {
        var found = FindForWriting(request);
        var reply = Show(
            Store.Change(transaction =>
            {
                var old = transaction.Find(kind.Collection, found.Id) ?? throw ElementFinder.NotFound(kind, found.Id);
                var body = access.Drafts.Changed(
                    transaction,
                    kind,
                    old,
                    RequestSchemas.WithoutReadOnly(request.Operation, request.Body),
                    request.Caller,
                    replace
                );
                if (kind == ElementKinds.Tenant)
                {
                    CheckInternalIdIsFree(transaction, body);
                }

                return transaction.Put(kind.Collection, body);
            })
        );
        if (kind == ElementKinds.Tenant)
        {
            authenticator.Forget();
        }

        return reply;
    }

    private Reply Archive(OperationRequest request)
    {
        var found = FindForWriting(request);
        if (kind.DeletedForGood)
        {
            Store.Change(transaction => transaction.Remove(kind.Collection, found.Id));
        }
        else
        {
            access.Instances.Archive(kind, found);
        }

        return Reply.Done;
    }

    private Reply Restore(OperationRequest request)
    {
        var found = FindForWriting(request);
        return Brief(
            Store.Change(transaction =>
            {
                var old = transaction.Find(kind.Collection, found.Id) ?? throw ElementFinder.NotFound(kind, found.Id);
                if (!old.IsArchived)
                {
                    return old;
                }

                var body = EmulatorJson.Edit(old.Body);
                body.Remove("archivedAt");
                ElementDrafts.Touch(kind, body, EmulatorJson.Time(access.Clock.Now));
                if (old.Key is not null)
                {
                    ElementDrafts.CheckKeyIsFree(transaction, kind, body);
                }

                return transaction.Put(kind.Collection, body);
            })
        );
    }

    private Reply Refresh(OperationRequest request)
    {
        var found = Find(request);
        return Brief(
            Store.Change(transaction =>
            {
                var body = EmulatorJson.Edit(transaction.Find(kind.Collection, found.Id)!.Body);
                ElementDrafts.Touch(kind, body, EmulatorJson.Time(access.Clock.Now));
                return transaction.Put(kind.Collection, body);
            })
        );
    }

    private Reply Reset(OperationRequest request) => Show(access.Instances.Reset(kind, FindForWriting(request), request.Caller));

    private Reply Clone(OperationRequest request)
    {
        var source = Find(request);
        CheckMayWrite(request.Caller, source.ConnectionId is not null);
        return Show(
            Store.Change(transaction =>
            {
                var content = ElementContents.Of(kind, source);
                foreach (var place in new[] { "integrationId", "connectionId", "instanceKey", "externalAppId" })
                {
                    if (source.Text(place) is { } value)
                    {
                        content[place] = value;
                    }
                }

                content["name"] = source.Name + " (copy)";
                content["key"] = ElementDrafts.FreeKey(transaction, kind, source.Key + "-copy", content);
                var connection = transaction.Find(Collections.Connections, source.ConnectionId);
                return transaction.Put(
                    kind.Collection,
                    access.Drafts.New(transaction, kind, EmulatorJson.Freeze(content), request.Caller, connection)
                );
            })
        );
    }

    private Reply Export(OperationRequest request) => Reply.Json(access.Contents.Export(kind, Find(request)));

    private Reply Dependencies(OperationRequest request)
    {
        var element = Find(request);
        var found = new JsonArray();
        foreach (
            (var of, var id) in new[]
            {
                (ElementKinds.Integration, element.IntegrationId),
                (ElementKinds.Connection, element.ConnectionId),
                (ElementKinds.Connector, element.ConnectorId),
                (kind, element.Text(kind.ParentMember)),
            }
        )
        {
            if (Store.Find(of.Collection, id) is { } dependency)
            {
                found.Add(
                    (JsonNode)
                        new JsonObject
                        {
                            ["type"] = of.Type,
                            ["id"] = dependency.Id,
                            ["key"] = dependency.Key,
                            ["name"] = dependency.Name,
                        }
                );
            }
        }

        return Reply.Json(found);
    }

    private StoredElement Find(OperationRequest request) =>
        kind.Layered
            ? access.Finder.FindLayered(kind, request.Selector, request)
            : access.Finder.Find(kind, request.Selector, request.Caller);

    private StoredElement FindForWriting(OperationRequest request)
    {
        var element = Find(request);
        CheckMayWrite(request.Caller, element.ConnectionId is not null && NamedConnection(request)?.Id == element.ConnectionId);
        return element;
    }

    /// <summary>Returns the connection that the request names, in its query or in its body.</summary>
    private StoredElement? NamedConnection(OperationRequest request)
    {
        if (!kind.Layered)
        {
            return null;
        }

        var selector = request.Query.Text("connectionId") ?? request.Query.Text("connectionKey") ?? request.Text("connectionId");
        return selector is null ? null : access.Finder.FindCurrent(ElementKinds.Connection, selector, request.Caller);
    }

    /// <summary>Checks that a tenant changes only what is defined for a connection of its own, which the request has to name.</summary>
    private void CheckMayWrite(Principal caller, bool onNamedConnection)
    {
        if (kind.Layered && !caller.IsManager && !onNamedConnection)
        {
            throw ApiException.AccessDenied(
                $"A tenant's token can change a {kind.DisplayName} of its own connection only, and has to name it with connectionId; for "
                    + $"others a manager's token (isAdmin) is needed."
            );
        }
    }

    private static void CheckInternalIdIsFree(StoreTransaction transaction, JsonObject body)
    {
        var internalId = (string)body["internalId"]!;
        if (transaction.All(Collections.Customers).Any(other => other.Id != (string)body["id"]! && other.Text("internalId") == internalId))
        {
            throw ApiException.AlreadyExists($"There is a customer with the internalId '{UrlEncoding.Shorten(internalId)}' already.");
        }
    }

    private Reply Show(StoredElement element) => Reply.Json(writer => access.View.Write(writer, element));

    private Reply Brief(StoredElement element) =>
        kind.AnswersBrief
            ? Reply.Json(writer =>
            {
                writer.WriteStartObject();
                foreach (var member in element.Body.EnumerateObject())
                {
                    if (member.Name is "id" or "name" or "meta" or "archivedAt" or "isDeactivated" or "isReadOnly" or "state" or "errors")
                    {
                        member.WriteTo(writer);
                    }
                }

                writer.WriteEndObject();
            })
            : Show(element);
}
