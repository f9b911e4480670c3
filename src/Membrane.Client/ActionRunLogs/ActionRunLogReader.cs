using Membrane.Client.Json;
using Membrane.Client.Paging;

namespace Membrane.Client.ActionRunLogs;

internal static class ActionRunLogReader
{
    public static ModelReader<ActionRunLog> One { get; } =
        new ModelReader<ActionRunLog>(static () => new ActionRunLog())
            .Text("id", static (log, value) => log.Id = value)
            .Text("name", static (log, value) => log.Name = value)
            .RepeatedText("status", static (log, value) => log.Status = value)
            .RepeatedText("connectionId", static (log, value) => log.ConnectionId = value)
            .RepeatedText("integrationId", static (log, value) => log.IntegrationId = value)
            .RepeatedText("externalAppId", static (log, value) => log.ExternalAppId = value)
            .Text("integrationActionId", static (log, value) => log.IntegrationActionId = value)
            .Text("connectionActionId", static (log, value) => log.ConnectionActionId = value)
            .Text("universalActionId", static (log, value) => log.UniversalActionId = value)
            .RepeatedText("actionId", static (log, value) => log.ActionId = value)
            .Any("input", static (log, value) => log.Input = value)
            .Any("output", static (log, value) => log.Output = value)
            .Model("error", static () => ElementFields.Error, static (log, value) => log.Error = value)
            .Number("duration", static (log, value) => log.Duration = value)
            .Time("createdAt", static (log, value) => log.CreatedAt = value)
            .Time("completedAt", static (log, value) => log.CompletedAt = value)
            .Any("meta", static (log, value) => log.Meta = value)
            .Any("action", static (log, value) => log.Action = value)
            .Any("actionInstance", static (log, value) => log.ActionInstance = value)
            .Any("integration", static (log, value) => log.Integration = value)
            .Any("connection", static (log, value) => log.Connection = value)
            .Any("user", static (log, value) => log.User = value)
            .RepeatedText("tenantId", static (log, value) => log.TenantId = value)
            .RepeatedText("userId", static (log, value) => log.UserId = value);

    public static PageReader<ActionRunLog> Page { get; } = new(One);
}
