using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Http;
using Membrane.Emulator.Instances;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.DataLinks;

/// <summary>Which record of the customer's app is which record of the external app: the links in the data link tables of connections.</summary>
internal sealed class DataLinkOperations(ElementAccess access)
{
    private const string BothWays = "both";

    private readonly InstanceFinder instances = new(access);

    public void AddTo(HandlerTable table)
    {
        table.Add("getDataLinkTableLinks", request => List(request, Table(request).Id));
        table.Add("createDataLinkTableLink", Create);
        table.Add("deleteDataLinkTableLink", Delete);
        table.Add("listDataLinks", request => List(request, request.Query.Text("dataLinkTableInstanceId")!));
        table.Add("deleteDataLink", DeleteById);
    }

    private Reply List(OperationRequest request, string tableId)
    {
        var appRecordId = request.Query.Text("appRecordId");
        var externalRecordId = request.Query.Text("externalRecordId");
        var direction = request.Query.Text("direction");
        return access.Lists.Page(
            request,
            Collections.DataLinks,
            link =>
                link.Text("dataLinkTableInstanceId") == tableId
                && (appRecordId is null || link.Text("appRecordId") == appRecordId)
                && (externalRecordId is null || link.Text("externalRecordId") == externalRecordId)
                && (direction is null || link.Text("direction") is var way && (way == direction || way == BothWays))
        );
    }

    private Reply Create(OperationRequest request)
    {
        var table = Table(request);
        access.Store.Change(transaction =>
        {
            if (transaction.All(Collections.DataLinks).Any(link => Is(link, table, request.Body, request.Text("direction") ?? BothWays)))
            {
                return;
            }

            transaction.Put(
                Collections.DataLinks,
                new JsonObject
                {
                    ["id"] = transaction.NewId("dtl"),
                    ["dataLinkTableInstanceId"] = table.Id,
                    ["externalRecordId"] = request.Text("externalRecordId"),
                    ["appRecordId"] = request.Text("appRecordId"),
                    ["direction"] = request.Text("direction") ?? BothWays,
                    OwnerId = table.TenantId,
                }
            );
        });
        return Reply.NoContent;
    }

    private Reply Delete(OperationRequest request)
    {
        var table = Table(request);
        access.Store.Change(transaction =>
        {
            var found = transaction
                .All(Collections.DataLinks)
                .Where(link => Is(link, table, request.Body, request.Text("direction")))
                .ToArray();
            if (found.Length == 0)
            {
                throw ApiException.NotFound("There is no such link in the data link table.");
            }

            foreach (var link in found)
            {
                transaction.Remove(Collections.DataLinks, link.Id);
            }
        });
        return Reply.Done;
    }

    private Reply DeleteById(OperationRequest request)
    {
        var id = request.Route("dataLinkId");
        access.Store.Change(transaction =>
        {
            if (transaction.Find(Collections.DataLinks, id) is not { } link || !request.Caller.Sees(link))
            {
                throw ApiException.NotFound($"There is no data link '{UrlEncoding.Shorten(id)}'.");
            }

            transaction.Remove(Collections.DataLinks, id);
        });
        return Reply.Done;
    }

    private static bool Is(StoredElement link, StoredElement table, JsonElement named, string? direction) =>
        link.Text("dataLinkTableInstanceId") == table.Id
        && link.Text("appRecordId") == named.Text("appRecordId")
        && link.Text("externalRecordId") == named.Text("externalRecordId")
        && (direction is null || link.Text("direction") == direction);

    /// <summary>Returns the table of a connection: the one that the path names, or what a connection has of that.</summary>
    private StoredElement Table(OperationRequest request)
    {
        var selector = request.Route("idOrKey");
        var table =
            access.Store.Find(Collections.DataLinkTables, selector) is { ConnectionId: not null } named && request.Caller.Sees(named)
                ? named
                : instances.Find(ElementKinds.DataLinkTable, request, selector);
        return table.IsArchived ? throw ElementFinder.NotFound(ElementKinds.DataLinkTable, selector) : table;
    }
}
