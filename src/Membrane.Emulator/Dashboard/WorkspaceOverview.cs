using System;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Emulator.Connections;
using Membrane.Emulator.Json;
using Membrane.Emulator.OAuth;
using Membrane.Emulator.Pages;
using Membrane.Emulator.Store;
using Membrane.Emulator.Workspaces;

namespace Membrane.Emulator.Dashboard;

/// <summary>What the workspace holds, the newest of each kind first, without credentials and without end.</summary>
internal sealed class WorkspaceOverview(WorkspaceStore store, WorkspaceSettings settings, OpenSignIns signIns)
{
    private const int Most = 200;
    private const int LongestText = 400;

    /// <summary>Changes with everything that is shown.</summary>
    public string Version =>
        store.Changes.ToString(CultureInfo.InvariantCulture) + "-" + string.Join("-", signIns.All().Select(static one => one.Since.Ticks));

    public JsonObject Show() =>
        new()
        {
            ["name"] = settings.Current.Name,
            ["key"] = settings.Current.Key,
            ["connections"] = List(Collections.Connections, static one => !one.IsArchived, ShowConnection),
            ["waiting"] = Waiting(),
            ["stores"] = Stores(),
            ["agentSessions"] = List(Collections.AgentSessions, static _ => true, ShowSession),
            ["flowRuns"] = List(Collections.FlowRuns, static _ => true, ShowRun),
        };

    private JsonObject List(string collection, Func<StoredElement, bool> filter, Func<StoredElement, JsonObject> show)
    {
        var all = store.From(collection, null, int.MaxValue, descending: true, filter);
        return new JsonObject { ["total"] = all.Length, ["items"] = new JsonArray([.. all.Take(Most).Select(one => (JsonNode)show(one))]) };
    }

    private JsonObject ShowConnection(StoredElement connection) =>
        new()
        {
            ["id"] = connection.Id,
            ["name"] = Short(connection.Name),
            ["key"] = connection.Key,
            ["state"] = connection.State,
            ["app"] = AppOf(connection),
            ["tenant"] = TenantOf(connection),
            ["updatedAt"] = connection.Text("updatedAt"),
            ["error"] = Short(connection.Body.Member("error")?.Text("message")),
            ["page"] =
                connection.State == ElementState.ClientActionRequired && connection.OpenRequestId is { } requestId
                    ? RequestPage.PathOf(requestId)
                    : null,
        };

    /// <summary>Returns what waits for a person, with the path of the page for it.</summary>
    private JsonObject Waiting()
    {
        var waiting = List(
            Collections.ConnectionRequests,
            static request => request.RequestStatus == ConnectionRequestStatus.Pending,
            request => new JsonObject
            {
                ["kind"] = "connection",
                ["app"] = AppOf(request),
                ["tenant"] = TenantOf(request),
                ["since"] = request.Text("createdAt"),
                ["page"] = RequestPage.PathOf(request.Id),
            }
        );
        foreach (var signIn in signIns.All())
        {
            ((JsonArray)waiting["items"]!).Insert(
                0,
                new JsonObject
                {
                    ["kind"] = "sign-in",
                    ["app"] = Short(signIn.ClientName),
                    ["since"] = EmulatorJson.Time(signIn.Since),
                    ["page"] = signIn.Path,
                }
            );
            waiting["total"] = (int)waiting["total"]! + 1;
        }

        return waiting;
    }

    private JsonObject Stores()
    {
        var found = store
            .Names(Collections.AllRecords)
            .Select(name => (Parts: name.Substring(Collections.AllRecords.Length).Split(['/'], 2), Count: store.Count(name)))
            .Where(static one => one.Count > 0)
            .OrderBy(static one => one.Parts[1], StringComparer.Ordinal)
            .ToArray();
        return new JsonObject
        {
            ["total"] = found.Length,
            ["items"] = new JsonArray([
                .. found
                    .Take(Most)
                    .Select(one =>
                        (JsonNode)
                            new JsonObject
                            {
                                ["connectionId"] = one.Parts[0],
                                ["connection"] = Short(store.Find(Collections.Connections, one.Parts[0])?.Name),
                                ["collection"] = one.Parts[1],
                                ["count"] = one.Count,
                            }
                    ),
            ]),
        };
    }

    private JsonObject ShowSession(StoredElement session) =>
        new()
        {
            ["id"] = session.Id,
            ["prompt"] = Short(session.Text("prompt")),
            ["agent"] = session.Text("agentName"),
            ["status"] = session.Text("status"),
            ["state"] = session.State,
            ["summary"] = Short(session.Text("summary")),
            ["tenant"] = TenantOf(session),
            ["updatedAt"] = session.Text("updatedAt"),
        };

    private JsonObject ShowRun(StoredElement run) =>
        new()
        {
            ["id"] = run.Id,
            ["name"] = Short(run.Name),
            ["state"] = run.State,
            ["launchedBy"] = run.Body.Member("launchedBy")?.Text("type"),
            ["connection"] = Short(store.Find(Collections.Connections, run.ConnectionId)?.Name),
            ["tenant"] = TenantOf(run),
            ["startTime"] = run.Text("startTime"),
            ["endTime"] = run.Text("endTime"),
            ["error"] =
                run.Body.Member("errors") is { ValueKind: JsonValueKind.Array } errors && errors.GetArrayLength() > 0
                    ? Short(errors[0].Text("message"))
                    : null,
        };

    private string? AppOf(StoredElement element)
    {
        var connection = store.Find(Collections.Connections, element.ConnectionId);
        return Short(
            (
                store.Find(Collections.Integrations, element.IntegrationId ?? connection?.IntegrationId)
                ?? store.Find(Collections.Connectors, element.ConnectorId ?? connection?.ConnectorId)
            )?.Name
                ?? connection?.Name
        );
    }

    private string? TenantOf(StoredElement element) =>
        store.Find(Collections.Customers, element.TenantId) is { } tenant ? Short(tenant.Text("internalId") ?? tenant.Name) : null;

    private static string? Short(string? text) =>
        text is { Length: > LongestText }
            ? text.Substring(0, char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText) + "…"
            : text;
}
