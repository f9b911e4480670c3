using System;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Membrane.Emulator.Authentication;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;
using Membrane.Emulator.Workspace;

namespace Membrane.Emulator.Agents;

/// <summary>Agent sessions: begun, watched, spoken to and stopped.</summary>
internal sealed class AgentOperations(EmulatorWorkspace workspace)
{
    public void AddTo(HandlerTable table)
    {
        table.Add("listAgentSessions", List);
        table.Add("createAgentSession", Create);
        table.Add("getAgentSession", Get);
        table.Add("patchAgentSession", Patch);
        table.Add(
            "interruptAgentSession",
            request => Reply.Json(new JsonObject { ["interrupted"] = workspace.Agents.Interrupt(Find(request).Id) })
        );
        table.Add("sendAgentSessionMessage", request => Show(workspace.Agents.Send(Find(request).Id, request.Text("input")!)));
        table.Add("stopAgentSession", request => Show(workspace.Agents.Stop(Find(request).Id)));
        table.Add("listAgentSessionMessages", Messages);
    }

    private Reply Create(ApiRequest request)
    {
        var session = request.EditBody();
        foreach (var unused in new[] { "promptAttachments", "testCustomerId", "modelId" })
        {
            session.Remove(unused);
        }

        var agentName = (string?)session["agentName"] ?? "membrane";
        session["agentName"] = agentName;
        session["workspaceId"] = workspace.WorkspaceId;
        session["type"] = agentName;
        session["workspaceElementType"] ??= agentName == "connection-building" ? "connection" : "action";
        session["workspaceElementId"] ??= workspace.WorkspaceId;
        if (request.Caller.TenantId is { } tenantId)
        {
            session["tenantId"] = tenantId;
            session["userId"] = tenantId;
        }

        return Show(workspace.Agents.Begin(session));
    }

    private Reply List(ApiRequest request)
    {
        var query = request.Query;
        var type = query.Text("workspaceElementType");
        var id = query.Text("workspaceElementId");
        var harness = query.Text("agentHarnessId");
        var status = query.Text("status");
        var external = query.Flag("isExternal");
        var from = Moment(query.Text("startDatetime"));
        var to = Moment(query.Text("endDatetime"));
        return workspace.Lists.Page(
            request,
            Collections.AgentSessions,
            session =>
                IsOf(session, request.Caller)
                && (type is null || type.Equals(session.Text("workspaceElementType"), StringComparison.OrdinalIgnoreCase))
                && (id is null || session.Text("workspaceElementId") == id)
                && (harness is null || session.Text("agentHarnessId") == harness)
                && (status is null || session.Text("status") == status)
                && (external is null || session.Body.Flag("isExternal") == external)
                && (from is null || Moment(session.Text("createdAt")) >= from)
                && (to is null || Moment(session.Text("createdAt")) <= to),
            newestFirst: true
        );
    }

    private async Task<Reply> Get(ApiRequest request)
    {
        var id = Find(request).Id;
        if (request.Query.Flag("wait") == true)
        {
            var timeout = TimeSpan.FromSeconds(request.Query.Number("timeout") ?? 30);
            await workspace.Store.WaitUntil(
                () => workspace.Store.Find(Collections.AgentSessions, id)?.State != "busy",
                timeout,
                request.Shutdown
            );
        }

        return Show(Find(request));
    }

    private Reply Patch(ApiRequest request)
    {
        var id = Find(request).Id;
        return Show(
            workspace.Store.Change(transaction =>
            {
                var body = JsonText.Edit(transaction.Find(Collections.AgentSessions, id)!.Body);
                foreach (var change in request.Body.EnumerateObject())
                {
                    body[change.Name] = JsonText.ToNode(change.Value);
                }

                var now = JsonText.Time(workspace.Clock.Now);
                body["updatedAt"] = now;
                if (!request.Body.TryGetProperty("lastActivityAt", out _))
                {
                    body["lastActivityAt"] = now;
                }

                return transaction.Put(Collections.AgentSessions, body);
            })
        );
    }

    private Reply Messages(ApiRequest request)
    {
        var id = Find(request).Id;
        return workspace.Lists.Page(request, Collections.AgentMessages, message => message.Text("sessionId") == id);
    }

    private Element Find(ApiRequest request)
    {
        var session = workspace.Store.Find(Collections.AgentSessions, request.Selector);
        return session is not null && IsOf(session, request.Caller)
            ? session
            : throw ApiException.NotFound($"There is no agent session '{Percent.Shorten(request.Selector)}'.");
    }

    /// <summary>A session acts for whoever began it: what a manager began is not for tenants.</summary>
    private static bool IsOf(Element session, Principal caller) => caller.IsManager || session.TenantId == caller.TenantId;

    private static DateTimeOffset? Moment(string? text) => JsonText.TryReadTime(text, out var moment) ? moment : null;

    private Reply Show(Element session) => Reply.Json(writer => workspace.View.Write(writer, session));
}
