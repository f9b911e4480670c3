using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text.Json;
using System.Threading.Tasks;
using Membrane.Emulator.Tests.Support;
using Xunit;

namespace Membrane.Emulator.Tests;

public sealed class AgentTests
{
    [Fact]
    public async Task An_action_that_was_asked_for_can_be_found_and_run()
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("slack");

        var session = await workspace.Ask($"Create an action to list Slack channels for connection {connection}", "action-building");

        Assert.Equal("idle", session["state"]);
        Assert.Equal("completed", session["status"]);
        Assert.Contains("List Channels", session["summary"], StringComparison.Ordinal);
        var found = (await workspace.Alice.Get($"/actions?connectionId={connection}&intent=list+channels&limit=1")).Ok();
        Assert.Equal("list-channels", found.Items[0].GetProperty("key").GetString());
        Assert.Empty(
            (await workspace.Run(found.Items[0].GetProperty("id").GetString()!, connection)).GetProperty("items").EnumerateArray()
        );
    }

    [Theory]
    [InlineData("Create a tool to send a message in a channel for connection {0}", "send-message")]
    [InlineData("Create an action to create a task with title, description, and assignee for connection {0}", "create-task")]
    [InlineData("Please build an action that archives a channel on connection {0}.", "archives-channel")]
    [InlineData("Create an action to list all tasks assigned to the current user for connection {0}", "list-tasks")]
    public async Task The_key_comes_from_the_wish(string prompt, string key)
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("slack");

        var session = await workspace.Ask(string.Format(System.Globalization.CultureInfo.InvariantCulture, prompt, connection));

        Assert.Equal(key, session.Json.GetProperty("output").GetProperty("key").GetString());
    }

    [Fact]
    public async Task Fields_that_the_wish_names_are_inputs()
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("slack");
        await workspace.Ask($"Create an action to create a task with title, due date and assignee for connection {connection}");

        var missing = await workspace.Alice.Post(
            $"/actions/create-task/run?connectionId={connection}",
            new { input = new { dueDate = "2026-12-01" } }
        );
        var made = await workspace.Run("create-task", connection, new { title = "Write", dueDate = "2026-12-01" });

        Assert.Equal(HttpStatusCode.BadRequest, missing.Status);
        Assert.Equal("2026-12-01", made.GetProperty("dueDate").GetString());
    }

    [Fact]
    public async Task A_connector_that_was_asked_for_can_be_found_and_connected()
    {
        using var workspace = new TestWorkspace();
        Assert.Empty((await workspace.Alice.Get("/search?q=notion&elementType=connector")).Ok().Items);

        var session = await workspace.Ask("Build a connector for Notion (https://notion.so)", "connection-building");

        Assert.Equal("connector", session["workspaceElementType"]);
        var element = (await workspace.Alice.Get("/search?q=notion&elementType=connector")).Ok().Items.Single().GetProperty("element");
        Assert.Equal("Notion", element.GetProperty("name").GetString());
        var request = (
            await workspace.Alice.Post("/connection-requests", new { connectorId = element.GetProperty("id").GetString() })
        ).Ok();
        (await workspace.Nobody.Submit(request["url"], ("decision", "allow"))).Ok();
        Assert.Equal("success", (await workspace.Alice.Get("/connection-requests/" + request["requestId"])).Ok()["status"]);
    }

    [Fact]
    public async Task Asking_for_a_connector_that_is_there_makes_no_second_one()
    {
        using var workspace = new TestWorkspace();

        var session = await workspace.Ask("Build a connector for Slack (https://slack.com)");

        Assert.Contains("exists already", session["summary"], StringComparison.Ordinal);
        Assert.Single((await workspace.Alice.Get("/search?q=slack&elementType=connector")).Ok().Items);
    }

    [Fact]
    public async Task A_session_passes_through_its_states_in_order()
    {
        using var workspace = new TestWorkspace(options => options.AgentWorkMilliseconds = 600);
        var session = (
            await workspace.Alice.Post("/agent/sessions", new { prompt = "Build a connector for Notion (https://notion.so)" })
        ).Ok();
        string[] states = { "queued", "starting", "running", "completed" };
        var seen = new List<string> { session["status"] };
        Assert.Equal("busy", session["state"]);
        while (session["state"] == "busy")
        {
            await Task.Delay(20);
            session = (await workspace.Alice.Get("/agent/sessions/" + session["id"])).Ok();
            if (seen[^1] != session["status"])
            {
                seen.Add(session["status"]);
            }
        }

        // How many are seen depends on the machine; their order does not.
        Assert.Equal("queued", seen[0]);
        Assert.Equal("completed", seen[^1]);
        Assert.Equal(states.Where(seen.Contains), seen);
    }

    [Fact]
    public async Task Waiting_ends_with_the_present_state_when_the_time_is_up()
    {
        using var workspace = new TestWorkspace(options => options.AgentWorkMilliseconds = 600_000);
        var session = (await workspace.Alice.Post("/agent/sessions", new { prompt = "Build a connector for Notion" })).Ok();

        var waited = (await workspace.Alice.Get($"/agent/sessions/{session["id"]}?wait=true&timeout=1")).Ok();

        Assert.Equal("busy", waited["state"]);
    }

    [Fact]
    public async Task An_interrupted_session_builds_nothing_and_can_go_on()
    {
        using var workspace = new TestWorkspace(options => options.AgentWorkMilliseconds = 60_000);
        var session = (
            await workspace.Alice.Post("/agent/sessions", new { prompt = "Build a connector for Notion (https://notion.so)" })
        ).Ok();

        var first = (await workspace.Alice.Post($"/agent/sessions/{session["id"]}/interrupt")).Ok();
        var second = (await workspace.Alice.Post($"/agent/sessions/{session["id"]}/interrupt")).Ok();

        Assert.True(first.Json.GetProperty("interrupted").GetBoolean());
        Assert.False(second.Json.GetProperty("interrupted").GetBoolean());
        var after = (await workspace.Alice.Get("/agent/sessions/" + session["id"])).Ok();
        Assert.Equal("idle", after["state"]);
        Assert.Equal("cancelled", after["status"]);
        var again = (await workspace.Alice.Post($"/agent/sessions/{session["id"]}/message", new { input = "go on" })).Ok();
        Assert.Equal("busy", again["state"]);
        Assert.Empty((await workspace.Alice.Get("/search?q=notion")).Ok().Items);
        Assert.Equal("cancelled", (await workspace.Alice.Patch($"/agent/sessions/{session["id"]}/stop")).Ok()["status"]);
    }

    [Fact]
    public async Task A_follow_up_extends_what_was_built()
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("slack");
        var session = await workspace.Ask($"Create a tool to send a message in a channel for connection {connection}");

        await workspace.Alice.Post($"/agent/sessions/{session["id"]}/message", new { input = "Also add support for thread replies" });
        var after = (await workspace.Alice.Get($"/agent/sessions/{session["id"]}?wait=true&timeout=30")).Ok();

        Assert.Contains("thread replies", after["summary"], StringComparison.Ordinal);
        var action = (await workspace.Alice.Get("/actions/" + after["workspaceElementId"])).Ok();
        Assert.True(action.Json.GetProperty("inputSchema").GetProperty("properties").TryGetProperty("threadReplies", out _));
        var messages = (await workspace.Alice.Get($"/agent/sessions/{session["id"]}/messages")).Ok();
        Assert.Equal(
            new[] { "user", "assistant", "user", "assistant" },
            messages.Items.Select(item => item.GetProperty("role").GetString())
        );
    }

    [Fact]
    public async Task A_message_to_a_busy_session_is_worked_on_too()
    {
        using var workspace = new TestWorkspace(options => options.AgentWorkMilliseconds = 200);
        var session = (
            await workspace.Alice.Post("/agent/sessions", new { prompt = "Build a connector for Notion (https://notion.so)" })
        ).Ok();
        await workspace.Alice.Post(
            $"/agent/sessions/{session["id"]}/message",
            new { input = "Build a connector for Coda (https://coda.io)" }
        );

        await workspace.Alice.Get($"/agent/sessions/{session["id"]}?wait=true&timeout=30");

        Assert.NotEmpty((await workspace.Alice.Get("/search?q=notion")).Ok().Items);
        Assert.NotEmpty((await workspace.Alice.Get("/search?q=coda")).Ok().Items);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"prompt":""}""")]
    [InlineData("""{"prompt":"x","agentName":"nobody"}""")]
    [InlineData("""{"prompt":"x","surprise":true}""")]
    public async Task A_session_that_cannot_begin_is_refused(string body)
    {
        using var workspace = new TestWorkspace();

        Assert.Equal(HttpStatusCode.BadRequest, (await workspace.Alice.Post("/agent/sessions", body)).Status);
    }

    [Fact]
    public async Task Sessions_are_listed_by_status()
    {
        using var workspace = new TestWorkspace();
        var session = await workspace.Ask("Build a connector for Notion (https://notion.so)");

        Assert.Equal(
            session["id"],
            (await workspace.Alice.Get("/agent/sessions?status=completed")).Ok().Items.Single().GetProperty("id").GetString()
        );
        Assert.Empty((await workspace.Alice.Get("/agent/sessions?status=failed")).Ok().Items);
    }

    [Fact]
    public async Task A_prompt_without_a_connection_is_answered_with_a_question()
    {
        using var workspace = new TestWorkspace();

        var session = await workspace.Ask("Create an action to list invoices");

        Assert.Contains("name the connection", session["summary"], StringComparison.Ordinal);
        Assert.Equal("failed", session["status"]);
    }

    [Theory]
    [InlineData("Create an external event for new contacts for connection {0}", "external event")]
    [InlineData("Subscribe to events of the connection {0}", "events")]
    [InlineData("Please add a webhook for connection {0}", "webhook")]
    [InlineData("Create a package with everything", "package")]
    [InlineData("Build a data link table for connection {0}", "data link table")]
    [InlineData("Create an action to list invoices for connection con_nothing", "con_nothing")]
    [InlineData("Create a flow to juggle swords then swallow them for connection {0}", "juggle swords")]
    [InlineData("Create a field mapping for connection {0}", "which fields")]
    [InlineData("Also add support for thread replies", "no connector of this session")]
    [InlineData("hello", "say for example")]
    public async Task What_was_not_built_is_not_completed(string prompt, string named)
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("slack");

        var session = await workspace.Ask(string.Format(System.Globalization.CultureInfo.InvariantCulture, prompt, connection));

        Assert.Equal("idle", session["state"]);
        Assert.Equal("failed", session["status"]);
        Assert.StartsWith("Nothing was ", session["summary"], StringComparison.Ordinal);
        Assert.Contains(named, session["summary"], StringComparison.Ordinal);
        Assert.Equal(session["summary"], session.Json.GetProperty("error").GetProperty("message").GetString());
        Assert.False(session.Json.TryGetProperty("output", out _));
    }

    [Fact]
    public async Task A_session_that_failed_can_be_told_better_and_then_has_no_error()
    {
        using var workspace = new TestWorkspace();
        var session = await workspace.Ask("hello");

        await workspace.Alice.Post(
            $"/agent/sessions/{session["id"]}/message",
            new { input = "Build a connector for Coda (https://coda.io)" }
        );
        var after = (await workspace.Alice.Get($"/agent/sessions/{session["id"]}?wait=true&timeout=30")).Ok();

        Assert.Equal("completed", after["status"]);
        Assert.False(after.Json.TryGetProperty("error", out _));
    }

    [Theory]
    [InlineData("Create a field mapping for contacts for connection {0}", """{"email":"a@b.c","extra":1}""", """{"email":"a@b.c"}""")]
    [InlineData(
        "Create a field mapping to map email to workEmail and phone to mobile for connection {0}",
        """{"email":"a@b.c","phone":"1"}""",
        """{"workEmail":"a@b.c","mobile":"1"}"""
    )]
    public async Task A_field_mapping_that_was_asked_for_maps_both_ways(string prompt, string given, string mapped)
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("hubspot");

        var session = await workspace.Ask(string.Format(System.Globalization.CultureInfo.InvariantCulture, prompt, connection));

        Assert.Equal("completed", session["status"]);
        var path = $"/field-mappings/{session.Json.GetProperty("output").GetProperty("id").GetString()}/run?connectionId={connection}";
        var there = (await workspace.Alice.Post(path, $$"""{"direction":"import","input":{{given}}}""")).Ok().Json.GetProperty("output");
        foreach (var field in JsonDocument.Parse(mapped).RootElement.EnumerateObject())
        {
            Assert.Equal(field.Value.GetString(), there.GetProperty(field.Name).GetString());
        }

        var back = (await workspace.Alice.Post(path, $$"""{"direction":"export","input":{{there.GetRawText()}}}""")).Ok();
        Assert.Equal("a@b.c", back.Json.GetProperty("output").GetProperty("email").GetString());
    }

    [Fact]
    public async Task A_connector_that_was_built_takes_a_follow_up()
    {
        using var workspace = new TestWorkspace();
        var session = await workspace.Ask("Build a connector for Notion (https://notion.so)");

        await workspace.Alice.Post($"/agent/sessions/{session["id"]}/message", new { input = "Also add support for thread replies" });
        var after = (await workspace.Alice.Get($"/agent/sessions/{session["id"]}?wait=true&timeout=30")).Ok();

        Assert.Equal("completed", after["status"]);
        Assert.Contains(
            "thread replies",
            (await workspace.Alice.Get("/connectors/" + after["workspaceElementId"])).Ok()["description"],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_message_that_crosses_an_interruption_is_worked_on()
    {
        using var workspace = new TestWorkspace(options => options.AgentWorkMilliseconds = 0);
        var bob = workspace.Bob;
        for (var round = 0; round < 1500; round++)
        {
            var session = (await bob.Post("/agent/sessions", new { prompt = "hello" })).Ok();
            var path = "/agent/sessions/" + session["id"];
            await Task.WhenAll(
                bob.Post(path + "/message", new { input = "one" }),
                bob.Post(path + "/interrupt"),
                bob.Post(path + "/message", new { input = "two" }),
                bob.Post(path + "/interrupt"),
                bob.Post(path + "/message", new { input = "three" })
            );

            Assert.Equal("idle", (await bob.Get(path + "?wait=true&timeout=20")).Ok()["state"]);
        }
    }

    [Fact]
    public async Task An_external_session_is_left_to_whoever_works_on_it()
    {
        using var workspace = new TestWorkspace(options => options.AgentWorkMilliseconds = 0);
        var session = (
            await workspace.Alice.Post(
                "/agent/sessions",
                new { prompt = "Build a connector for Notion (https://notion.so)", isExternal = true }
            )
        ).Ok();
        await workspace.Ask("Build a connector for Coda (https://coda.io)");

        Assert.Equal("busy", (await workspace.Alice.Get($"/agent/sessions/{session["id"]}?wait=true&timeout=1")).Ok()["state"]);
        Assert.Empty((await workspace.Alice.Get("/search?q=notion")).Ok().Items);
    }
}
