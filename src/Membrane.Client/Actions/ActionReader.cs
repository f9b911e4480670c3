using Membrane.Client.Json;
using Membrane.Client.Paging;

namespace Membrane.Client.Actions;

internal static class ActionReader
{
    public static ModelReader<MembraneAction> One { get; } =
        new ModelReader<MembraneAction>(static () => new MembraneAction())
            .Element()
            .RepeatedText("type", static (action, value) => action.Type = value)
            .Any("inputSchema", static (action, value) => action.InputSchema = value)
            .Any("outputSchema", static (action, value) => action.OutputSchema = value)
            .RepeatedText("integrationId", static (action, value) => action.IntegrationId = value)
            .Text("integrationKey", static (action, value) => action.IntegrationKey = value)
            .RepeatedText("connectionId", static (action, value) => action.ConnectionId = value)
            .Text("instanceKey", static (action, value) => action.InstanceKey = value)
            .RepeatedText("parentId", static (action, value) => action.ParentId = value)
            .Text("universalParentId", static (action, value) => action.UniversalParentId = value)
            .Flag("isUniversal", static (action, value) => action.IsUniversal = value)
            .Flag("isCustomized", static (action, value) => action.IsCustomized = value)
            .Flag("isPublic", static (action, value) => action.IsPublic = value)
            .RepeatedText("externalAppId", static (action, value) => action.ExternalAppId = value)
            .RepeatedText("tenantId", static (action, value) => action.TenantId = value)
            .RepeatedText("userId", static (action, value) => action.UserId = value)
            .Any("config", static (action, value) => action.Config = value)
            .Any("outputMapping", static (action, value) => action.OutputMapping = value)
            .Any("customOutputSchema", static (action, value) => action.CustomOutputSchema = value)
            .Text("agentSessionId", static (action, value) => action.AgentSessionId = value)
            .Any("integration", static (action, value) => action.Integration = value);

    public static PageReader<MembraneAction> Page { get; } = new(One);

    public static ModelReader<ActionRun> Run { get; } =
        new ModelReader<ActionRun>(static () => new ActionRun())
            .Any("output", static (run, value) => run.Output = value)
            .Text("actionRunId", static (run, value) => run.ActionRunId = value);
}
