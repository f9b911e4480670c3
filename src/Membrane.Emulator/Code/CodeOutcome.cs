using System.Text.Json.Nodes;
using Membrane.Emulator.Http;

namespace Membrane.Emulator.Code;

/// <summary>What came of code.</summary>
/// <param name="output">What it returned; null also for nothing.</param>
/// <param name="logs">What it wrote to its console.</param>
/// <param name="error">Why it failed; null where it did not.</param>
internal sealed class CodeOutcome(JsonNode? output, JsonArray logs, ApiException? error)
{
    public JsonNode? Output { get; } = output;

    public JsonArray Logs { get; } = logs;

    public ApiException? Error { get; } = error;
}
