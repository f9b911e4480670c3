using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Http;
using Membrane.Emulator.Ranking;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Search;

/// <summary>Searching the workspace by name and by meaning.</summary>
internal sealed class SearchOperations(ElementAccess access)
{
    private const int DefaultLimit = 25;

    public void AddTo(HandlerTable table)
    {
        table.Add("searchWorkspaceElements", ByName);
        table.Add("semanticSearchWorkspaceElements", ByMeaning);
    }

    private Reply ByName(OperationRequest request)
    {
        var ranked = NameSearch.Rank(Candidates(request), request.Query.Text("q") ?? "").ToArray();
        return access.Lists.PageOf(request, ranked, DefaultLimit, WriteHit);
    }

    private Reply ByMeaning(OperationRequest request)
    {
        var ranked = new Intent(request.Query.Text("q") ?? "").Rank(Candidates(request).ToArray());
        var limit = ElementLists.Limit(request, DefaultLimit);
        return Reply.Json(writer =>
        {
            writer.WriteStartArray();
            foreach (var element in ranked.Take(limit))
            {
                WriteHit(writer, element);
            }

            writer.WriteEndArray();
        });
    }

    private IEnumerable<StoredElement> Candidates(OperationRequest request)
    {
        IEnumerable<ElementKind> kinds = ElementKinds.Searchable;
        if (request.Query.Text("elementType") is { } type)
        {
            kinds = ElementKinds.OfType(type) is { } kind ? new[] { kind } : Enumerable.Empty<ElementKind>();
        }

        return kinds
            .Where(kind => kind != ElementKinds.Tenant || request.Caller.IsManager)
            .SelectMany(kind => access.Store.All(kind.Collection, element => !element.IsArchived && request.Caller.Sees(element)));
    }

    private void WriteHit(Utf8JsonWriter writer, StoredElement element)
    {
        writer.WriteStartObject();
        writer.WriteString("elementType", ElementKinds.Searchable.First(kind => kind.Collection == element.Collection).Type);
        writer.WritePropertyName("element");
        access.View.Write(writer, element);
        writer.WriteEndObject();
    }
}
