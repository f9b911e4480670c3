using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using Membrane.Emulator.Apps;
using Membrane.Emulator.Authentication;
using Membrane.Emulator.Catalog;
using Membrane.Emulator.Connections;
using Membrane.Emulator.Json;
using Membrane.Emulator.Search;
using Membrane.Emulator.Store;
using Membrane.Emulator.Workspace;

namespace Membrane.Emulator.Agents;

/// <summary>What the agent does when its time has passed: builds what the prompt asks for, and says so.</summary>
internal sealed class AgentWork
{
    private readonly WorkspaceStore store;
    private readonly EmulatorClock clock;
    private readonly ConnectionService connecting;

    public AgentWork(WorkspaceStore store, EmulatorClock clock, ConnectionService connecting)
    {
        this.store = store;
        this.clock = clock;
        this.connecting = connecting;
    }

    /// <summary>Works on one input of the session, writes down in it what was built, and gives the summary.</summary>
    public string Do(StoreTransaction transaction, JsonObject session, string input)
    {
        Prompt prompt = Prompt.Read(input);
        return prompt.Kind switch
        {
            PromptKind.Connector => BuildConnector(transaction, session, prompt),
            PromptKind.Action => BuildAction(transaction, session, prompt),
            PromptKind.Extension => Extend(transaction, session, prompt),
            _ => "Nothing was built: say for example 'Build a connector for NAME (URL)' or 'Create an action to list tasks for connection ID'.",
        };
    }

    private string BuildConnector(StoreTransaction transaction, JsonObject session, Prompt prompt)
    {
        string? tenantId = (string?)session["tenantId"];
        string key = Slug.Of(prompt.Subject);
        Principal caller = tenantId is null ? Principal.Manager : Principal.Tenant(tenantId);
        if (transaction.FindByKey(Collections.Connectors, key).FirstOrDefault(one => caller.Sees(one) && !one.IsArchived) is { } present)
        {
            Report(session, "connector", present);
            return $"A connector for {present.Name} exists already: {present.Id}.";
        }

        Element connector = BuildApp(transaction, prompt.Subject, prompt.Url, tenantId);
        Report(session, "connector", connector);
        return $"Built a connector for {connector.Name}: {connector.Id}. Create a connection with it to use it.";
    }

    /// <summary>External app, connector and integration of an app that nobody had.</summary>
    public Element BuildApp(StoreTransaction transaction, string name, string? url, string? tenantId)
    {
        string key = Slug.Of(name);
        string now = JsonText.Time(clock.Now);
        string appId = transaction.NewId("app");
        string connectorId = transaction.NewId("cnt");
        string[] categories = { "Custom" };
        JsonObject app = AppElements.ExternalApp(appId, key, transaction.NewUuid(), name, url, connectorId, categories);
        JsonObject connector = AppElements.Connector(connectorId, key, transaction.NewUuid(), name, appId, categories, 0);
        JsonObject integration = AppElements.Integration(transaction.NewId("int"), key, transaction.NewUuid(), name, url ?? "", connectorId, appId, categories, 0, now);
        foreach (JsonObject body in new[] { app, connector })
        {
            body["isPublic"] = false;
            body["isReadOnly"] = false;
            if (tenantId is not null)
                body["tenantId"] = tenantId;
        }

        if (tenantId is not null)
            integration["_tenantId"] = tenantId;

        transaction.Put(Collections.ExternalApps, app);
        transaction.Put(Collections.Integrations, integration);
        return transaction.Put(Collections.Connectors, connector);
    }

    private string BuildAction(StoreTransaction transaction, JsonObject session, Prompt prompt)
    {
        string? tenantId = (string?)session["tenantId"];
        Element? connection = Connection(transaction, session, prompt, tenantId);
        if (connection is null)
        {
            return prompt.Connection is null
                ? "Nothing was built: name the connection, as in 'for connection con_…'."
                : $"Nothing was built: there is no connection '{prompt.Connection}'.";
        }

        string name = Name(prompt.Subject, connecting.Of(connection).Name);
        string key = Slug.Of(name);
        JsonObject body = Draft(transaction, session, prompt, connection, name, key);
        if (transaction.FindByKey(Collections.Actions, key).FirstOrDefault(one => one.ConnectionId == connection.Id && !one.IsArchived) is { } present)
            body["id"] = present.Id;

        Revision.Stamp(body);
        Element action = transaction.Put(Collections.Actions, body);
        Report(session, "action", action);
        return $"Created the action '{action.Name}' ({action.Key}, {action.Id}) for the connection {connection.Id}.";
    }

    private JsonObject Draft(StoreTransaction transaction, JsonObject session, Prompt prompt, Element connection, string name, string key)
    {
        string now = JsonText.Time(clock.Now);
        var body = new JsonObject
        {
            ["id"] = transaction.NewId("act"),
            ["uuid"] = transaction.NewUuid(),
            ["name"] = name,
            ["key"] = key,
            ["description"] = Sentence(prompt.Subject),
            ["state"] = "READY",
            ["createdAt"] = now,
            ["updatedAt"] = now,
            ["connectionId"] = connection.Id,
            ["tenantId"] = connection.TenantId,
            ["userId"] = connection.TenantId,
            ["type"] = "run-javascript",
            ["config"] = new JsonObject { ["code"] = "// Written by the emulator's agent: " + prompt.Subject.Replace('\n', ' ') },
        };
        if (session["id"] is { } sessionId)
            body["agentSessionId"] = sessionId.DeepClone();

        if (connection.IntegrationId is not null)
            body["integrationId"] = connection.IntegrationId;

        if (connection.ExternalAppId is not null)
            body["externalAppId"] = connection.ExternalAppId;

        if (prompt.Fields.Count > 0)
        {
            ActionPlan plan = ActionPlan.Of(key, name);
            JsonObject schema = plan.Verb is ActionVerb.Create or ActionVerb.Upsert or ActionVerb.Perform
                ? ActionSchemas.Object(new RecordShape(prompt.Fields.Select((field, index) => new RecordField(field, "string", index == 0))), withRequired: true)
                : JsonText.Edit(ActionSchemas.Input(plan));
            AddFields(schema, prompt.Fields);
            body["inputSchema"] = schema;
        }

        return body;
    }

    private string Extend(StoreTransaction transaction, JsonObject session, Prompt prompt)
    {
        if (Built(transaction, session) is not { } action)
            return "Nothing was changed: there is no action of this session to change.";

        JsonObject body = JsonText.Edit(action.Body);
        JsonObject schema = body["inputSchema"] as JsonObject ?? JsonText.Edit(ActionSchemas.Input(action.Plan));
        AddFields(schema, prompt.Fields);
        if (schema.Parent is null)
            body["inputSchema"] = schema;

        body["description"] = $"{action.Text("description")} Supports {prompt.Subject}.".Trim();
        body["updatedAt"] = JsonText.Time(clock.Now);
        Revision.Stamp(body);
        transaction.Put(Collections.Actions, body);
        return $"The action '{action.Name}' ({action.Id}) now supports {prompt.Subject}.";
    }

    private static void AddFields(JsonObject schema, IEnumerable<string> fields)
    {
        JsonObject properties = schema["properties"] as JsonObject ?? new JsonObject();
        if (properties.Parent is null)
            schema["properties"] = properties;

        foreach (string field in fields)
        {
            if (!properties.ContainsKey(field))
                properties[field] = new JsonObject { ["type"] = "string" };
        }
    }

    private static Element? Built(StoreTransaction transaction, JsonObject session) =>
        (string?)session["workspaceElementType"] == "action" ? transaction.Find(Collections.Actions, (string?)session["workspaceElementId"]) : null;

    /// <summary>The connection that is meant: named, or the session's subject, or the only one of an app that the wish names.</summary>
    private Element? Connection(StoreTransaction transaction, JsonObject session, Prompt prompt, string? tenantId)
    {
        bool Usable(Element one) => !one.IsArchived && (tenantId is null || one.TenantId == tenantId);
        if (prompt.Connection is { } named)
        {
            return transaction.Find(Collections.Connections, named) is { } byId && Usable(byId)
                ? byId
                : transaction.FindByKey(Collections.Connections, named).FirstOrDefault(Usable);
        }

        if ((string?)session["workspaceElementType"] == "connection"
            && transaction.Find(Collections.Connections, (string?)session["workspaceElementId"]) is { } subject && Usable(subject))
        {
            return subject;
        }

        HashSet<string> words = new(Words.Split(prompt.Subject));
        Element[] fitting = transaction.All(Collections.Connections).Where(Usable)
            .Where(one => Words.Split(connecting.Of(one).Name).All(words.Contains))
            .ToArray();
        return fitting.Length == 1 ? fitting[0] : null;
    }

    private void Report(JsonObject session, string type, Element element)
    {
        session["workspaceElementType"] = type;
        session["workspaceElementId"] = element.Id;
        session["title"] = (string?)session["title"] ?? $"{char.ToUpperInvariant(type[0])}{type.Substring(1)}: {element.Name}";
        session["output"] = new JsonObject { ["elementType"] = type, ["id"] = element.Id, ["key"] = element.Key, ["name"] = element.Name };
        if (store.Find(element.Collection, element.Id) is { ConnectionId: { } connectionId })
            session["output"]!["connectionId"] = connectionId;
    }

    /// <summary>The name of an action out of a wish: <c>list Slack channels</c> becomes <c>List Channels</c>.</summary>
    private static string Name(string wish, string app)
    {
        var appWords = new HashSet<string>(Words.Split(app));
        List<string> words = Words.Split(wish).Where(word => word is not ("a" or "an" or "the" or "all" or "new" or "s" or "my") && !appWords.Contains(word)).ToList();
        int end = words.FindIndex(Math.Min(2, words.Count), word => word is "to" or "from" or "in" or "on" or "for" or "with" or "of" or "into" or "via" or "that" or "which" or "assigned" or "so");
        if (end > 0)
            words = words.Take(end).ToList();

        string name = string.Join(" ", words.Take(6));
        return name.Length == 0 ? "Custom Action" : CultureInfo.InvariantCulture.TextInfo.ToTitleCase(name);
    }

    private static string Sentence(string wish) => char.ToUpperInvariant(wish[0]) + wish.Substring(1).TrimEnd('.') + ".";
}
