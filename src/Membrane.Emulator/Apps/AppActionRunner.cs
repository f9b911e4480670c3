using System;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Apps;

/// <summary>Does what an action's plan says, on the records of a connection.</summary>
internal sealed class AppActionRunner(Records records)
{
    public JsonNode Run(ActionPlan plan, string collection, string connectionId, JsonElement input)
    {
        switch (plan.Verb)
        {
            case ActionVerb.Create:
                return Flat(records.Create(connectionId, collection, Fields(input)));
            case ActionVerb.Upsert:
                return Id(input) is { Length: > 0 } id
                    ? Flat(records.Upsert(connectionId, collection, id, Fields(input)))
                    : Flat(records.Create(connectionId, collection, Fields(input)));
            case ActionVerb.List:
                return List(collection, connectionId, input, record => Records.Matches(record, input.Member("filter")));
            case ActionVerb.Search:
                var query = input.Text("query") ?? "";
                return List(collection, connectionId, input, record => Records.Matches(record, query));
            case ActionVerb.Get:
                return Flat(records.Get(connectionId, collection, Id(input)));
            case ActionVerb.GetBy:
                return GetBy(plan, collection, connectionId, input);
            case ActionVerb.Update:
                return Flat(records.Update(connectionId, collection, Id(input), Fields(input)));
            case ActionVerb.Mark:
                var marks = Fields(input);
                marks["status"] = plan.Word;
                return Flat(records.Update(connectionId, collection, Id(input), marks));
            case ActionVerb.Delete:
                records.Delete(connectionId, collection, Id(input));
                return new JsonObject { ["id"] = Id(input), ["deleted"] = true };
            default:
                var result = Fields(input);
                result["operation"] = plan.Word;
                return Flat(records.Create(connectionId, collection, result));
        }
    }

    /// <summary>A record as an app would give it: its fields beside its id and times.</summary>
    public static JsonObject Flat(StoredElement record)
    {
        var flat = new JsonObject { ["id"] = record.Id };
        var body = record.Body;
        foreach (var field in body.GetProperty("fields").EnumerateObject())
        {
            if (field.Name != "id")
            {
                flat[field.Name] = EmulatorJson.ToNode(field.Value);
            }
        }

        flat["createdAt"] = body.Text("createdTime");
        flat["updatedAt"] = body.Text("updatedTime");
        return flat;
    }

    private JsonObject List(string collection, string connectionId, JsonElement input, Func<StoredElement, bool> filter)
    {
        var limit =
            input.Member("limit") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var wanted)
                ? Math.Min(1000, Math.Max(1, wanted))
                : Records.DefaultPage;
        (var found, var cursor) = records.Page(connectionId, collection, input.Text("cursor"), limit, filter);
        var page = new JsonObject { ["items"] = new JsonArray(found.Select(record => (JsonNode)Flat(record)).ToArray()) };
        if (cursor is not null)
        {
            page["cursor"] = cursor;
        }

        return page;
    }

    private JsonObject GetBy(ActionPlan plan, string collection, string connectionId, JsonElement input)
    {
        var query = EmulatorJson.Freeze(new JsonObject { [plan.Field!] = EmulatorJson.ToNode(input.Member(plan.Field!) ?? default) });
        (var found, _) = records.Page(connectionId, collection, null, 1, record => Records.Matches(record, query));
        return found.Length > 0 ? Flat(found[0]) : throw Http.ApiException.NotFound($"No record in '{collection}' has this {plan.Field}.");
    }

    private static JsonObject Fields(JsonElement input) =>
        input.ValueKind == JsonValueKind.Object ? EmulatorJson.Edit(input) : new JsonObject { ["value"] = EmulatorJson.ToNode(input) };

    private static string Id(JsonElement input) => input.Member("id") is { } id ? id.ToString() : "";
}
