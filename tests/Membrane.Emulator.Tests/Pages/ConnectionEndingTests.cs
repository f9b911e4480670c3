using System;
using System.Threading.Tasks;
using Membrane.Emulator.Tests.Support;
using Xunit;

namespace Membrane.Emulator.Tests.Pages;

/// <summary>From waiting for a person to working, and to the endings that nobody wants.</summary>
public sealed class ConnectionEndingTests
{
    [Fact]
    public async Task A_connection_that_waits_says_where_the_person_goes_and_works_afterwards()
    {
        using var workspace = new TestWorkspace();
        var created = (await workspace.Alice.Post("/connections", new { integrationKey = "slack" })).Ok();
        Assert.Equal("CLIENT_ACTION_REQUIRED", created["state"]);
        var visitor = new Visitor(workspace);

        (await visitor.Open(Page(created))).Ok();
        (await visitor.Decide("allow")).Ok();

        var connected = (await workspace.Alice.Get("/connections/" + created["id"])).Ok();
        Assert.Equal("READY", connected["state"]);
        Assert.False(connected.Json.TryGetProperty("clientAction", out _));
    }

    [Theory]
    [InlineData("refuse")]
    [InlineData("cancel")]
    [InlineData("fail")]
    public async Task A_connection_that_still_waits_leads_to_a_page_that_can_be_answered(string decision)
    {
        using var workspace = new TestWorkspace();
        var created = (await workspace.Alice.Post("/connections", new { integrationKey = "slack" })).Ok();
        var visitor = new Visitor(workspace);
        await visitor.Open(Page(created));
        await visitor.Decide(decision);

        var waiting = (await workspace.Alice.Get("/connections/" + created["id"])).Ok();
        Assert.Equal("CLIENT_ACTION_REQUIRED", waiting["state"]);
        Assert.NotEqual(Page(created), Page(waiting));
        Assert.Equal(decision != "cancel", waiting.Json.TryGetProperty("error", out _));
        await visitor.Open(Page(waiting));
        await visitor.Decide("allow");

        Assert.Equal("READY", (await workspace.Alice.Get("/connections/" + created["id"])).Ok()["state"]);
    }

    [Fact]
    public async Task A_set_up_that_fails_leaves_a_connection_that_says_so_and_can_be_connected_again()
    {
        using var workspace = new TestWorkspace();
        var request = (await workspace.Alice.Post("/connection-requests", new { integrationKey = "slack" })).Ok();
        var visitor = new Visitor(workspace);
        await visitor.Open(request["url"]);

        var outcome = Visitor.Outcome(await visitor.Decide("fail-setup"));

        var id = outcome.GetProperty("connectionId").GetString()!;
        var answered = (await workspace.Alice.Get("/connection-requests/" + request["requestId"])).Ok();
        Assert.Equal("error", answered["status"]);
        Assert.Equal(id, answered.Json.GetProperty("resultError").GetProperty("data").GetProperty("connectionId").GetString());
        var failed = (await workspace.Alice.Get($"/connections/{id}?includeSecrets=true")).Ok();
        Assert.Equal("SETUP_FAILED", failed["state"]);
        Assert.Equal("True", failed["disconnected"]);
        Assert.Equal(1, failed.Json.GetProperty("errors").GetArrayLength());
        Assert.False(failed.Json.TryGetProperty("credentials", out _));

        await visitor.Open($"/embed/connections/{id}/refresh?token={Token.Tenant("alice")}");
        await visitor.Decide("allow");

        var repaired = (await workspace.Alice.Get("/connections/" + id)).Ok();
        Assert.Equal("READY", repaired["state"]);
        Assert.False(repaired.Json.TryGetProperty("errors", out _));
    }

    [Fact]
    public async Task A_defunct_connection_runs_nothing_until_it_is_connected_again()
    {
        using var workspace = new TestWorkspace();
        var request = (await workspace.Alice.Post("/connection-requests", new { integrationKey = "slack" })).Ok();
        var visitor = new Visitor(workspace);
        await visitor.Open(request["url"]);
        await visitor.Decide("break");
        var id = (await workspace.Alice.Get("/connection-requests/" + request["requestId"])).Ok()["resultConnectionId"];

        Assert.Equal("True", (await workspace.Alice.Get("/connections/" + id)).Ok()["isDefunct"]);
        var refused = await workspace.Alice.Post($"/actions/list-messages/run?connectionId={id}", new { input = new { } });
        Assert.Equal("connection", refused["type"]);
        Assert.Equal("connection_is_defunct", refused["key"]);

        await visitor.Open($"/embed/connections/{id}/refresh?token={Token.Tenant("alice")}");
        await visitor.Decide("allow");
        (await workspace.Alice.Post($"/actions/list-messages/run?connectionId={id}", new { input = new { } })).Ok();
    }

    [Fact]
    public async Task A_key_that_the_app_refuses_can_be_typed_again()
    {
        using var workspace = new TestWorkspace();
        var request = (await workspace.Alice.Post("/connection-requests", new { integrationKey = "weather-station" })).Ok();
        var visitor = new Visitor(workspace);
        await visitor.Open(request["url"]);

        var refused = await visitor.Decide("allow", ("apiKey", "invalid-key"));

        Assert.Equal(400, (int)refused.Status);
        Assert.Contains("The app does not accept this API key.", refused.Text, StringComparison.Ordinal);
        Assert.Contains("aria-invalid=\"true\"", refused.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("invalid-key", refused.Text, StringComparison.Ordinal);
        Assert.Equal("pending", (await workspace.Alice.Get("/connection-requests/" + request["requestId"])).Ok()["status"]);
        (await visitor.Decide("allow", ("apiKey", "right"))).Ok();
        Assert.Equal("success", (await workspace.Alice.Get("/connection-requests/" + request["requestId"])).Ok()["status"]);
    }

    [Fact]
    public async Task A_request_for_what_was_archived_meanwhile_says_so()
    {
        using var workspace = new TestWorkspace();
        var id = await workspace.Connect("slack");
        var request = (await workspace.Alice.Post("/connection-requests", new { connectionId = id })).Ok();
        var visitor = new Visitor(workspace);
        await visitor.Open(request["url"]);
        (await workspace.Alice.Delete("/connections/" + id)).Ok();

        Assert.Equal(410, (int)(await visitor.Open(request["url"])).Status);
        await visitor.Decide("allow");

        Assert.Equal("error", (await workspace.Alice.Get("/connection-requests/" + request["requestId"])).Ok()["status"]);
    }

    [Fact]
    public async Task What_is_typed_on_a_page_is_not_in_the_log_of_requests()
    {
        using var workspace = new TestWorkspace();
        var request = (await workspace.Alice.Post("/connection-requests", new { integrationKey = "slack" })).Ok();
        var visitor = new Visitor(workspace);
        await visitor.Open(request["url"]);

        await visitor.Decide("allow", ("pin", "1234-typed"));

        var answer = Assert.Single(workspace.Host.GetRequests(), one => one.Method == "POST" && one.Path == "/screens/connections");
        Assert.Equal("decision=allow&pin=(redacted)", answer.Body);
    }

    private static string Page(Answer connection) => connection.Json.GetProperty("clientAction").GetProperty("uiUrl").GetString()!;
}
