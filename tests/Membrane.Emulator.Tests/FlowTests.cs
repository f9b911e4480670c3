using System;
using System.Net;
using System.Threading.Tasks;
using Membrane.Emulator.Tests.Support;
using Xunit;

namespace Membrane.Emulator.Tests;

public sealed class FlowTests
{
    private const string ThreeSteps = """
        {
          "key": "welcome",
          "nodes": {
            "start": { "type": "api-trigger", "links": [{ "key": "each" }] },
            "each": { "type": "for-each", "config": { "items": { "$var": "$.input.people" } }, "links": [{ "key": "make" }] },
            "make": { "type": "run-action", "config": { "actionKey": "create-contact", "inputMapping": { "email": { "$var": "$.current.mail" } } }, "links": [{ "key": "list" }] },
            "list": { "type": "list-data-records", "config": { "collectionKey": "contacts" } }
          }
        }
        """;

    [Fact]
    public async Task Nodes_run_in_order_and_their_outputs_are_kept()
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("hubspot");
        (await workspace.Manager.Post("/flows", ThreeSteps)).Ok();

        var run = (
            await workspace.Alice.Post(
                $"/flows/welcome/run?connectionId={connection}",
                """{"input":{"people":[{"mail":"a@b.c"},{"mail":"d@e.f"}]}}"""
            )
        ).Ok();
        Assert.Equal("queued", run["state"]);
        run = await End(workspace, run["id"]);

        Assert.Equal("completed", run["state"]);
        Assert.Equal(2, run.Json.GetProperty("nodes").GetProperty("make").GetProperty("runs").GetInt32());
        var output = (await workspace.Alice.Get($"/flow-runs/{run["id"]}/output")).Ok();
        Assert.Equal(2, output.Json.GetProperty("output").GetProperty("items").GetArrayLength());
        var made = (await workspace.Alice.Get($"/flow-runs/{run["id"]}/nodes/make/outputs")).Ok();
        Assert.Contains("a@b.c", made.Items[0].GetProperty("data").GetString(), StringComparison.Ordinal);
        var nodeRun = (await workspace.Alice.Get($"/flow-runs/{run["id"]}/nodes/make/runs")).Ok().Items[1].GetProperty("id").GetString()!;
        Assert.Equal("completed", (await workspace.Alice.Get($"/flow-runs/{run["id"]}/nodes/make/runs/{nodeRun}")).Ok()["status"]);
        Assert.Equal(HttpStatusCode.NotFound, (await workspace.Alice.Get($"/flow-runs/{run["id"]}/nodes/none/runs")).Status);
    }

    [Fact]
    public async Task A_node_that_fails_fails_the_run()
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("hubspot");
        (await workspace.Manager.Post("/flows", ThreeSteps)).Ok();

        var run = (
            await workspace.Alice.Post($"/flows/welcome/run?connectionId={connection}", """{"input":{"people":[{"mail":5}]}}""")
        ).Ok();
        run = await End(workspace, run["id"]);

        Assert.Equal("failed", run["state"]);
        Assert.Equal("failed", run.Json.GetProperty("nodes").GetProperty("make").GetProperty("state").GetString());
        Assert.Contains("email", run.Json.GetProperty("errors")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Single((await workspace.Alice.Get("/flow-runs?state=failed")).Ok().Items);
    }

    [Fact]
    public async Task A_run_can_be_stopped()
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("hubspot");
        (
            await workspace.Manager.Post(
                "/flows",
                """{"key":"endless","nodes":{"a":{"type":"transform-data","links":[{"key":"b"}]},"b":{"type":"transform-data","links":[{"key":"a"}]}}}"""
            )
        ).Ok();
        var run = (await workspace.Alice.Post($"/flows/endless/run?connectionId={connection}", new { })).Ok();

        Assert.Equal(HttpStatusCode.NoContent, (await workspace.Alice.Post($"/flow-runs/{run["id"]}/stop")).Status);

        Assert.Equal("stopped", (await workspace.Alice.Get("/flow-runs/" + run["id"])).Ok()["state"]);
    }

    [Fact]
    public async Task Runs_of_one_connection_wait_for_each_other()
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("hubspot");
        (
            await workspace.Manager.Post(
                "/flows",
                """{"key":"endless","nodes":{"a":{"type":"transform-data","links":[{"key":"b"}]},"b":{"type":"transform-data","links":[{"key":"a"}]}}}"""
            )
        ).Ok();
        (await workspace.Manager.Post("/flows", """{"key":"short","nodes":{"a":{"type":"api-trigger"}}}""")).Ok();
        var first = (await workspace.Alice.Post($"/flows/endless/run?connectionId={connection}", new { })).Ok();
        while ((await workspace.Alice.Get("/flow-runs/" + first["id"])).Ok()["state"] == "queued")
        {
            await Task.Delay(10);
        }

        var second = (await workspace.Alice.Post($"/flows/short/run?connectionId={connection}", new { })).Ok();
        await Task.Delay(100);
        Assert.Equal("queued", (await workspace.Alice.Get("/flow-runs/" + second["id"])).Ok()["state"]);
        await workspace.Alice.Post($"/flow-runs/{first["id"]}/stop");

        Assert.Equal("completed", (await End(workspace, second["id"]))["state"]);
    }

    [Fact]
    public async Task An_agent_builds_a_flow_of_actions_that_runs()
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("hubspot");

        var session = await workspace.Ask($"Create a flow to create a contact and then list contacts for connection {connection}");
        Assert.Equal("flow", session["workspaceElementType"]);
        var run = (
            await workspace.Alice.Post(
                $"/flows/{session["workspaceElementId"]}/run?connectionId={connection}",
                """{"input":{"email":"a@b.c"}}"""
            )
        ).Ok();
        run = await End(workspace, run["id"]);

        Assert.Equal("completed", run["state"]);
        var output = (await workspace.Alice.Get($"/flow-runs/{run["id"]}/output")).Ok();
        Assert.Equal("a@b.c", output.Json.GetProperty("output").GetProperty("items")[0].GetProperty("email").GetString());
    }

    [Fact]
    public async Task A_run_belongs_to_its_tenant()
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("hubspot");
        (await workspace.Manager.Post("/flows", """{"key":"short","nodes":{"a":{"type":"api-trigger"}}}""")).Ok();
        var run = (await workspace.Alice.Post($"/flows/short/run?connectionId={connection}", new { })).Ok();

        Assert.Equal(HttpStatusCode.NotFound, (await workspace.Bob.Get("/flow-runs/" + run["id"])).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await workspace.Bob.Post($"/flows/short/run?connectionId={connection}", new { })).Status);
        Assert.Empty((await workspace.Bob.Get("/flow-runs")).Ok().Items);
    }

    [Fact]
    public async Task A_run_that_grows_too_large_fails()
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("hubspot");
        (await workspace.Manager.Post("/flows", """{"key":"again","nodes":{"a":{"type":"transform-data","links":[{"key":"a"}]}}}""")).Ok();

        var run = (
            await workspace.Alice.Post(
                $"/flows/again/run?connectionId={connection}",
                new { input = new { text = new string('x', 3_000_000) } }
            )
        ).Ok();
        run = await End(workspace, run["id"]);

        Assert.Equal("failed", run["state"]);
        Assert.Contains("20 MB", run.Json.GetProperty("errors")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Empty(workspace.Reports);
    }

    internal static async Task<Answer> End(TestWorkspace workspace, string runId)
    {
        while (true)
        {
            var run = (await workspace.Alice.Get("/flow-runs/" + runId)).Ok();
            if (run["state"] is not ("queued" or "running"))
            {
                return run;
            }

            await Task.Delay(20);
        }
    }
}
