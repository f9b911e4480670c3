using System;
using System.Linq;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Ranking;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Events;

/// <summary>A log of events or of pulls, as the callers that see its entries read it.</summary>
/// <param name="access">The elements.</param>
/// <param name="collection">Where the entries are.</param>
/// <param name="entryName">What messages call an entry.</param>
/// <param name="timeMember">The member that says when it happened.</param>
/// <param name="filters">The parameters of the list that name members.</param>
internal sealed class EventRecords(ElementAccess access, string collection, string entryName, string timeMember, params string[] filters)
{
    public Reply List(OperationRequest request)
    {
        var query = request.Query;
        var tenant = query.Text("tenantId") ?? query.Text("userId");
        var search = query.Text("search");
        var from = query.Moment("from") ?? query.Moment("startDatetime");
        var to = query.Moment("to") ?? query.Moment("endDatetime");
        return access.Lists.Page(
            request,
            collection,
            one =>
                (tenant is null || one.TenantId == tenant)
                && (search is null || NameSearch.Matches(one, search))
                && filters.All(name => query.Text(name) is not { } wanted || one.Text(name) == wanted)
                && (from is null || Moment(one) >= from)
                && (to is null || Moment(one) <= to),
            newestFirst: true
        );
    }

    public Reply Get(OperationRequest request)
    {
        var id = request.Route("id");
        return access.Store.Find(collection, id) is { } found && request.Caller.Sees(found)
            ? Reply.Json(writer => access.View.Write(writer, found))
            : throw ApiException.NotFound($"There is no {entryName} '{UrlEncoding.Shorten(id)}'.");
    }

    private DateTimeOffset Moment(StoredElement one) => EmulatorJson.TryReadTime(one.Text(timeMember), out var moment) ? moment : default;
}
