using System.Linq;
using System.Text.Json.Nodes;
using Membrane.Emulator.Apps;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;

namespace Membrane.Emulator.Dashboard;

/// <summary>The records of one store, page by page.</summary>
internal sealed class RecordPages(Records records)
{
    private const int PageSize = 50;

    /// <exception cref="ApiException">400: the query does not name a store, or its cursor is of another one.</exception>
    public JsonObject Read(QueryValues query)
    {
        var (connectionId, collection) = (query.Text("connectionId"), query.Text("collection"));
        if (connectionId is null || collection is null)
        {
            throw ApiException.BadRequest("'connectionId' and 'collection' name the store.");
        }

        var (page, cursor) = records.Page(connectionId, collection, query.Text("cursor"), PageSize, static _ => true);
        return new JsonObject
        {
            ["items"] = new JsonArray([.. page.Select(static record => EmulatorJson.ToNode(record.Body))]),
            ["cursor"] = cursor,
        };
    }
}
