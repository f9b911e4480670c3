using Membrane.Client.Json;
using Membrane.Client.Paging;

namespace Membrane.Client.Agents;

internal static class AgentSessionReader
{
    public static ModelReader<AgentSession> One { get; } =
        new ModelReader<AgentSession>(static () => new AgentSession())
            .Text("id", static (session, value) => session.Id = value)
            .Text("status", static (session, value) => session.Status = value)
            .Text("state", static (session, value) => session.State = value)
            .Text("prompt", static (session, value) => session.Prompt = value)
            .Text("summary", static (session, value) => session.Summary = value)
            .Text("title", static (session, value) => session.Title = value)
            .Text("agentName", static (session, value) => session.AgentName = value)
            .Model("error", static () => ElementFields.Error, static (session, value) => session.Error = value)
            .Any("output", static (session, value) => session.Output = value)
            .Text("type", static (session, value) => session.Type = value)
            .Text("workspaceElementType", static (session, value) => session.WorkspaceElementType = value)
            .Text("workspaceElementId", static (session, value) => session.WorkspaceElementId = value)
            .Text("workspaceId", static (session, value) => session.WorkspaceId = value)
            .Text("orgWorkspaceId", static (session, value) => session.OrgWorkspaceId = value)
            .Text("tenantId", static (session, value) => session.TenantId = value)
            .Text("userId", static (session, value) => session.UserId = value)
            .Flag("hasWorker", static (session, value) => session.HasWorker = value)
            .Flag("isExternal", static (session, value) => session.IsExternal = value)
            .Number("cost", static (session, value) => session.Cost = value)
            .Time("lastActivityAt", static (session, value) => session.LastActivityAt = value)
            .Time("createdAt", static (session, value) => session.CreatedAt = value)
            .Time("updatedAt", static (session, value) => session.UpdatedAt = value);

    public static PageReader<AgentSession> Page { get; } = new(One);

    public static ModelReader<AgentSessionInterruption> Interruption { get; } =
        new ModelReader<AgentSessionInterruption>(static () => new AgentSessionInterruption()).Flag(
            "interrupted",
            static (answer, value) => answer.Interrupted = value
        );
}
