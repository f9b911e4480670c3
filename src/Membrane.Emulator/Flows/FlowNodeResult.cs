using System;
using System.Collections.Generic;
using System.Text.Json.Nodes;
using Membrane.Emulator.Http;

namespace Membrane.Emulator.Flows;

/// <summary>What came of one node: outputs, each of which goes on along the links, or an error, or nothing.</summary>
internal sealed class FlowNodeResult
{
    private FlowNodeResult(string status, IReadOnlyList<JsonNode?> outputs, ApiException? error)
    {
        Status = status;
        Outputs = outputs;
        Error = error;
    }

    /// <summary>A filter that lets nothing through.</summary>
    public static FlowNodeResult Skipped { get; } = new(FlowRunState.Skipped, Array.Empty<JsonNode?>(), null);

    public string Status { get; }

    public IReadOnlyList<JsonNode?> Outputs { get; }

    public ApiException? Error { get; }

    /// <summary>What code wrote to its console.</summary>
    public JsonArray Logs { get; private init; } = [];

    public FlowNodeResult With(JsonArray? logs) => new(Status, Outputs, Error) { Logs = logs ?? [] };

    public static FlowNodeResult Of(params JsonNode?[] outputs) => new(FlowRunState.Completed, outputs, null);

    public static FlowNodeResult Failed(ApiException error) => new(FlowRunState.Failed, Array.Empty<JsonNode?>(), error);
}
