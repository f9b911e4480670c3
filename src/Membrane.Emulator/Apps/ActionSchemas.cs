using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Emulator.Json;

namespace Membrane.Emulator.Apps;

/// <summary>The input and output schemas that follow from what an action does.</summary>
internal static class ActionSchemas
{
    private static readonly ConcurrentDictionary<string, JsonElement> Cache = new(StringComparer.Ordinal);

    public static JsonElement Input(ActionPlan plan) => Cached("in", plan, MakeInput);

    public static JsonElement Output(ActionPlan plan) => Cached("out", plan, MakeOutput);

    /// <summary>Returns an object schema with the fields of a shape.</summary>
    public static JsonObject Object(RecordShape shape, bool withRequired)
    {
        var properties = new JsonObject();
        foreach (var field in shape.Fields)
        {
            properties[field.Name] = field.ToSchema();
        }

        var schema = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["additionalProperties"] = true,
        };
        if (withRequired && shape.Fields.Any(field => field.Required))
        {
            schema["required"] = new JsonArray(shape.Fields.Where(field => field.Required).Select(field => (JsonNode)field.Name).ToArray());
        }

        return schema;
    }

    private static JsonElement Cached(string direction, ActionPlan plan, Func<ActionPlan, JsonObject> make) =>
        Cache.GetOrAdd($"{direction}/{plan.Verb}/{plan.Noun}/{plan.Field}", _ => EmulatorJson.Freeze(make(plan)));

    private static JsonObject MakeInput(ActionPlan plan)
    {
        switch (plan.Verb)
        {
            case ActionVerb.Create:
            case ActionVerb.Upsert:
                var create = Object(RecordShape.Of(plan.Noun), withRequired: true);
                if (plan.Verb == ActionVerb.Upsert)
                {
                    create["properties"]!["id"] = Text("The record to change, if there is one.");
                }

                return create;
            case ActionVerb.Update:
                var update = Object(RecordShape.Of(plan.Noun), withRequired: false);
                update["properties"]!["id"] = Text("The record to change.");
                update["required"] = new JsonArray("id");
                return update;
            case ActionVerb.Get:
            case ActionVerb.Delete:
                return Needs("id", "The record.");
            case ActionVerb.Mark:
                var mark = Needs("id", "The record.");
                mark["additionalProperties"] = true;
                return mark;
            case ActionVerb.GetBy:
                return Needs(plan.Field!, "What to look for.");
            case ActionVerb.Search:
                return new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = new JsonObject
                    {
                        ["query"] = Text("Text that the records hold."),
                        ["limit"] = Limit(),
                        ["cursor"] = Text("Where the page begins."),
                    },
                    ["required"] = new JsonArray("query"),
                    ["additionalProperties"] = true,
                };
            case ActionVerb.List:
                return new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = new JsonObject
                    {
                        ["limit"] = Limit(),
                        ["cursor"] = Text("Where the page begins."),
                        ["filter"] = new JsonObject { ["type"] = "object", ["description"] = "Fields that the records must have." },
                    },
                    ["additionalProperties"] = true,
                };
            default:
                return new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = new JsonObject(),
                    ["additionalProperties"] = true,
                };
        }
    }

    private static JsonObject MakeOutput(ActionPlan plan)
    {
        var record = Object(RecordShape.Of(plan.Noun), withRequired: false);
        record["properties"]!["id"] = new JsonObject { ["type"] = "string" };
        record["properties"]!["createdAt"] = Time();
        record["properties"]!["updatedAt"] = Time();
        record["required"] = new JsonArray("id");
        switch (plan.Verb)
        {
            case ActionVerb.List:
            case ActionVerb.Search:
                return new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = new JsonObject
                    {
                        ["items"] = new JsonObject { ["type"] = "array", ["items"] = record },
                        ["cursor"] = new JsonObject { ["type"] = "string" },
                    },
                    ["required"] = new JsonArray("items"),
                };
            case ActionVerb.Delete:
                return new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = new JsonObject
                    {
                        ["id"] = new JsonObject { ["type"] = "string" },
                        ["deleted"] = new JsonObject { ["type"] = "boolean" },
                    },
                    ["required"] = new JsonArray("id", "deleted"),
                };
            default:
                return record;
        }
    }

    private static JsonObject Needs(string field, string description) =>
        new()
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { [field] = Text(description) },
            ["required"] = new JsonArray((JsonNode)field),
        };

    private static JsonObject Text(string description) => new() { ["type"] = "string", ["description"] = description };

    private static JsonObject Limit() =>
        new()
        {
            ["type"] = "integer",
            ["minimum"] = 1,
            ["maximum"] = 1000,
        };

    private static JsonObject Time() => new() { ["type"] = "string", ["format"] = "date-time" };
}
