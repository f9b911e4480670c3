using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Client.Schemas;
using Membrane.Emulator.Apps;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Actions;

/// <summary>Checks the input of actions with the checker that the module itself uses, so that both say the same.</summary>
internal static class ActionInput
{
    private const int ReportedViolations = 20;

    private static readonly ConditionalWeakTable<StoredElement, Compiled> Schemas = new();

    /// <summary>Refuses input that does not meet the action's schema, naming the fields.</summary>
    public static void Check(StoredElement action, JsonElement input)
    {
        // A schema that cannot be used says nothing about the input.
        if (Schemas.GetValue(action, Compile).Schema is not { } schema || schema.IsValid(input))
        {
            return;
        }

        var violations = schema.Check(input);
        var errors = violations
            .Take(ReportedViolations)
            .Select(violation =>
                (JsonNode)
                    new JsonObject
                    {
                        ["path"] = violation.Pointer,
                        ["keyword"] = violation.Keyword,
                        ["message"] = violation.Message,
                    }
            );
        throw ApiException.BadRequest(
            violations[0].Message,
            new JsonObject { ["path"] = "/input" + violations[0].Pointer, ["errors"] = new JsonArray(errors.ToArray()) }
        );
    }

    private static Compiled Compile(StoredElement action) =>
        new(
            JsonSchema.TryParse(action.Body.Member("inputSchema") ?? ActionSchemas.Input(action.Plan), out var schema, out _)
                ? schema
                : null
        );

    private sealed class Compiled(JsonSchema? schema)
    {
        public JsonSchema? Schema { get; } = schema;
    }
}
