using System;
using System.Linq;
using System.Net;
using System.Threading.Tasks;
using Membrane.Emulator.Tests.Support;
using Xunit;

namespace Membrane.Emulator.Tests;

public sealed class ElementTests
{
    [Fact]
    public async Task Of_several_layers_the_narrowest_is_run()
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("slack");
        var manager = workspace.Manager;
        var universal = (await manager.Post("/actions", new { name = "List Things", key = "list-things" })).Ok();
        var integration = (
            await manager.Post(
                "/actions",
                new
                {
                    name = "List Things",
                    key = "list-things",
                    integrationKey = "slack",
                    parentId = universal["id"],
                }
            )
        ).Ok();

        Assert.Equal(integration["id"], await Chosen());
        var own = (
            await workspace.Alice.Post(
                "/actions",
                new
                {
                    name = "List Things",
                    key = "list-things",
                    connectionId = connection,
                    parentId = integration["id"],
                }
            )
        ).Ok();
        Assert.Equal(own["id"], await Chosen());
        Assert.Equal(universal["id"], own["universalParentId"]);
        (await workspace.Alice.Delete($"/actions/{own["id"]}?connectionId={connection}")).Ok();
        Assert.Equal(integration["id"], await Chosen());
        (await manager.Delete("/actions/" + integration["id"])).Ok();
        Assert.Equal(universal["id"], await Chosen());

        async Task<string> Chosen()
        {
            var run = (await workspace.Alice.Post("/act", new { key = "list-things", connectionId = connection })).Ok();
            var log = (await workspace.Alice.Get("/action-run-logs/" + run["actionRunId"])).Ok();
            var listed = (await workspace.Alice.Get($"/actions?connectionId={connection}&search=list-things")).Ok();
            Assert.Equal(log["integrationActionId"], Assert.Single(listed.Items).GetProperty("id").GetString());
            return log["integrationActionId"];
        }
    }

    [Fact]
    public async Task A_tenant_changes_only_what_belongs_to_a_connection_that_it_names()
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("slack");
        Assert.Equal(HttpStatusCode.Forbidden, (await workspace.Alice.Post("/actions", new { name = "X" })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await workspace.Alice.Patch("/actions/post-message", new { name = "X" })).Status);
        var own = (await workspace.Alice.Post("/actions", new { name = "Mine", connectionId = connection })).Ok();

        Assert.Equal(HttpStatusCode.Forbidden, (await workspace.Alice.Patch("/actions/" + own["id"], new { name = "Yours" })).Status);
        Assert.Equal(
            "Ours",
            (await workspace.Alice.Patch($"/actions/{own["id"]}?connectionId={connection}", new { name = "Ours" })).Ok()["name"]
        );
    }

    [Theory]
    [InlineData("/actions", """{"name":"Do It","description":"d","inputSchema":{"type":"object"}}""")]
    [InlineData("/flows", """{"name":"Do It","description":"d","nodes":{"a":{"type":"api-trigger"}}}""")]
    [InlineData("/field-mappings", """{"name":"Do It","description":"d","direction":"import"}""")]
    [InlineData("/data-sources", """{"name":"Do It","description":"d","collectionKey":"things"}""")]
    [InlineData("/packages", """{"name":"Do It","description":"d"}""")]
    public async Task Every_layered_kind_has_the_same_life(string path, string body)
    {
        using var workspace = new TestWorkspace();
        var manager = workspace.Manager;
        var made = (await manager.Post(path, body)).Ok();
        Assert.Equal("do-it", made["key"]);
        Assert.Equal("READY", made["state"]);
        Assert.Equal("already_exists", (await manager.Post(path, """{"name":"Other","key":"do-it"}"""))["key"]);

        var patched = (await manager.Patch($"{path}/do-it", """{"description":"e"}""")).Ok();
        Assert.Equal("e", patched["description"]);
        Assert.Equal("Do It", patched["name"]);
        Assert.NotEqual(made["revision"], patched["revision"]);
        var replaced = (await manager.Put($"{path}/do-it", """{"name":"Done"}""")).Ok();
        Assert.False(replaced.Json.TryGetProperty("description", out _));
        Assert.Equal(made["id"], replaced["id"]);

        var clone = (await manager.Post($"{path}/do-it/clone")).Ok();
        Assert.NotEqual(made["id"], clone["id"]);
        Assert.NotEqual(made["uuid"], clone["uuid"]);
        var export = (await manager.Get($"{path}/do-it/export")).Ok();
        Assert.Equal(made["uuid"], export["uuid"]);
        Assert.False(export.Json.TryGetProperty("id", out _));
        Assert.Empty((await manager.Get($"{path}/do-it/dependencies")).Ok().Json.EnumerateArray());

        (await manager.Delete($"{path}/{made["id"]}")).Ok();
        Assert.Equal(HttpStatusCode.BadRequest, (await manager.Patch($"{path}/{made["id"]}", """{"name":"x"}""")).Status);
        Assert.DoesNotContain(
            made["id"],
            (await manager.Get($"{path}?limit=1000")).Ok().Items.Select(item => item.GetProperty("id").GetString())
        );
        Assert.Contains(
            made["id"],
            (await manager.Get($"{path}?limit=1000&includeArchived=true")).Ok().Items.Select(item => item.GetProperty("id").GetString())
        );
        Assert.Equal(made["id"], (await manager.Post($"{path}/{made["id"]}/restore")).Ok()["id"]);
        Assert.False((await manager.Get($"{path}/do-it")).Ok().Json.TryGetProperty("archivedAt", out _));
    }

    [Fact]
    public async Task Reset_takes_over_what_the_parent_says()
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("slack");
        var manager = workspace.Manager;
        var parent = (await manager.Post("/actions", new { name = "Thing", description = "of the parent" })).Ok();
        var child = (
            await workspace.Alice.Post(
                "/actions",
                new
                {
                    name = "Thing",
                    description = "own",
                    connectionId = connection,
                    parentId = parent["id"],
                }
            )
        ).Ok();

        var reset = (await workspace.Alice.Post($"/actions/{child["id"]}/reset?connectionId={connection}")).Ok();

        Assert.Equal("of the parent", reset["description"]);
        Assert.Equal(child["id"], reset["id"]);
        Assert.Equal(connection, reset["connectionId"]);
    }

    [Fact]
    public async Task An_intent_lets_an_agent_build_the_action()
    {
        using var workspace = new TestWorkspace(options => options.AgentWorkMilliseconds = 300);
        var connection = await workspace.Connect("slack");

        var building = (await workspace.Alice.Post("/actions", new { intent = "list the open invoices", connectionId = connection })).Ok();
        Assert.Equal("BUILDING", building["state"]);
        var ready = (await workspace.Alice.Get($"/actions/{building["id"]}?wait=true&timeout=30")).Ok();

        Assert.Equal("READY", ready["state"]);
        Assert.Equal(
            HttpStatusCode.OK,
            (await workspace.Alice.Post($"/actions/{building["id"]}/run?connectionId={connection}", new { })).Status
        );
    }

    [Fact]
    public async Task A_manager_makes_connectors_and_integrations()
    {
        using var workspace = new TestWorkspace();
        var manager = workspace.Manager;
        var connector = (await manager.Post("/connectors", new { name = "Acme" })).Ok();
        var integration = (await manager.Post("/integrations", new { connectorId = connector["id"], key = "acme" })).Ok();
        Assert.Equal("Acme", integration["name"]);

        Assert.Equal("Acme Inc", (await manager.Patch("/integrations/" + integration["id"], new { name = "Acme Inc" })).Ok()["name"]);
        Assert.Equal(HttpStatusCode.NoContent, (await manager.Put("/integrations/acme/parameters", new { clientId = "c" })).Status);
        var connection = await workspace.Connect("acme");
        Assert.Equal(connector["id"], (await workspace.Alice.Get("/connections/" + connection)).Ok()["connectorId"]);
        (await manager.Delete("/connectors/" + connector["id"])).Ok();
        Assert.Equal(HttpStatusCode.NotFound, (await manager.Get("/connectors/" + connector["id"])).Status);
    }

    [Fact]
    public async Task A_connection_can_have_its_own_version_under_its_path()
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("slack");
        var general = (await workspace.Alice.Get($"/connections/{connection}/actions/post-message")).Ok()["id"];

        var own = (await workspace.Alice.Put($"/connections/{connection}/actions/post-message", new { name = "Shout" })).Ok();

        Assert.NotEqual(general, own["id"]);
        Assert.Equal(general, own["parentId"]);
        Assert.Equal("Shout", (await workspace.Alice.Get($"/connections/{connection}/actions/post-message")).Ok()["name"]);
        var run = (await workspace.Alice.Post($"/connections/{connection}/actions/post-message/run", new { text = "hi" })).Ok();
        Assert.Equal("hi", run.Json.GetProperty("output").GetProperty("text").GetString());
        (await workspace.Alice.Delete($"/connections/{connection}/actions/post-message")).Ok();
        Assert.Equal(general, (await workspace.Alice.Get($"/connections/{connection}/actions/post-message")).Ok()["id"]);
    }

    [Fact]
    public async Task A_field_mapping_fills_values_in()
    {
        using var workspace = new TestWorkspace();
        var manager = workspace.Manager;
        (
            await manager.Post(
                "/field-mappings",
                """{"key":"m","importValue":{"full":{"$var":"$.first"},"list":[{"$var":"$.tags[1]"}],"fixed":1}}"""
            )
        ).Ok();

        var run = (
            await workspace.Alice.Post("/field-mappings/m/run", """{"direction":"import","input":{"first":"Ada","tags":["x","y"]}}""")
        ).Ok();

        Assert.Equal("""{"full":"Ada","list":["y"],"fixed":1}""", run.Json.GetProperty("output").GetRawText());
    }

    [Fact]
    public async Task Every_tenant_has_its_subscription_to_an_event_type()
    {
        using var workspace = new TestWorkspace();
        var type = (await workspace.Manager.Post("/app-event-types", new { name = "Task Done", key = "task-done" })).Ok();

        var mine = (await workspace.Alice.Get("/app-event-subscriptions")).Ok();
        var id = Assert.Single(mine.Items).GetProperty("id").GetString()!;
        Assert.Equal(type["id"], mine.Items[0].GetProperty("appEventTypeId").GetString());
        Assert.Equal("True", (await workspace.Alice.Post($"/app-event-subscriptions/{id}/subscribe")).Ok()["isSubscribed"]);
        Assert.Equal(HttpStatusCode.NotFound, (await workspace.Bob.Get("/app-event-subscriptions/" + id)).Status);
        Assert.Empty((await workspace.Bob.Get("/app-event-subscriptions?isSubscribed=true")).Ok().Items);
    }

    [Fact]
    public async Task Runs_are_in_the_log_and_can_be_filtered()
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("hubspot");
        await workspace.Run("create-contact", connection, new { email = "a@b.c" });
        await workspace.Alice.Post(
            $"/actions/get-contact/run?connectionId={connection}",
            new { input = new { id = "none" }, meta = new { why = "test" } }
        );

        var all = (await workspace.Alice.Get("/action-run-logs")).Ok();
        var failed = (await workspace.Alice.Get($"/action-run-logs?status=error&connectionId={connection}")).Ok();

        Assert.Equal(new[] { "Get Contact", "Create Contact" }, TestWorkspace.Names(all));
        Assert.Equal("test", Assert.Single(failed.Items).GetProperty("meta").GetProperty("why").GetString());
        var details = (await workspace.Alice.Get($"/action-run-logs/{failed.Items[0].GetProperty("id").GetString()}/details")).Ok();
        Assert.Equal("none", details.Json.GetProperty("request").GetProperty("input").GetProperty("id").GetString());
        Assert.Empty((await workspace.Bob.Get("/action-run-logs")).Ok().Items);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"id":"a","key":"b"}""")]
    [InlineData("""{"key":"list-users","surprise":1}""")]
    [InlineData("""{"api":{"method":"GET"}}""")]
    [InlineData("""{"api":{"method":"TRACE","path":"/"}}""")]
    [InlineData("""{"api":{"method":"GET","path":"/","surprise":1}}""")]
    public async Task Act_takes_exactly_one_thing_that_it_can_do(string body)
    {
        using var workspace = new TestWorkspace();
        await workspace.Connect("slack");

        Assert.Equal(HttpStatusCode.BadRequest, (await workspace.Alice.Post("/act", body)).Status);
    }

    [Fact]
    public async Task A_version_of_the_connections_own_is_found_by_the_id_of_its_parent_too()
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("slack");
        var general = (await workspace.Alice.Get($"/connections/{connection}/actions/post-message")).Ok()["id"];

        var first = (await workspace.Alice.Put($"/connections/{connection}/actions/{general}", new { name = "One" })).Ok();
        var second = (await workspace.Alice.Put($"/connections/{connection}/actions/{general}", new { name = "Two" })).Ok();
        var third = (await workspace.Alice.Patch($"/connections/{connection}/actions/{general}", new { name = "Three" })).Ok();

        Assert.Equal("post-message", first["key"]);
        Assert.Equal(first["id"], second["id"]);
        Assert.Equal(first["id"], third["id"]);
        Assert.Equal("Three", (await workspace.Alice.Get($"/connections/{connection}/actions/{general}")).Ok()["name"]);
        (await workspace.Alice.Delete($"/connections/{connection}/actions/{general}")).Ok();
        Assert.Equal(general, (await workspace.Alice.Get($"/connections/{connection}/actions/{general}")).Ok()["id"]);
    }

    [Theory]
    [InlineData("actions")]
    [InlineData("flows")]
    [InlineData("data-sources")]
    [InlineData("field-mappings")]
    public async Task Nothing_is_made_for_a_connection_of_what_is_not_there(string path)
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("slack");

        Assert.Equal(
            HttpStatusCode.NotFound,
            (await workspace.Alice.Get($"/connections/{connection}/{path}/nothing?autoCreate=true")).Status
        );
        Assert.DoesNotContain(
            "nothing",
            (await workspace.Alice.Get($"/{path}?connectionId={connection}&limit=1000")).Ok().Text,
            StringComparison.Ordinal
        );
    }
}
