using Membrane.Client.Json;
using Membrane.Client.Paging;

namespace Membrane.Client.Flows;

internal static class FlowReader
{
    public static ModelReader<Flow> One { get; } =
        new ModelReader<Flow>(static () => new Flow())
            .Element()
            .RepeatedText("integrationId", static (flow, value) => flow.IntegrationId = value)
            .Text("integrationKey", static (flow, value) => flow.IntegrationKey = value)
            .RepeatedText("connectionId", static (flow, value) => flow.ConnectionId = value)
            .Text("instanceKey", static (flow, value) => flow.InstanceKey = value)
            .Flag("isUniversal", static (flow, value) => flow.IsUniversal = value)
            .RepeatedText("externalAppId", static (flow, value) => flow.ExternalAppId = value)
            .RepeatedText("flowId", static (flow, value) => flow.FlowId = value)
            .Text("universalFlowId", static (flow, value) => flow.UniversalFlowId = value)
            .Any("parametersSchema", static (flow, value) => flow.ParametersSchema = value)
            .Any("parameters", static (flow, value) => flow.Parameters = value)
            .Flag("enabled", static (flow, value) => flow.Enabled = value)
            .Any("nodes", static (flow, value) => flow.Nodes = value)
            .Flag("autoCreateInstances", static (flow, value) => flow.AutoCreateInstances = value)
            .Flag("isCustomized", static (flow, value) => flow.IsCustomized = value)
            .RepeatedText("userId", static (flow, value) => flow.UserId = value)
            .RepeatedText("tenantId", static (flow, value) => flow.TenantId = value)
            .Any("integration", static (flow, value) => flow.Integration = value)
            .Any("connection", static (flow, value) => flow.Connection = value);

    public static PageReader<Flow> Page { get; } = new(One);

    public static ModelReader<FlowRun> Run { get; } =
        new ModelReader<FlowRun>(static () => new FlowRun())
            .RepeatedText("userId", static (run, value) => run.UserId = value)
            .RepeatedText("tenantId", static (run, value) => run.TenantId = value)
            .Text("id", static (run, value) => run.Id = value)
            .RepeatedText("integrationId", static (run, value) => run.IntegrationId = value)
            .RepeatedText("connectionId", static (run, value) => run.ConnectionId = value)
            .RepeatedText("externalAppId", static (run, value) => run.ExternalAppId = value)
            .Text("name", static (run, value) => run.Name = value)
            .Text("connectionFlowId", static (run, value) => run.ConnectionFlowId = value)
            .Text("integrationFlowId", static (run, value) => run.IntegrationFlowId = value)
            .Text("universalFlowId", static (run, value) => run.UniversalFlowId = value)
            .Text("flowInstanceId", static (run, value) => run.FlowInstanceId = value)
            .RepeatedText("flowId", static (run, value) => run.FlowId = value)
            .Text("startNodeKey", static (run, value) => run.StartNodeKey = value)
            .Any("input", static (run, value) => run.Input = value)
            .RepeatedText("state", static (run, value) => run.State = value)
            .Time("startTime", static (run, value) => run.StartTime = value)
            .Time("endTime", static (run, value) => run.EndTime = value)
            .Models("errors", static () => ElementFields.Error, static (run, value) => run.Errors = value)
            .Any("nodes", static (run, value) => run.Nodes = value)
            .Any("launchedBy", static (run, value) => run.LaunchedBy = value)
            .Any("meta", static (run, value) => run.Meta = value);

    public static PageReader<FlowRun> Runs { get; } = new(Run);

    public static ModelReader<FlowNodeRun> NodeRun { get; } =
        new ModelReader<FlowNodeRun>(static () => new FlowNodeRun())
            .Text("id", static (run, value) => run.Id = value)
            .Any("upstreamRuns", static (run, value) => run.UpstreamRuns = value)
            .Any("input", static (run, value) => run.Input = value)
            .RepeatedText("status", static (run, value) => run.Status = value)
            .Any("logs", static (run, value) => run.Logs = value)
            .Any("outputs", static (run, value) => run.Outputs = value)
            .Models("errors", static () => ElementFields.Error, static (run, value) => run.Errors = value);

    public static PageReader<FlowNodeRun> NodeRuns { get; } = new(NodeRun, "items", "runs");
}
