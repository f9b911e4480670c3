using System.Linq;
using System.Text.Json.Nodes;
using Membrane.Client.Json;
using Membrane.Client.Schemas;
using Membrane.Client.Tools.Schemas;

namespace Membrane.Client.Tools;

/// <summary>Parameters of the tools that are not actions themselves.</summary>
internal static class ToolInput
{
    public static InputShape Shape(JsonObject properties, params string[] required) =>
        InputShape.Of(
            JsonNodes.ToElement(
                new JsonObject
                {
                    ["type"] = SchemaTypes.Object,
                    ["properties"] = properties,
                    ["required"] = SchemaMerge.Names(required),
                    ["additionalProperties"] = false,
                }
            )
        );

    /// <exception cref="MembraneActionInputException">The input does not match the schema of the parameters.</exception>
    public static void Require(JsonNode? input, InputShape shape)
    {
        var schema = JsonSchema.Parse(JsonNodes.ToElement(shape.Schema));
        var violations = schema.Check(JsonNodes.ToElement(input ?? new JsonObject()));
        if (violations.Count > 0)
        {
            throw new MembraneActionInputException(
                ErrorIds.InvalidActionInput,
                "The tool's input is not valid: " + string.Join(" ", violations),
                null,
                violations.Select(static one => new ActionInputProblem(one.Path, one.Pointer, one.Keyword, one.Message)).ToArray()
            );
        }
    }

    public static string? Text(JsonNode? input, string name) => input?[name]?.GetValue<string>();

    // A number such as 5.0 is whole, too.
    public static int? Number(JsonNode? input, string name) => input?[name] is JsonValue value ? (int)value.GetValue<double>() : null;
}
