using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Flows;

/// <summary>Writes what a node did into the run: the counts that are shown, and the runs and outputs behind them.</summary>
internal static class FlowRunRecord
{
    public static void Add(JsonObject run, string key, JsonElement input, FlowNodeResult result)
    {
        var runs = run.NodeRuns;
        var kept = runs[key] as JsonArray ?? new JsonArray();
        if (kept.Parent is null)
        {
            runs[key] = kept;
        }

        var runId = (string)run["id"]!;
        var nodeRunId = IdSource.Derived("nr", $"{runId}/{key}/{kept.Count}");
        kept.Add(
            (JsonNode)
                new JsonObject
                {
                    ["id"] = nodeRunId,
                    ["upstreamRuns"] = new JsonArray(),
                    ["input"] = EmulatorJson.ToNode(input),
                    ["status"] = result.Status,
                    ["logs"] = result.Logs.DeepClone(),
                    ["outputs"] = new JsonArray(
                        result
                            .Outputs.Select(
                                (output, index) =>
                                    (JsonNode)
                                        new JsonObject
                                        {
                                            ["id"] = IdSource.Derived("out", $"{nodeRunId}/{index}"),
                                            ["data"] = output?.DeepClone(),
                                            ["downstreamRuns"] = new JsonArray(),
                                        }
                            )
                            .ToArray()
                    ),
                    ["errors"] = result.Error is null ? new JsonArray() : new JsonArray(result.Error.ToJson()),
                }
        );
        ((JsonObject)run["nodes"]!)[key] = new JsonObject
        {
            ["state"] = result.Error is null ? FlowRunState.Completed : FlowRunState.Failed,
            ["runs"] = kept.Count,
            ["erroredRuns"] = kept.Count(one => (string)one!["status"]! == FlowRunState.Failed),
            ["outputs"] = kept.Sum(one => ((JsonArray)one!["outputs"]!).Count),
        };
    }
}
