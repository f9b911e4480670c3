using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Tests.Support;
using Xunit;

namespace Membrane.Emulator.Tests;

public sealed class TenantSeparationTests
{
    [Fact]
    public async Task What_belongs_to_one_tenant_does_not_exist_for_another()
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("hubspot");
        var request = (await workspace.Alice.Post("/connection-requests", new { integrationKey = "slack" })).Ok();
        var session = await workspace.Ask($"Create an action to list invoices for connection {connection}");
        var action = session.Json.GetProperty("output").GetProperty("id").GetString()!;
        await workspace.Ask("Build a connector for Notion (https://notion.so)");
        var bob = workspace.Bob;

        Assert.Empty((await bob.Get("/connections")).Ok().Items);
        Assert.Empty((await bob.Get("/agent/sessions")).Ok().Items);
        Assert.Empty((await bob.Get("/search?q=notion")).Ok().Items);
        foreach (
            var path in new[]
            {
                $"/connections/{connection}",
                $"/connection-requests/{request["requestId"]}",
                $"/agent/sessions/{session["id"]}",
                $"/actions/{action}",
                $"/actions?connectionId={connection}",
            }
        )
        {
            Assert.Equal(HttpStatusCode.NotFound, (await bob.Get(path)).Status);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await bob.Post($"/actions/list-contacts/run?connectionId={connection}", new { })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await bob.Post($"/agent/sessions/{session["id"]}/message", new { input = "hi" })).Status);
    }

    [Fact]
    public async Task No_operation_on_instances_and_events_reaches_those_of_another_tenant()
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("hubspot");
        var type = (await workspace.Manager.Post("/app-event-types", new { key = "k", name = "only Alice knows" })).Ok();
        foreach (var path in new[] { "flows", "data-sources", "field-mappings", "data-link-tables", "app-data-schemas" })
        {
            (await workspace.Manager.Post("/" + path, new { key = "k", name = "N" })).Ok();
        }

        var own = new Dictionary<string, string>
        {
            ["/app-event-subscription"] = (await workspace.Alice.Get("/app-event-subscriptions"))
                .Ok()
                .Items[0]
                .GetProperty("id")
                .GetString()!,
            ["/external-event-subscription"] = (
                await workspace.Alice.Post(
                    "/external-event-subscriptions",
                    new
                    {
                        connectionId = connection,
                        config = new { type = "data-record-created", dataSource = new { collectionKey = "contacts" } },
                    }
                )
            ).Ok()["id"],
        };
        foreach (
            var (kind, key) in new[]
            {
                ("action", "create-contact"),
                ("flow", "k"),
                ("data-source", "k"),
                ("field-mapping", "k"),
                ("data-link-table", "k"),
                ("app-data-schema", "k"),
            }
        )
        {
            own[$"/{kind}-instance"] = (
                await workspace.Alice.Get($"/{kind}-instance?key={key}&connectionId={connection}&autoCreate=true")
            ).Ok()["id"];
        }

        (
            await workspace.Nobody.Post(
                (await workspace.Alice.Get("/app-event-subscriptions/" + own["/app-event-subscription"])).Ok()["webhookUri"],
                new { a = "only Alice knows" }
            )
        ).Ok();
        (await workspace.Alice.Post($"/external-event-subscriptions/{own["/external-event-subscription"]}/pull-events")).Ok();
        var before = await All(workspace.Alice);
        var tried = 0;
        foreach (var operation in OperationTable.Default.Operations)
        {
            foreach (var (path, id) in own.Where(one => operation.Path.StartsWith(one.Key, StringComparison.Ordinal)))
            {
                var named = string.Join('/', operation.Path.Split('/').Select(part => part.StartsWith('{') ? id : part));
                foreach (var body in new[] { null, "{}", """{"name":"Stolen"}""" })
                {
                    var answer = await workspace.Bob.Send(new HttpMethod(operation.Method), $"{named}?id={id}", body);

                    Assert.DoesNotContain(id, answer.Status == HttpStatusCode.OK ? answer.Text : "", StringComparison.Ordinal);
                    Assert.DoesNotContain(connection, answer.Text, StringComparison.Ordinal);
                    Assert.NotEqual(HttpStatusCode.InternalServerError, answer.Status);
                    tried++;
                }
            }
        }

        Assert.True(tried > 150, $"{tried}");
        Assert.Equal(before, await All(workspace.Alice));
        Assert.DoesNotContain("only Alice knows", (await workspace.Bob.Get("/app-events")).Ok().Text, StringComparison.Ordinal);
        Assert.Empty((await workspace.Bob.Get("/external-event-pulls")).Ok().Items);

        async Task<string[]> All(Caller caller)
        {
            var texts = new List<string>();
            foreach (var (path, id) in own)
            {
                texts.Add(
                    (await caller.Get(path.EndsWith("-instance", StringComparison.Ordinal) ? $"{path}?id={id}" : $"{path}s/{id}")).Ok().Text
                );
            }

            return [.. texts];
        }
    }

    [Fact]
    public async Task A_manager_sees_every_tenant()
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("hubspot");
        await TestWorkspace.Connect(workspace.Bob, "slack");

        var all = (await workspace.Manager.Get("/connections")).Ok();

        Assert.Equal(2, all.Items.Count);
        Assert.Contains(connection, all.Items.Select(item => item.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task A_session_of_a_manager_does_not_exist_for_a_tenant()
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("hubspot");
        var session = (
            await workspace.Manager.Post("/agent/sessions", new { prompt = "Build a connector for Notion (https://notion.so)" })
        ).Ok();
        var bob = workspace.Bob;

        Assert.Empty((await bob.Get("/agent/sessions")).Ok().Items);
        Assert.Equal(HttpStatusCode.NotFound, (await bob.Get($"/agent/sessions/{session["id"]}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await bob.Get($"/agent/sessions/{session["id"]}/messages")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await bob.Patch($"/agent/sessions/{session["id"]}/stop")).Status);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (
                await bob.Post(
                    $"/agent/sessions/{session["id"]}/message",
                    new { input = $"Create an action to list invoices for connection {connection}" }
                )
            ).Status
        );
        (await workspace.Manager.Get($"/agent/sessions/{session["id"]}?wait=true&timeout=30")).Ok();
        Assert.DoesNotContain(
            "list-invoices",
            (await workspace.Alice.Get($"/actions?connectionId={connection}&limit=1000")).Ok().Text,
            System.StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_agent_changes_only_actions_of_the_sessions_tenant(bool ofTheCatalog)
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("hubspot");
        var action = ofTheCatalog
            ? (await workspace.Manager.Get("/actions/create-contact?integrationKey=hubspot")).Ok()["id"]
            : (await workspace.Ask($"Create an action to list invoices for connection {connection}"))
                .Json.GetProperty("output")
                .GetProperty("id")
                .GetString()!;
        var before = (await workspace.Manager.Get("/actions/" + action)).Ok().Text;

        var session = (
            await workspace.Bob.Post(
                "/agent/sessions",
                new
                {
                    prompt = "Add support for priority",
                    workspaceElementType = "action",
                    workspaceElementId = action,
                }
            )
        ).Ok();
        session = (await workspace.Bob.Get($"/agent/sessions/{session["id"]}?wait=true&timeout=30")).Ok();

        Assert.Contains("Nothing was changed", session["summary"], System.StringComparison.Ordinal);
        Assert.Equal(before, (await workspace.Manager.Get("/actions/" + action)).Ok().Text);
    }

    [Theory]
    [InlineData("actions", "parentId")]
    [InlineData("flows", "flowId")]
    [InlineData("field-mappings", "fieldMappingId")]
    [InlineData("data-sources", "dataSourceId")]
    public async Task Nobody_takes_over_what_an_element_of_another_tenant_says(string path, string parent)
    {
        using var workspace = new TestWorkspace();
        var bob = workspace.Bob;
        var connection = await workspace.Connect("hubspot");
        var others = await TestWorkspace.Connect(bob, "hubspot");
        var secret = (
            await bob.Post(
                "/" + path,
                new
                {
                    name = "Secret",
                    description = "only Bob knows",
                    connectionId = others,
                }
            )
        ).Ok();
        var own = (await workspace.Alice.Post("/" + path, new { name = "Own", connectionId = connection })).Ok();

        var changed = await workspace.Alice.Patch(
            $"/{path}/{own["id"]}?connectionId={connection}",
            new System.Collections.Generic.Dictionary<string, string> { [parent] = secret["id"] }
        );
        var reset = (await workspace.Alice.Post($"/{path}/{own["id"]}/reset?connectionId={connection}")).Ok();

        Assert.Equal(HttpStatusCode.NotFound, changed.Status);
        Assert.DoesNotContain("only Bob knows", reset.Text, System.StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_that_builds_for_an_integration_leaves_the_connections_of_tenants_alone()
    {
        using var workspace = new TestWorkspace();
        await workspace.Connect("slack");
        var integration = (await workspace.Manager.Get("/integrations/slack")).Ok()["id"];

        var made = (await workspace.Manager.Post("/actions", new { intent = "list the invoices in Slack", integrationKey = "slack" })).Ok();
        made = (await workspace.Manager.Get($"/actions/{made["id"]}?wait=true&timeout=30")).Ok();

        Assert.Equal("READY", made["state"]);
        Assert.Equal(integration, made["integrationId"]);
        Assert.False(made.Json.TryGetProperty("connectionId", out _));
        Assert.False(made.Json.TryGetProperty("tenantId", out _));
    }
}
