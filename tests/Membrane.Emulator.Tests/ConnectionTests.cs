using System;
using System.Linq;
using System.Net;
using System.Threading.Tasks;
using Membrane.Emulator.Tests.Support;
using Xunit;

namespace Membrane.Emulator.Tests;

public sealed class ConnectionTests
{
    [Fact]
    public async Task A_connection_without_credentials_waits_for_a_person()
    {
        using var workspace = new TestWorkspace();
        var made = (await workspace.Alice.Post("/connections", new { integrationKey = "slack", name = "Chat" })).Ok();
        Assert.Equal("CLIENT_ACTION_REQUIRED", made["state"]);
        Assert.Equal("connect", made.Json.GetProperty("clientAction").GetProperty("type").GetString());
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await workspace.Alice.Post($"/actions/list-users/run?connectionId={made["id"]}", new { })).Status
        );

        (
            await workspace.Nobody.Submit(made.Json.GetProperty("clientAction").GetProperty("uiUrl").GetString()!, ("decision", "allow"))
        ).Ok();

        var ready = (await workspace.Alice.Get("/connections/" + made["id"])).Ok();
        Assert.Equal("READY", ready["state"]);
        Assert.Equal("Chat", ready["name"]);
        Assert.False(ready.Json.TryGetProperty("clientAction", out _));
    }

    [Fact]
    public async Task With_credentials_it_is_ready_at_once()
    {
        using var workspace = new TestWorkspace();

        var made = (
            await workspace.Alice.Post(
                "/connections",
                new
                {
                    integrationKey = "slack",
                    credentials = new { token = "t" },
                    key = "main",
                }
            )
        ).Ok();

        Assert.Equal("READY", made["state"]);
        Assert.Equal(made["id"], (await workspace.Alice.Get("/connections/main")).Ok()["id"]);
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await workspace.Alice.Post("/connections", new { integrationKey = "slack", key = "main" })).Status
        );
    }

    [Theory]
    [InlineData("https://slack.com/team")]
    [InlineData("slack.com")]
    [InlineData("www.slack.com")]
    public async Task Ensure_finds_the_connection_of_an_address_or_makes_it(string address)
    {
        using var workspace = new TestWorkspace();
        var made = (await workspace.Alice.Post("/connections/ensure", new { appUrl = address })).Ok();
        Assert.Equal("slack", made["integrationKey"]);

        Assert.Equal(made["id"], (await workspace.Alice.Post("/connections/ensure", new { appUrl = "https://slack.com" })).Ok()["id"]);
        Assert.Single((await workspace.Alice.Get("/connections")).Ok().Items);
    }

    [Fact]
    public async Task Ensure_lets_an_agent_build_what_is_missing()
    {
        using var workspace = new TestWorkspace(options => options.AgentWorkMilliseconds = 300);
        var made = (await workspace.Alice.Post("/connections/ensure", new { appUrl = "https://notion.so", name = "Wiki" })).Ok();
        Assert.Equal("BUILDING", made["state"]);
        Assert.StartsWith("ses_", made["buildingAgentSessionId"], StringComparison.Ordinal);

        var built = (await workspace.Alice.Get($"/connections/{made["id"]}?wait=true&timeout=30")).Ok();

        Assert.Equal("CLIENT_ACTION_REQUIRED", built["state"]);
        Assert.Equal(made["id"], (await workspace.Alice.Post("/connections/ensure", new { appUrl = "notion.so" })).Ok()["id"]);
        (
            await workspace.Nobody.Submit(built.Json.GetProperty("clientAction").GetProperty("uiUrl").GetString()!, ("decision", "allow"))
        ).Ok();
        Assert.Equal("READY", (await workspace.Alice.Get("/connections/" + made["id"])).Ok()["state"]);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("http://127.0.0.1")]
    [InlineData("")]
    [InlineData("not a domain")]
    public async Task Ensure_refuses_what_is_no_address_of_an_app(string address)
    {
        using var workspace = new TestWorkspace();

        Assert.Equal(HttpStatusCode.BadRequest, (await workspace.Alice.Post("/connections/ensure", new { appUrl = address })).Status);
    }

    [Fact]
    public async Task An_interrupted_build_leaves_a_connection_that_failed()
    {
        using var workspace = new TestWorkspace(options => options.AgentWorkMilliseconds = 60_000);
        var made = (await workspace.Alice.Post("/connections", new { intent = "Build a connector for Notion (https://notion.so)" })).Ok();
        Assert.Equal("BUILDING", made["state"]);

        (await workspace.Alice.Post($"/agent/sessions/{made["buildingAgentSessionId"]}/interrupt")).Ok();

        Assert.Equal("SETUP_FAILED", (await workspace.Alice.Get($"/connections/{made["id"]}?wait=1&timeout=30")).Ok()["state"]);
    }

    [Fact]
    public async Task Disconnecting_erases_the_credentials_and_reconnecting_keeps_the_id()
    {
        using var workspace = new TestWorkspace();
        var id = await workspace.Connect("slack");
        Assert.Equal("True", (await workspace.Alice.Post($"/connections/{id}/test")).Ok()["success"]);

        Assert.Equal(HttpStatusCode.NoContent, (await workspace.Alice.Post($"/connections/{id}/disconnect")).Status);
        var cut = (await workspace.Alice.Get($"/connections/{id}?includeSecrets=true")).Ok();
        Assert.Equal("True", cut["disconnected"]);
        Assert.False(cut.Json.TryGetProperty("credentials", out _));
        Assert.Equal("False", (await workspace.Alice.Post($"/connections/{id}/test")).Ok()["success"]);
        Assert.Equal(HttpStatusCode.BadRequest, (await workspace.Alice.Post($"/connections/{id}/refresh-credentials")).Status);

        var asked = (await workspace.Alice.Post($"/connections/{id}/reconnect")).Ok();
        (
            await workspace.Nobody.Submit(asked.Json.GetProperty("clientAction").GetProperty("uiUrl").GetString()!, ("decision", "allow"))
        ).Ok();
        Assert.Equal("READY", (await workspace.Alice.Get("/connections/" + id)).Ok()["state"]);
    }

    [Fact]
    public async Task An_archived_connection_behaves_as_archived_until_it_is_restored()
    {
        using var workspace = new TestWorkspace();
        var id = await workspace.Connect("slack");

        (await workspace.Alice.Delete("/connections/" + id)).Ok();

        Assert.Empty((await workspace.Alice.Get("/connections")).Ok().Items);
        Assert.Single((await workspace.Alice.Get("/connections?includeArchived=1")).Ok().Items);
        Assert.True((await workspace.Alice.Get("/connections/" + id)).Ok().Json.TryGetProperty("archivedAt", out _));
        Assert.Equal(HttpStatusCode.BadRequest, (await workspace.Alice.Patch("/connections/" + id, new { name = "x" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await workspace.Alice.Post($"/actions/list-users/run?connectionId={id}", new { })).Status);
        Assert.Equal(id, (await workspace.Alice.Post($"/connections/{id}/restore")).Ok()["id"]);
        Assert.Single((await workspace.Alice.Get("/connections")).Ok().Items);
    }

    [Fact]
    public async Task Connections_are_filtered()
    {
        using var workspace = new TestWorkspace();
        var slack = await workspace.Connect("slack");
        var hubspot = await workspace.Connect("hubspot");
        await workspace.Alice.Post($"/connections/{hubspot}/disconnect");

        async Task<string[]> Ids(string query) =>
            (await workspace.Alice.Get("/connections?" + query)).Ok().Items.Select(item => item.GetProperty("id").GetString()!).ToArray();

        Assert.Equal(new[] { slack }, await Ids("connected=true"));
        Assert.Equal(new[] { hubspot }, await Ids("disconnected=true"));
        Assert.Equal(new[] { slack }, await Ids("integrationKey=slack"));
        Assert.Equal(new[] { hubspot }, await Ids("search=HUB"));
        Assert.Equal(new[] { slack, hubspot }, await Ids(""));
    }

    [Fact]
    public async Task The_apps_own_API_works_on_the_same_records()
    {
        using var workspace = new TestWorkspace();
        var id = await workspace.Connect("hubspot");

        var made = await workspace.Alice.Post($"/connections/{id}/proxy/crm/v3/contacts", new { email = "ada@example.com" });
        Assert.Equal(HttpStatusCode.Created, made.Status);
        Assert.Single((await workspace.Run("list-contacts", id)).GetProperty("items").EnumerateArray());
        Assert.Equal("ada@example.com", (await workspace.Alice.Get($"/connections/{id}/proxy/contacts/{made["id"]}")).Ok()["email"]);
        Assert.Equal(HttpStatusCode.NoContent, (await workspace.Alice.Delete($"/connections/{id}/proxy/contacts/{made["id"]}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await workspace.Alice.Get($"/connections/{id}/proxy/contacts/{made["id"]}")).Status);

        var acted = (
            await workspace.Alice.Post("/act", new { connectionId = id, api = new { method = "GET", path = "/v1/contacts" } })
        ).Ok();
        Assert.Empty(acted.Json.GetProperty("output").GetProperty("items").EnumerateArray());
    }

    [Theory]
    [InlineData("slack.com")]
    [InlineData("notion.so")]
    public async Task Ensure_makes_one_connection_however_often_it_is_asked_at_once(string address)
    {
        using var workspace = new TestWorkspace(options => options.AgentWorkMilliseconds = 60_000);
        for (var round = 0; round < 300; round++)
        {
            var tenant = workspace.As(Token.Tenant($"tenant-{round}"));
            await tenant.Get("/self");

            var made = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => tenant.Post("/connections/ensure", new { appUrl = address })));

            Assert.Single(made.Select(answer => answer.Ok()["id"]).Distinct());
            Assert.Single((await tenant.Get("/connections")).Ok().Items);
        }
    }
}
