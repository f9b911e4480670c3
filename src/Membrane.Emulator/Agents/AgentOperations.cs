using System;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Membrane.Emulator.Authentication;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Agents;

/// <summary>Agent sessions: begun, watched, spoken to and stopped.</summary>
internal sealed class AgentOperations(ElementAccess access, AgentService agents, string workspaceId)
{
    public void AddTo(HandlerTable table)
    {
        table.Add("listAgentSessions", List);
        table.Add("createAgentSession", Create);
        table.Add("getAgentSession", Get);
        table.Add("patchAgentSession", Patch);
        table.Add("interruptAgentSession", request => Reply.Json(new JsonObject { ["interrupted"] = agents.Interrupt(Find(request).Id) }));
        table.Add("sendAgentSessionMessage", request => Show(agents.Send(Find(request).Id, request.Text("input")!)));
        table.Add("stopAgentSession", request => Show(agents.Stop(Find(request).Id)));
        table.Add("listAgentSessionMessages", Messages);
    }

    private Reply Create(OperationRequest request)
    {
        var session = request.EditBody();
        foreach (var unused in new[] { "promptAttachments", "testCustomerId", "modelId" })
        {
            session.Remove(unused);
        }

        var agentName = (string?)session["agentName"] ?? "membrane";
        session["agentName"] = agentName;
        session["workspaceId"] = workspaceId;
        session["type"] = agentName;
        session["workspaceElementType"] ??= agentName == "connection-building" ? "connection" : "action";
        session["workspaceElementId"] ??= workspaceId;
        if (request.Caller.TenantId is { } tenantId)
        {
            session["tenantId"] = tenantId;
            session["userId"] = tenantId;
        }

        return Show(agents.Begin(session));
    }

    private Reply List(OperationRequest request)
    {
        var query = request.Query;
        var type = query.Text("workspaceElementType");
        var id = query.Text("workspaceElementId");
        var harness = query.Text("agentHarnessId");
        var status = query.Text("status");
        var external = query.Flag("isExternal");
        var from = Moment(query.Text("startDatetime"));
        var to = Moment(query.Text("endDatetime"));
        return access.Lists.Page(
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

    private async Task<Reply> Get(OperationRequest request)
    {
        var id = Find(request).Id;
        if (request.Query.Flag("wait") == true)
        {
            var timeout = TimeSpan.FromSeconds(request.Query.Number("timeout") ?? 30);
            await access.Store.WaitUntil(
                () => access.Store.Find(Collections.AgentSessions, id) is not { IsBusy: true },
                timeout,
                request.Shutdown
            );
        }

        return Show(Find(request));
    }

    private Reply Patch(OperationRequest request)
    {
        var id = Find(request).Id;
        return Show(
            access.Store.Change(transaction =>
            {
                var body = EmulatorJson.Edit(transaction.Find(Collections.AgentSessions, id)!.Body);
                foreach (var change in request.Body.EnumerateObject())
                {
                    body[change.Name] = EmulatorJson.ToNode(change.Value);
                }

                var now = EmulatorJson.Time(access.Clock.Now);
                body["updatedAt"] = now;
                if (!request.Body.TryGetProperty("lastActivityAt", out _))
                {
                    body["lastActivityAt"] = now;
                }

                return transaction.Put(Collections.AgentSessions, body);
            })
        );
    }

    private Reply Messages(OperationRequest request)
    {
        var id = Find(request).Id;
        return access.Lists.Page(request, Collections.AgentMessages, message => message.Text("sessionId") == id);
    }

    private StoredElement Find(OperationRequest request)
    {
        var session = access.Store.Find(Collections.AgentSessions, request.Selector);
        return session is not null && IsOf(session, request.Caller)
            ? session
            : throw ApiException.NotFound($"There is no agent session '{UrlEncoding.Shorten(request.Selector)}'.");
    }

    /// <summary>Returns whether the caller may see the session: tenants do not see those of a manager.</summary>
    private static bool IsOf(StoredElement session, Principal caller) => caller.IsManager || session.TenantId == caller.TenantId;

    private static DateTimeOffset? Moment(string? text) => EmulatorJson.TryReadTime(text, out var moment) ? moment : null;

    private Reply Show(StoredElement session) => Reply.Json(writer => access.View.Write(writer, session));
}
