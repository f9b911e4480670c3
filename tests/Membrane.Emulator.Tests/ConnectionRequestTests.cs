using System;
using System.Net;
using System.Threading.Tasks;
using Membrane.Emulator.Tests.Support;
using Xunit;

namespace Membrane.Emulator.Tests;

public sealed class ConnectionRequestTests
{
    [Fact]
    public async Task Allowing_makes_a_working_connection_for_the_tenant_that_asked()
    {
        using var workspace = new TestWorkspace();
        var hit = (await workspace.Alice.Get("/search?q=slack&elementType=connector")).Ok();
        var connectorId = hit.Items[0].GetProperty("element").GetProperty("id").GetString()!;
        var request = (await workspace.Alice.Post("/connection-requests", new { connectorId, name = "Team chat" })).Ok();
        Assert.Equal("pending", request["status"]);

        var page = (await workspace.Nobody.Get(request["url"])).Ok();
        Assert.Contains("Connect Slack", page.Text, StringComparison.Ordinal);
        (await workspace.Nobody.Submit(request["url"], ("decision", "allow"))).Ok();

        var answered = (await workspace.Alice.Get("/connection-requests/" + request["requestId"])).Ok();
        Assert.Equal("success", answered["status"]);
        var connection = (await workspace.Alice.Get("/connections/" + answered["resultConnectionId"])).Ok();
        Assert.Equal("Team chat", connection["name"]);
        Assert.Equal("READY", connection["state"]);
        Assert.Equal("False", connection["disconnected"]);
        Assert.Equal(connectorId, connection["connectorId"]);
    }

    [Theory]
    [InlineData("refuse", "error")]
    [InlineData("cancel", "cancelled")]
    public async Task Not_allowing_ends_the_request_without_a_connection(string decision, string status)
    {
        using var workspace = new TestWorkspace();
        var request = (await workspace.Alice.Post("/connection-requests", new { integrationKey = "slack" })).Ok();

        await workspace.Nobody.Submit(request["url"], ("decision", decision));

        var answered = (await workspace.Alice.Get("/connection-requests/" + request["requestId"])).Ok();
        Assert.Equal(status, answered["status"]);
        Assert.Equal(status == "error", answered.Json.TryGetProperty("resultError", out _));
        Assert.Empty((await workspace.Alice.Get("/connections")).Items);
    }

    [Fact]
    public async Task An_answer_counts_once()
    {
        using var workspace = new TestWorkspace();
        var request = (await workspace.Alice.Post("/connection-requests", new { integrationKey = "slack" })).Ok();
        await workspace.Nobody.Submit(request["url"], ("decision", "refuse"));

        await workspace.Nobody.Submit(request["url"], ("decision", "allow"));

        Assert.Equal("error", (await workspace.Alice.Get("/connection-requests/" + request["requestId"])).Ok()["status"]);
    }

    [Fact]
    public async Task An_app_with_an_API_key_asks_for_it()
    {
        using var workspace = new TestWorkspace();
        var request = (await workspace.Alice.Post("/connection-requests", new { integrationKey = "weather-station" })).Ok();
        Assert.Contains("name=\"apiKey\"", (await workspace.Nobody.Get(request["url"])).Text, StringComparison.Ordinal);

        var without = await workspace.Nobody.Submit(request["url"], ("decision", "allow"), ("apiKey", " "));
        Assert.Equal(HttpStatusCode.BadRequest, without.Status);
        Assert.Contains("role=\"alert\"", without.Text, StringComparison.Ordinal);
        (await workspace.Nobody.Submit(request["url"], ("decision", "allow"), ("apiKey", "k-1"))).Ok();

        var id = (await workspace.Alice.Get("/connection-requests/" + request["requestId"])).Ok()["resultConnectionId"];
        var plain = (await workspace.Alice.Get("/connections/" + id)).Ok();
        var withSecrets = (await workspace.Alice.Get($"/connections/{id}?includeSecrets=true")).Ok();
        Assert.DoesNotContain("k-1", plain.Text, StringComparison.Ordinal);
        Assert.Equal("k-1", withSecrets.Json.GetProperty("credentials").GetProperty("apiKey").GetString());
    }

    [Fact]
    public async Task Naming_a_connection_connects_it_again_under_its_id()
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("slack");
        var request = (await workspace.Alice.Post("/connection-requests", new { connectionId = connection })).Ok();

        await workspace.Nobody.Submit(request["url"], ("decision", "allow"));

        Assert.Equal(connection, (await workspace.Alice.Get("/connection-requests/" + request["requestId"])).Ok()["resultConnectionId"]);
        Assert.Single((await workspace.Alice.Get("/connections")).Items);
    }

    [Fact]
    public async Task Without_allowMultipleConnections_the_connection_that_is_there_is_used_again()
    {
        using var workspace = new TestWorkspace();
        var first = await workspace.Connect("slack");
        var request = (await workspace.Alice.Post("/connection-requests", new { integrationKey = "slack" })).Ok();

        await workspace.Nobody.Submit(request["url"], ("decision", "allow"));

        Assert.Equal(first, (await workspace.Alice.Get("/connection-requests/" + request["requestId"])).Ok()["resultConnectionId"]);
    }

    [Fact]
    public async Task The_browser_goes_back_with_the_result()
    {
        using var workspace = new TestWorkspace();
        var request = (
            await workspace.Alice.Post(
                "/connection-requests",
                new { integrationKey = "slack", redirectUri = "https://app.example/back?x=1" }
            )
        ).Ok();

        var answer = await workspace.Nobody.Submit(request["url"], ("decision", "allow"));

        var id = (await workspace.Alice.Get("/connection-requests/" + request["requestId"])).Ok()["resultConnectionId"];
        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        Assert.Equal($"https://app.example/back?x=1&connectionId={id}", answer.Response.Headers.Location!.ToString());
    }

    [Theory]
    [InlineData("{}", 400)]
    [InlineData("""{"name":"x"}""", 400)]
    [InlineData("""{"connectorId":"cnt_unknown"}""", 404)]
    [InlineData("""{"connectionId":"con_unknown"}""", 404)]
    [InlineData("""{"connectorId":5}""", 400)]
    [InlineData("""{"integrationKey":"slack","surprise":1}""", 400)]
    [InlineData("""{"integrationKey":"slack","redirectUri":"not a uri"}""", 400)]
    public async Task What_cannot_be_asked_for_is_refused(string body, int status)
    {
        using var workspace = new TestWorkspace();

        Assert.Equal(status, (int)(await workspace.Alice.Post("/connection-requests", body)).Status);
    }

    [Fact]
    public async Task Names_from_outside_are_text_on_the_page_not_markup()
    {
        using var workspace = new TestWorkspace();
        var mallory = workspace.As(Token.Tenant("m", "<script>alert(1)</script>"));
        var request = (await mallory.Post("/connection-requests", new { integrationKey = "slack" })).Ok();

        var page = (await workspace.Nobody.Get(request["url"])).Ok();

        Assert.DoesNotContain("<script>alert", page.Text, StringComparison.Ordinal);
        Assert.Contains("&lt;script", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_of_no_request_says_so()
    {
        using var workspace = new TestWorkspace();

        Assert.Equal(HttpStatusCode.NotFound, (await workspace.Nobody.Get("/screens/connections?connectionRequestId=cr_no")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await workspace.Nobody.Get("/screens/connections")).Status);
    }

    [Fact]
    public async Task A_key_names_the_connection_to_connect_again()
    {
        using var workspace = new TestWorkspace();
        var main = (await workspace.Alice.Post("/connections", new { integrationKey = "slack", key = "main" })).Ok();

        var request = (await workspace.Alice.Post("/connection-requests", new { connectionKey = "main" })).Ok();
        (await workspace.Nobody.Submit(request["url"], ("decision", "allow"))).Ok();

        Assert.Equal(main["id"], (await workspace.Alice.Get("/connection-requests/" + request["requestId"])).Ok()["resultConnectionId"]);
        Assert.Equal("READY", (await workspace.Alice.Get("/connections/main")).Ok()["state"]);
        Assert.Equal(HttpStatusCode.NotFound, (await workspace.Alice.Post("/connection-requests", new { connectionKey = "other" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await workspace.Bob.Post("/connection-requests", new { connectionKey = "main" })).Status);
    }

    [Fact]
    public async Task A_key_that_another_connection_has_is_not_given_again()
    {
        using var workspace = new TestWorkspace();
        var main = (await workspace.Alice.Post("/connections", new { integrationKey = "slack", key = "main" })).Ok();
        var other = await workspace.Connect("slack");
        var request = (await workspace.Alice.Post("/connection-requests", new { connectionId = other, connectionKey = "main" })).Ok();

        await workspace.Nobody.Submit(request["url"], ("decision", "allow"));

        var ended = (await workspace.Alice.Get("/connection-requests/" + request["requestId"])).Ok();
        Assert.Equal("error", ended["status"]);
        Assert.Contains("main", ended.Json.GetProperty("resultError").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(main["id"], (await workspace.Alice.Get("/connections/main")).Ok()["id"]);
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("1e999")]
    [InlineData("Infinity")]
    public async Task The_fields_that_a_connector_of_our_own_asks_for_can_be_filled_in(string noNumber)
    {
        using var workspace = new TestWorkspace();
        var connector = (
            await workspace.Manager.Post(
                "/connectors",
                """{"name":"Own","customCredentialsSchema":{"type":"object","properties":{"user":{"type":"string"},"port":{"type":"number"}},"required":["user","port"]}}"""
            )
        ).Ok();
        var request = (await workspace.Alice.Post("/connection-requests", new { connectorId = connector["id"] })).Ok();
        Assert.Contains("name=\"port\"", (await workspace.Nobody.Get(request["url"])).Ok().Text, StringComparison.Ordinal);

        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await workspace.Nobody.Submit(request["url"], ("decision", "allow"), ("user", "u"), ("port", noNumber))).Status
        );
        (await workspace.Nobody.Submit(request["url"], ("decision", "allow"), ("user", "u"), ("port", "25"))).Ok();

        var connection = (await workspace.Alice.Get("/connection-requests/" + request["requestId"])).Ok()["resultConnectionId"];
        var made = (await workspace.Alice.Get($"/connections/{connection}?includeSecrets=true")).Ok();
        Assert.Equal(25, made.Json.GetProperty("credentials").GetProperty("port").GetInt32());
    }
}
