using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Flows;

/// <summary>The emulator's own fields of flow runs.</summary>
internal static class FlowRunFields
{
    private const string FlowNodesName = "_flowNodes";
    private const string NodeRunsName = "_runs";

    extension(StoredElement run)
    {
        /// <summary>Gets the nodes of the flow as they were when the run began.</summary>
        public JsonElement FlowNodes => run.Body.GetProperty(FlowNodesName);

        /// <summary>Gets the runs of the nodes with their outputs, by the key of the node.</summary>
        public JsonElement NodeRuns => run.Body.GetProperty(NodeRunsName);

        /// <summary>Gets whether the run has not ended.</summary>
        public bool IsUnfinished => run.State is FlowRunState.Queued or FlowRunState.Running;
    }

    extension(JsonObject run)
    {
        /// <summary>Sets the nodes of the flow as they are when the run begins.</summary>
        public JsonNode? FlowNodes
        {
            set => run[FlowNodesName] = value;
        }

        /// <summary>Gets or sets the runs of the nodes with their outputs, by the key of the node.</summary>
        public JsonObject NodeRuns
        {
            get => (JsonObject)run[NodeRunsName]!;
            set => run[NodeRunsName] = value;
        }
    }
}
