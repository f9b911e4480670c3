using System.Linq;
using System.Text.Json.Nodes;
using Membrane.Client.Json;

namespace Membrane.Client.Tools.Calls;

/// <summary>The outcome of a call: a value, or an error that tells the model what to correct.</summary>
internal sealed class ToolOutcome
{
    private ToolOutcome(JsonNode? value, bool isError)
    {
        Value = value;
        IsError = isError;
    }

    public JsonNode? Value { get; }

    public bool IsError { get; }

    /// <summary>Makes the outcome of an action's output.</summary>
    /// <exception cref="MembraneInputException">The value cannot be written as JSON.</exception>
    public static ToolOutcome Success(object? output, IObjectAdapter objects) =>
        new(output as JsonNode ?? JsonNodes.Of(JsonNodes.Element(output, objects, "Output")), isError: false);

    /// <summary>Makes an error that is only a sentence.</summary>
    public static ToolOutcome Failure(string errorId, string message) =>
        new(
            new JsonObject
            {
                ["error"] = new JsonObject { ["id"] = errorId, ["message"] = message },
            },
            isError: true
        );

    /// <summary>
    /// An error: what went wrong, field by field where the input was wrong, and whether the action may have run anyway.
    /// </summary>
    public static ToolOutcome Failure(MembraneException exception)
    {
        var error = new JsonObject { ["id"] = exception.ErrorId, ["message"] = exception.Message };
        if (exception is MembraneApiException api)
        {
            error["type"] = api.Type;
            error["key"] = api.Key;
        }

        if (exception is MembraneActionInputException input)
        {
            error["problems"] = new JsonArray(
                input
                    .Problems.Select(static problem => (JsonNode?)new JsonObject { ["path"] = problem.Path, ["message"] = problem.Message })
                    .ToArray()
            );
        }

        if (exception.Outcome == RequestOutcome.Unknown)
        {
            error["mayHaveBeenDone"] = true;
        }

        foreach (var name in error.Where(static member => member.Value is null).Select(static member => member.Key).ToArray())
        {
            error.Remove(name);
        }

        return new ToolOutcome(new JsonObject { ["error"] = error }, isError: true);
    }
}
