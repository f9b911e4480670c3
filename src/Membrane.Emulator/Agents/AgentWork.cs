using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Emulator.Apps;
using Membrane.Emulator.Authentication;
using Membrane.Emulator.Catalog;
using Membrane.Emulator.Connections;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Json;
using Membrane.Emulator.Ranking;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Agents;

/// <summary>What the agent does when its time has passed: builds what the prompt asks for, and says so.</summary>
internal sealed class AgentWork(EmulatorClock clock, ElementDrafts drafts, ConnectionService connecting)
{
    private EmulatorClock Clock => clock;

    /// <summary>Works on one input of the session, writes down in it what was built, and says what came of it.</summary>
    public AgentResult Do(StoreTransaction transaction, JsonObject session, string input)
    {
        var prompt = Prompt.Read(input);
        var builds = session.BuildsIn;
        var result =
            builds == Collections.Connections
                ? PrepareConnection(transaction, session, prompt, input)
                : prompt.Kind switch
                {
                    PromptKind.Connector => BuildConnector(transaction, session, prompt),
                    PromptKind.Action => BuildAction(transaction, session, prompt),
                    PromptKind.Flow => BuildFlow(transaction, session, prompt),
                    PromptKind.DataCollection => BuildCollection(transaction, session, prompt),
                    PromptKind.FieldMapping => BuildFieldMapping(transaction, session, prompt),
                    PromptKind.Extension => Extend(transaction, session, prompt),
                    PromptKind.NotEmulated => AgentResult.NotDone(
                        $"the emulator's agent builds no {prompt.Subject}. Create it with the API instead."
                    ),
                    _ => AgentResult.NotDone(
                        "say for example 'Build a connector for NAME (URL)' or 'Create an action to list tasks for connection ID'."
                    ),
                };
        if (!result.IsDone)
        {
            Abandon(transaction, session, result.Summary);
        }
        else if (builds is not null && builds != Collections.Connections)
        {
            Ready(transaction, session, builds);
        }

        return result;
    }

    /// <summary>Leaves behind what was being built when the session was stopped.</summary>
    public void Abandon(StoreTransaction transaction, JsonObject session, string reason)
    {
        if (
            session.BuildsIn is not { } collection
            || transaction.Find(collection, (string?)session["workspaceElementId"]) is not { State: ElementState.Building } element
        )
        {
            return;
        }

        var body = EmulatorJson.Edit(element.Body);
        body["state"] = ElementState.SetupFailed;
        body["errors"] = new JsonArray((JsonNode)new JsonObject { ["type"] = "configuration", ["message"] = reason });
        body["updatedAt"] = EmulatorJson.Time(Clock.Now);
        transaction.Put(collection, body);
    }

    private void Ready(StoreTransaction transaction, JsonObject session, string collection)
    {
        if (transaction.Find(collection, (string?)session["workspaceElementId"]) is not { State: ElementState.Building } element)
        {
            return;
        }

        var body = EmulatorJson.Edit(element.Body);
        body["state"] = ElementState.Ready;
        body["updatedAt"] = EmulatorJson.Time(Clock.Now);
        transaction.Put(collection, body);
    }

    /// <summary>Finds or builds the connector of a connection that waits for it, then asks the person to connect.</summary>
    private AgentResult PrepareConnection(StoreTransaction transaction, JsonObject session, Prompt prompt, string input)
    {
        if (
            transaction.Find(Collections.Connections, (string?)session["workspaceElementId"])
            is not { State: ElementState.Building } waiting
        )
        {
            return AgentResult.NotDone("the connection is not waiting for it any more.");
        }

        var tenantId = waiting.TenantId!;
        var caller = Principal.Tenant(tenantId);
        var name = prompt.Kind == PromptKind.Connector ? prompt.Subject : AppNameIn(transaction, input, caller) ?? input;
        var key = Slug.Of(name.Length > 60 ? name.Substring(0, 60) : name);
        var connector =
            transaction.FindByKey(Collections.Connectors, key).FirstOrDefault(one => caller.Sees(one) && !one.IsArchived)
            ?? BuildApp(transaction, name.Length > 60 ? name.Substring(0, 60) : name, prompt.Url, tenantId);
        var integration = transaction
            .All(Collections.Integrations)
            .FirstOrDefault(one => one.ConnectorId == connector.Id && !one.IsArchived && caller.Sees(one));
        var body = EmulatorJson.Edit(waiting.Body);
        ConnectionService.Aim(body, new ConnectionTarget(connector, integration, null));
        body["state"] = ElementState.ClientActionRequired;
        body["updatedAt"] = EmulatorJson.Time(Clock.Now);
        body.Remove("buildingAgentSessionId");
        body.OpenRequestId = connecting.Ask(transaction, tenantId, new JsonObject { ["connectionId"] = waiting.Id }).Id;
        var connection = connecting.ApproveConnection(transaction, transaction.Put(Collections.Connections, body));
        session["output"] = new JsonObject
        {
            ["elementType"] = "connection",
            ["id"] = waiting.Id,
            ["connectorId"] = connector.Id,
        };
        return AgentResult.Done(
            $"The connector for {connector.Name} ({connector.Id}) is ready; the connection {waiting.Id} "
                + (connection.State == ElementState.Ready ? "is ready, too." : "waits for a person to sign in.")
        );
    }

    /// <summary>Returns the app that a plain request such as "connect to Slack" names.</summary>
    private static string? AppNameIn(StoreTransaction transaction, string request, Principal caller)
    {
        var words = new HashSet<string>(TextAnalyzer.Split(request));
        return transaction
            .All(Collections.Connectors)
            .Where(connector =>
                !connector.IsArchived
                && caller.Sees(connector)
                && TextAnalyzer.Split(connector.Name) is { Count: > 0 } name
                && name.All(words.Contains)
            )
            .OrderByDescending(connector => connector.Name.Length)
            .FirstOrDefault()
            ?.Key;
    }

    private AgentResult BuildFlow(StoreTransaction transaction, JsonObject session, Prompt prompt)
    {
        var tenantId = (string?)session["tenantId"];
        if (Connection(transaction, session, prompt, tenantId) is not { } connection)
        {
            return NoConnection(prompt);
        }

        var caller = tenantId is null ? Principal.Manager : Principal.Tenant(tenantId);
        var actions = transaction
            .All(Collections.Actions)
            .Where(action => LayerCandidates.Offers(connection, action) && caller.Sees(action))
            .ToArray();
        var nodes = new JsonObject
        {
            ["trigger"] = new JsonObject { ["type"] = "api-trigger", ["name"] = "Start" },
        };
        var before = (JsonObject)nodes["trigger"]!;
        var steps = new List<string>();
        foreach (var step in Prompt.Steps(prompt.Subject))
        {
            var action = new Intent(step).Rank(actions).FirstOrDefault();
            if (action is null)
            {
                return AgentResult.NotDone($"no action of the connection can {step}. Ask for that action first.");
            }

            var nodeKey = $"{action.Key}-{steps.Count + 1}";
            before["links"] = new JsonArray((JsonNode)new JsonObject { ["key"] = nodeKey });
            before = new JsonObject
            {
                ["type"] = "run-action",
                ["name"] = action.Name,
                ["config"] = new JsonObject
                {
                    ["actionId"] = action.Id,
                    ["inputMapping"] = new JsonObject { ["$var"] = "$.input" },
                },
            };
            nodes[nodeKey] = before;
            steps.Add(action.Name);
        }

        var name = Name(prompt.Subject, connecting.Of(connection).Name);
        var content = new JsonObject
        {
            ["name"] = name,
            ["description"] = Sentence(prompt.Subject),
            ["nodes"] = nodes,
        };
        content["key"] = ElementDrafts.FreeKey(transaction, ElementKinds.Flow, Slug.Of(name), Place(connection));
        var body = drafts.New(transaction, ElementKinds.Flow, EmulatorJson.Freeze(content), caller, connection);
        var flow = transaction.Put(Collections.Flows, body);
        Report(session, "flow", flow);
        return AgentResult.Done(
            $"Created the flow '{flow.Name}' ({flow.Key}, {flow.Id}) for the connection {connection.Id}: {string.Join(", then ", steps)}."
        );
    }

    private AgentResult BuildCollection(StoreTransaction transaction, JsonObject session, Prompt prompt)
    {
        var tenantId = (string?)session["tenantId"];
        if (Connection(transaction, session, prompt, tenantId) is not { } connection)
        {
            return NoConnection(prompt);
        }

        var caller = tenantId is null ? Principal.Manager : Principal.Tenant(tenantId);
        var noun = Slug.Of(string.Join(" ", TextAnalyzer.Split(prompt.Subject).Where(word => !TextAnalyzer.IsStopWord(word)).Take(4)));
        var key = CollectionNames.Plural(noun);
        var name = CultureInfo.InvariantCulture.TextInfo.ToTitleCase(key.Replace('-', ' '));
        var content = new JsonObject
        {
            ["name"] = name,
            ["description"] = Sentence(prompt.Subject),
            ["collectionKey"] = key,
        };
        content["key"] = ElementDrafts.FreeKey(transaction, ElementKinds.DataSource, key, Place(connection));
        var source = transaction.Put(
            Collections.DataSources,
            drafts.New(transaction, ElementKinds.DataSource, EmulatorJson.Freeze(content), caller, connection)
        );
        Report(session, "data-source", source);
        session["output"]!["collectionKey"] = key;
        return AgentResult.Done($"Created the data collection '{key}' for the connection {connection.Id}.");
    }

    private AgentResult BuildFieldMapping(StoreTransaction transaction, JsonObject session, Prompt prompt)
    {
        var tenantId = (string?)session["tenantId"];
        if (Connection(transaction, session, prompt, tenantId) is not { } connection)
        {
            return NoConnection(prompt);
        }

        if (MappedFields.Of(prompt) is not { } fields)
        {
            return AgentResult.NotDone(
                "say which fields are mapped, as in 'Create a field mapping for contacts', or 'to map email to workEmail'."
            );
        }

        var caller = tenantId is null ? Principal.Manager : Principal.Tenant(tenantId);
        var content = new JsonObject
        {
            ["name"] = fields.Name,
            ["description"] = Sentence(prompt.Subject),
            ["direction"] = "both",
            ["importValue"] = fields.ImportValue(),
            ["exportValue"] = fields.ExportValue(),
        };
        content["key"] = ElementDrafts.FreeKey(transaction, ElementKinds.FieldMapping, Slug.Of(fields.Name), Place(connection));
        var mapping = transaction.Put(
            Collections.FieldMappings,
            drafts.New(transaction, ElementKinds.FieldMapping, EmulatorJson.Freeze(content), caller, connection)
        );
        Report(session, "field-mapping", mapping);
        return AgentResult.Done($"Created the field mapping '{mapping.Key}' ({mapping.Id}) for the connection {connection.Id}.");
    }

    /// <summary>Returns where an element of the connection stands, for the search of a free key.</summary>
    private static JsonObject Place(StoredElement connection) =>
        new()
        {
            ["connectionId"] = connection.Id,
            ["integrationId"] = connection.IntegrationId,
            ["tenantId"] = connection.TenantId,
        };

    private static AgentResult NoConnection(Prompt prompt) =>
        AgentResult.NotDone(
            prompt.Connection is null
                ? "name the connection, as in 'for connection con_…'."
                : $"there is no connection '{prompt.Connection}'."
        );

    private AgentResult BuildConnector(StoreTransaction transaction, JsonObject session, Prompt prompt)
    {
        var tenantId = (string?)session["tenantId"];
        var key = Slug.Of(prompt.Subject);
        var caller = tenantId is null ? Principal.Manager : Principal.Tenant(tenantId);
        if (transaction.FindByKey(Collections.Connectors, key).FirstOrDefault(one => caller.Sees(one) && !one.IsArchived) is { } present)
        {
            Report(session, "connector", present);
            return AgentResult.Done($"A connector for {present.Name} exists already: {present.Id}.");
        }

        var connector = BuildApp(transaction, prompt.Subject, prompt.Url, tenantId);
        Report(session, "connector", connector);
        return AgentResult.Done($"Built a connector for {connector.Name}: {connector.Id}. Create a connection with it to use it.");
    }

    /// <summary>Makes external app, connector and integration of an app that was not there before.</summary>
    private StoredElement BuildApp(StoreTransaction transaction, string name, string? url, string? tenantId)
    {
        var key = Slug.Of(name);
        var now = EmulatorJson.Time(Clock.Now);
        var appId = transaction.NewId("app");
        var connectorId = transaction.NewId("cnt");
        string[] categories = { "Custom" };
        var app = AppElements.ExternalApp(appId, key, transaction.NewUuid(), name, url, connectorId, categories);
        var connector = AppElements.Connector(connectorId, key, transaction.NewUuid(), name, appId, categories, 0);
        var integration = AppElements.Integration(
            transaction.NewId("int"),
            key,
            transaction.NewUuid(),
            name,
            url ?? "",
            connectorId,
            appId,
            categories,
            0,
            now
        );
        foreach (var body in new[] { app, connector })
        {
            body["isPublic"] = false;
            body["isReadOnly"] = false;
            if (tenantId is not null)
            {
                body["tenantId"] = tenantId;
            }
        }

        if (tenantId is not null)
        {
            integration.OwnerId = tenantId;
        }

        transaction.Put(Collections.ExternalApps, app);
        transaction.Put(Collections.Integrations, integration);
        return transaction.Put(Collections.Connectors, connector);
    }

    private AgentResult BuildAction(StoreTransaction transaction, JsonObject session, Prompt prompt)
    {
        var tenantId = (string?)session["tenantId"];
        var connection = Connection(transaction, session, prompt, tenantId);
        var waiting =
            session.BuildsIn == Collections.Actions ? transaction.Find(Collections.Actions, (string?)session["workspaceElementId"]) : null;
        if (connection is null && waiting is null)
        {
            return NoConnection(prompt);
        }

        var app = connection is not null
            ? connecting.Of(connection).Name
            : transaction.Find(Collections.Integrations, waiting!.IntegrationId)?.Name;
        var name = Name(prompt.Subject, app ?? "");
        var key = Slug.Of(name);
        var body = Draft(transaction, session, prompt, connection, name, key);
        if (
            connection is not null
            && transaction.FindByKey(Collections.Actions, key).FirstOrDefault(one => one.ConnectionId == connection.Id && !one.IsArchived)
                is { } present
        )
        {
            body["id"] = present.Id;
        }

        // What was asked for in the body of a request is there already, in its place, and waits.
        if (waiting is not null)
        {
            foreach (var given in waiting.Body.EnumerateObject())
            {
                if (given.Name is not ("state" or "updatedAt") && given.Value.ValueKind != JsonValueKind.Null)
                {
                    body[given.Name] = EmulatorJson.ToNode(given.Value);
                }
            }
        }

        Revision.Stamp(body);
        var action = transaction.Put(Collections.Actions, body);
        Report(session, "action", action);
        return AgentResult.Done(
            $"Created the action '{action.Name}' ({action.Key}, "
                + $"{action.Id}){(action.ConnectionId is { } place ? $" for the connection {place}" : "")}."
        );
    }

    private JsonObject Draft(
        StoreTransaction transaction,
        JsonObject session,
        Prompt prompt,
        StoredElement? connection,
        string name,
        string key
    )
    {
        var now = EmulatorJson.Time(Clock.Now);
        var body = new JsonObject
        {
            ["id"] = transaction.NewId("act"),
            ["uuid"] = transaction.NewUuid(),
            ["name"] = name,
            ["key"] = key,
            ["description"] = Sentence(prompt.Subject),
            ["state"] = ElementState.Ready,
            ["createdAt"] = now,
            ["updatedAt"] = now,
            ["type"] = "run-javascript",
            ["config"] = new JsonObject { ["code"] = "// Written by the emulator's agent: " + prompt.Subject.Replace('\n', ' ') },
        };
        if (session["id"] is { } sessionId)
        {
            body["agentSessionId"] = sessionId.DeepClone();
        }

        if (connection is not null)
        {
            body["connectionId"] = connection.Id;
            body["tenantId"] = connection.TenantId;
            body["userId"] = connection.TenantId;
        }

        if (connection?.IntegrationId is not null)
        {
            body["integrationId"] = connection.IntegrationId;
        }

        if (connection?.ExternalAppId is not null)
        {
            body["externalAppId"] = connection.ExternalAppId;
        }

        if (prompt.Fields.Count > 0)
        {
            var plan = ActionPlan.Of(key, name);
            var schema = plan.Verb is ActionVerb.Create or ActionVerb.Upsert or ActionVerb.Perform
                ? ActionSchemas.Object(
                    new RecordShape(prompt.Fields.Select((field, index) => new RecordField(field, "string", index == 0))),
                    withRequired: true
                )
                : EmulatorJson.Edit(ActionSchemas.Input(plan));
            AddFields(schema, prompt.Fields);
            body["inputSchema"] = schema;
        }

        return body;
    }

    private AgentResult Extend(StoreTransaction transaction, JsonObject session, Prompt prompt)
    {
        if (BuiltConnector(transaction, session) is { } connector)
        {
            Describe(transaction, Collections.Connectors, connector, EmulatorJson.Edit(connector.Body), prompt);
            return AgentResult.Done($"The connector for {connector.Name} ({connector.Id}) now supports {prompt.Subject}.");
        }

        if (Built(transaction, session) is not { } action)
        {
            return AgentResult.NotChanged("there is no action and no connector of this session to change.");
        }

        var body = EmulatorJson.Edit(action.Body);
        var schema = body["inputSchema"] as JsonObject ?? EmulatorJson.Edit(ActionSchemas.Input(action.Plan));
        AddFields(schema, prompt.Fields);
        if (schema.Parent is null)
        {
            body["inputSchema"] = schema;
        }

        Describe(transaction, Collections.Actions, action, body, prompt);
        return AgentResult.Done($"The action '{action.Name}' ({action.Id}) now supports {prompt.Subject}.");
    }

    private void Describe(StoreTransaction transaction, string collection, StoredElement element, JsonObject body, Prompt prompt)
    {
        body["description"] = $"{element.Text("description")} Supports {prompt.Subject}.".Trim();
        body["updatedAt"] = EmulatorJson.Time(Clock.Now);
        Revision.Stamp(body);
        transaction.Put(collection, body);
    }

    /// <summary>Returns the connector of the session, if it was built and is not one of the catalog.</summary>
    private static StoredElement? BuiltConnector(StoreTransaction transaction, JsonObject session) =>
        (string?)session["workspaceElementType"] == "connector"
        && transaction.Find(Collections.Connectors, (string?)session["workspaceElementId"]) is { IsArchived: false } connector
        && connector.Body.Member("isReadOnly")?.ValueKind != JsonValueKind.True
        && connector.TenantId == (string?)session["tenantId"]
            ? connector
            : null;

    private static void AddFields(JsonObject schema, IEnumerable<string> fields)
    {
        var properties = schema["properties"] as JsonObject ?? new JsonObject();
        if (properties.Parent is null)
        {
            schema["properties"] = properties;
        }

        foreach (var field in fields)
        {
            if (!properties.ContainsKey(field))
            {
                properties[field] = new JsonObject { ["type"] = "string" };
            }
        }
    }

    /// <summary>Returns the action of the session; a tenant's session may change only those of the tenant's connections.</summary>
    private static StoredElement? Built(StoreTransaction transaction, JsonObject session) =>
        (string?)session["workspaceElementType"] == "action"
        && transaction.Find(Collections.Actions, (string?)session["workspaceElementId"]) is { IsArchived: false } action
        && ((string?)session["tenantId"] is not { } tenantId || (action.TenantId == tenantId && action.ConnectionId is not null))
            ? action
            : null;

    /// <summary>Finds the connection: the one named, or the session's, or the only one of an app that the request names.</summary>
    private StoredElement? Connection(StoreTransaction transaction, JsonObject session, Prompt prompt, string? tenantId)
    {
        bool Usable(StoredElement one) => !one.IsArchived && (tenantId is null || one.TenantId == tenantId);
        if (session.SubjectConnectionId is { } given)
        {
            return transaction.Find(Collections.Connections, given);
        }

        // The request has said where the element belongs; an integration's is not some tenant's.
        if (session.BuildsIn is not null)
        {
            return null;
        }

        if (prompt.Connection is { } named)
        {
            return transaction.Find(Collections.Connections, named) is { } byId && Usable(byId)
                ? byId
                : transaction.FindByKey(Collections.Connections, named).FirstOrDefault(Usable);
        }

        if (
            (string?)session["workspaceElementType"] == "connection"
            && transaction.Find(Collections.Connections, (string?)session["workspaceElementId"]) is { } subject
            && Usable(subject)
        )
        {
            return subject;
        }

        HashSet<string> words = new(TextAnalyzer.Split(prompt.Subject));
        var fitting = transaction
            .All(Collections.Connections)
            .Where(Usable)
            .Where(one => TextAnalyzer.Split(connecting.Of(one).Name).All(words.Contains))
            .ToArray();
        return fitting.Length == 1 ? fitting[0] : null;
    }

    private static void Report(JsonObject session, string type, StoredElement element)
    {
        session["workspaceElementType"] = type;
        session["workspaceElementId"] = element.Id;
        session["title"] = (string?)session["title"] ?? $"{char.ToUpperInvariant(type[0])}{type.Substring(1)}: {element.Name}";
        session["output"] = new JsonObject
        {
            ["elementType"] = type,
            ["id"] = element.Id,
            ["key"] = element.Key,
            ["name"] = element.Name,
        };
        if (element.ConnectionId is not null)
        {
            session["output"]!["connectionId"] = element.ConnectionId;
        }
    }

    /// <summary>Returns the name of an action from a request: <c>list Slack channels</c> becomes <c>List Channels</c>.</summary>
    private static string Name(string request, string app)
    {
        var appWords = new HashSet<string>(TextAnalyzer.Split(app));
        var words = TextAnalyzer
            .Split(request)
            .Where(word => word is not ("a" or "an" or "the" or "all" or "new" or "s" or "my") && !appWords.Contains(word))
            .ToList();
        var end = words.FindIndex(
            Math.Min(2, words.Count),
            word =>
                word
                    is "to"
                        or "from"
                        or "in"
                        or "on"
                        or "for"
                        or "with"
                        or "of"
                        or "into"
                        or "via"
                        or "that"
                        or "which"
                        or "assigned"
                        or "so"
        );
        if (end > 0)
        {
            words = words.Take(end).ToList();
        }

        var name = string.Join(" ", words.Take(6));
        return name.Length == 0 ? "Custom Action" : CultureInfo.InvariantCulture.TextInfo.ToTitleCase(name);
    }

    private static string Sentence(string request) => char.ToUpperInvariant(request[0]) + request.Substring(1).TrimEnd('.') + ".";
}
