using System;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Ranking;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Instances;

/// <summary>
/// What connections and tenants have of an element, as the vendor's SDK and its React hooks name it: each operation finds the instance,
/// and what it does is what the element's own operation does.
/// </summary>
internal sealed class InstanceOperations(ElementAccess access, HandlerTable handlers)
{
    private readonly InstanceFinder finder = new(access);

    /// <summary>Builds what the contract has below <c>/action-instance</c> and the like.</summary>
    public void AddTo(HandlerTable table)
    {
        foreach (var kind in ElementKinds.All.Where(kind => kind.InstancesAt != InstancePlace.None))
        {
            // A subscription is an instance itself: its path has no further word.
            var one = "/" + kind.Type + (kind.Parent == kind ? "-instance" : "");
            foreach (var operation in OperationTable.Default.Operations)
            {
                var path = operation.Path;
                if (path == one || path.StartsWith(one + "/", StringComparison.Ordinal))
                {
                    table.Add(operation.Id, Named(kind, operation.Method, path.Substring(one.Length).TrimStart('/')));
                }
                else if (path == one + "s" && kind.Parent == kind)
                {
                    table.Add(
                        operation.Id,
                        operation.Method == "GET"
                            ? request => Task.FromResult(List(kind, request))
                            : request => Task.FromResult(Show(finder.Make(kind, request)))
                    );
                }
                else if (kind.Parent == kind && path.StartsWith(one + "s/{id}/", StringComparison.Ordinal))
                {
                    var verb = path.Substring(one.Length + "s/{id}/".Length);
                    table.Add(
                        operation.Id,
                        request => Do(kind, "POST", verb, finder.ById(kind, request.Route("id"), request.Caller), request)
                    );
                }
            }
        }
    }

    private OperationHandler Named(ElementKind kind, string method, string verb) =>
        (method, verb) switch
        {
            ("GET", "") => request => Task.FromResult(Show(UpToDate(kind, finder.Find(kind, request), request))),
            ("POST", "") => request => Task.FromResult(Show(finder.Make(kind, request))),
            _ => request => Do(kind, method, verb, finder.Find(kind, request, archived: verb == "restore"), request),
        };

    private Task<Reply> Do(ElementKind kind, string method, string verb, StoredElement instance, OperationRequest request)
    {
        var element = $"/{kind.Collection}/{Uri.EscapeDataString(instance.Id)}";
        var connection = "/connections/" + Uri.EscapeDataString(instance.ConnectionId ?? "");
        switch (verb)
        {
            case "setup":
                // Setting up finds out what the element needs; here nothing is ever missing.
                CheckIsCurrent(kind, instance);
                return PassOn(request, "POST", element + "/refresh", instance);
            case "reset" when kind == ElementKinds.Flow && request.Body.EnumerateObject().Any():
                return Task.FromResult(Show(FlowReset.Apply(access, instance, request.Body, request.Caller)));
            case "reset":
            case "update-to-latest-flow":
                return Task.FromResult(Show(access.Instances.Reset(kind, instance, request.Caller)));
            case "run":
                return PassOn(request, method, connection + "/actions/" + Uri.EscapeDataString(instance.Id) + "/run", instance);
            case "unified-fields-to-native":
                // No app behind the emulator has names of its own for the fields of a unified model.
                return Task.FromResult(Reply.Json(request.Body));
        }

        if (verb == "collection" || verb.StartsWith("collection/", StringComparison.Ordinal))
        {
            CheckIsCurrent(kind, instance);
            var key = Uri.EscapeDataString(CollectionKey(instance));
            return PassOn(request, method, connection + "/data/" + key + verb.Substring("collection".Length), instance);
        }

        return PassOn(request, method, verb.Length == 0 ? element : element + "/" + verb, instance);
    }

    /// <summary>Has another operation answer: the one of the element itself, with the connection that the element has.</summary>
    private Task<Reply> PassOn(OperationRequest request, string method, string path, StoredElement instance)
    {
        var operation = OperationTable.Default.Match(method, path, out var values);
        if (operation is null || handlers.Find(operation.Id) is not { } handler)
        {
            throw new InvalidOperationException($"{method} {path} is not built.");
        }

        var query = request
            .Query.All.Where(given => operation.Query.ContainsKey(given.Key) && !OperationTable.NamesInstance(given.Key))
            .ToDictionary(given => given.Key, given => given.Value, StringComparer.Ordinal);
        if (instance.ConnectionId is { } connectionId)
        {
            query["connectionId"] = connectionId;
        }

        return handler(request.For(operation, values, QueryValues.Of(query)));
    }

    /// <summary>Lets an instance that was not changed follow its parent, where the query asks for that.</summary>
    private StoredElement UpToDate(ElementKind kind, StoredElement instance, OperationRequest request)
    {
        if (
            request.Query.Flag("autoUpdate") != true
            || instance.IsArchived
            || instance.Body.Flag("isCustomized")
            || access.Store.Find(kind.Parent.Collection, instance.Text(kind.ParentMember)) is not { } parent
            || string.CompareOrdinal(parent.Text("updatedAt"), instance.Text("updatedAt")) <= 0
        )
        {
            return instance;
        }

        return access.Instances.Reset(kind, instance, request.Caller);
    }

    private Reply List(ElementKind kind, OperationRequest request)
    {
        var query = request.Query;
        var connectionSelector = query.Text("connectionId") ?? query.Text("connectionKey");
        var connection = connectionSelector is null
            ? null
            : access.Finder.FindCurrent(ElementKinds.Connection, connectionSelector, request.Caller);
        var integrationSelector = query.Text("integrationId") ?? query.Text("integrationKey");
        var integration = integrationSelector is null
            ? null
            : access.Finder.FindCurrent(ElementKinds.Integration, integrationSelector, request.Caller);
        var tenant = query.Text("tenantId") ?? query.Text("userId");
        var parentKey = query.Text(kind.ParentKeyName);
        var search = query.Text("search");
        var archived = query.Flag("includeArchived") == true;
        var enabled = query.Flag("enabled");
        var members = new[] { "id", kind.ParentMember, kind.UniversalMember, "instanceKey", "externalAppId" }
            .Select(name => (Name: name, Wanted: name is null ? null : query.Text(name)))
            .Where(member => member.Wanted is not null)
            .ToArray();
        return access.Lists.Page(
            request,
            kind.Collection,
            element =>
                ElementInstances.IsInstance(kind, element)
                && (archived || !element.IsArchived)
                && (connection is null || element.ConnectionId == connection.Id)
                && (integration is null || element.IntegrationId == integration.Id)
                && (tenant is null || element.TenantId == tenant)
                && (search is null || NameSearch.Matches(element, search))
                && (enabled is null || (element.Body.Member("enabled")?.ValueKind != JsonValueKind.False) == enabled)
                && (parentKey is null || KeyOfParent(kind, element) == parentKey)
                && members.All(member => element.Text(member.Name!) == member.Wanted)
        );
    }

    private string? KeyOfParent(ElementKind kind, StoredElement element) =>
        access.Store.Find(kind.Parent.Collection, element.Text(kind.ParentMember))?.Key ?? element.Key;

    private static void CheckIsCurrent(ElementKind kind, StoredElement instance)
    {
        if (instance.IsArchived)
        {
            throw ElementFinder.NotFound(kind, instance.Id);
        }
    }

    /// <summary>Returns the data collection of a data source, by its key or by its older path.</summary>
    private static string CollectionKey(StoredElement dataSource)
    {
        var path = dataSource.Text("path")?.TrimStart('/').Split('?')[0];
        return dataSource.Text("collectionKey")
            ?? (path?.StartsWith("data/", StringComparison.Ordinal) == true ? path.Substring("data/".Length) : null)
            ?? throw new ApiException(
                400,
                "configuration",
                null,
                $"The data source '{dataSource.Name}' names no data collection: set its collectionKey."
            );
    }

    private Reply Show(StoredElement element) => Reply.Json(writer => access.View.Write(writer, element));
}
