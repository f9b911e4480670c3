using System;
using System.Net;
using System.Text.Json;
using System.Threading.Tasks;
using Membrane.Emulator.Tests.Support;
using Xunit;

namespace Membrane.Emulator.Tests.Pages;

/// <summary>What the vendor's <c>membrane.connect</c> posts into a popup, a frame without size or the page's own window.</summary>
public sealed class ProgramConnectTests : IDisposable
{
    private static readonly string Alice = Token.Tenant("alice");

    private readonly TestWorkspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task Credentials_connect_without_a_person()
    {
        var page = await Connect(
            new
            {
                token = Alice,
                integrationKey = "weather-station",
                authOptionKey = "default",
                input = new { apiKey = "key-1" },
                requestId = "r-1",
            }
        );

        var outcome = Visitor.Outcome(page);
        Assert.Equal("newConnectionCreated", outcome.GetProperty("type").GetString());
        Assert.Equal("r-1", outcome.GetProperty("requestId").GetString());
        Assert.Equal("default", outcome.GetProperty("connection").GetProperty("authOptionKey").GetString());
        Assert.DoesNotContain("key-1", page.Text, StringComparison.Ordinal);
        var id = outcome.GetProperty("connection").GetProperty("id").GetString();
        var kept = (await workspace.Manager.Get($"/connections/{id}?includeSecrets=true")).Ok();
        Assert.Equal("key-1", kept.Json.GetProperty("credentials").GetProperty("apiKey").GetString());
        Assert.False(kept.Json.TryGetProperty("input", out _));
        Assert.DoesNotContain("key-1", JsonSerializer.Serialize(workspace.Host.GetRequests()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("input")]
    [InlineData("connectionParameters")]
    [InlineData("connectorParameters")]
    public async Task What_a_link_gives_the_app_stays_out_of_the_log(string name)
    {
        var given = Uri.EscapeDataString("""{"apiKey":"key-1","team":"team-1"}""");

        await workspace.Nobody.Get($"/connect?token={Alice}&integrationKey=weather-station&requestId=r-1&{name}={given}");

        var logged = Assert.Single(workspace.Host.GetRequests());
        Assert.DoesNotContain("-1%22", logged.Query, StringComparison.Ordinal);
        Assert.Contains("query." + name, logged.Redacted);
    }

    [Fact]
    public async Task The_older_name_of_the_input_and_a_key_are_read()
    {
        var outcome = Visitor.Outcome(
            await Connect(
                new
                {
                    token = Alice,
                    integrationKey = "weather-station",
                    connectionKey = "mine",
                    customState = "s",
                    connectionParameters = new { apiKey = "key-1" },
                    requestId = "r-1",
                }
            )
        );

        Assert.Equal("mine", outcome.GetProperty("connection").GetProperty("key").GetString());
        Assert.True(outcome.GetProperty("connection").GetProperty("connected").GetBoolean());
    }

    [Theory]
    [InlineData("""{"integrationKey":"weather-station","authOptionKey":"default"}""", "apiKey")]
    [InlineData("""{"integrationKey":"weather-station","authOptionKey":"default","input":{"apiKey":5}}""", "apiKey")]
    [InlineData("""{"integrationKey":"weather-station","authOptionKey":"default","input":{"apiKey":""}}""", "apiKey")]
    [InlineData("""{"integrationKey":"weather-station","authOptionKey":"default","input":{"apiKey":"invalid"}}""", "apiKey")]
    [InlineData("""{"integrationKey":"weather-station","authOptionKey":"other","input":{"apiKey":"k"}}""", "authOptionKey")]
    [InlineData("""{"integrationKey":"no-such-app","authOptionKey":"default","input":{"apiKey":"k"}}""", "no-such-app")]
    [InlineData("""{"connectionId":"con_none","input":{"apiKey":"k"}}""", "con_none")]
    [InlineData("""{"integrationKey":"slack","redirectUri":"javascript:alert(1)"}""", "redirectUri")]
    public async Task What_cannot_be_connected_is_told_to_who_waits(string payload, string why)
    {
        var node = System.Text.Json.Nodes.JsonNode.Parse(payload)!.AsObject();
        node["token"] = Alice;
        node["requestId"] = "r-1";

        var page = await workspace.Nobody.Submit("/connect", ("payload", node.ToJsonString()));

        var outcome = Visitor.Outcome(page);
        Assert.Equal("newConnectionFailure", outcome.GetProperty("type").GetString());
        Assert.Equal("r-1", outcome.GetProperty("requestId").GetString());
        Assert.Contains(why, outcome.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(outcome.GetProperty("error").GetString(), outcome.GetProperty("errorData").GetProperty("message").GetString());
        Assert.Empty((await workspace.Alice.Get("/connections")).Items);
    }

    [Theory]
    [InlineData("a.b.c", 401)]
    [InlineData("pat-emulator-development-account-token", 400)]
    public async Task A_bad_token_is_told_to_who_waits_and_sends_the_browser_nowhere(string token, int status)
    {
        var page = await Connect(
            new
            {
                token,
                integrationKey = "slack",
                requestId = "r-1",
                redirectUri = "https://elsewhere.example/",
            }
        );

        Assert.Equal(status, (int)page.Status);
        Assert.Equal("newConnectionFailure", Visitor.Outcome(page).GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_person_is_asked_where_one_has_to_be()
    {
        foreach (
            var payload in new object[]
            {
                new
                {
                    token = Alice,
                    integrationKey = "weather-station",
                    requestId = "r-1",
                },
                new
                {
                    token = Alice,
                    integrationKey = "weather-station",
                    requestId = "r-2",
                    input = new { apiKey = 5 },
                },
                new
                {
                    token = Alice,
                    integrationKey = "slack",
                    requestId = "r-3",
                    authOptionKey = "default",
                    input = new { team = "t" },
                },
            }
        )
        {
            var answer = await Connect(payload);

            Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
            Assert.StartsWith("/screens/connections?", answer.Response.Headers.Location!.OriginalString, StringComparison.Ordinal);
        }

        var page = await Connect(
            new
            {
                token = Alice,
                integrationKey = "slack",
                requestId = "r-4",
                authOptionKey = "default",
                input = new { team = "t" },
            }
        );
        var outcome = Visitor.Outcome(await workspace.Nobody.Submit(page.Response.Headers.Location!.OriginalString, ("decision", "allow")));

        Assert.Equal("t", outcome.GetProperty("connection").GetProperty("input").GetProperty("team").GetString());
        Assert.Equal("default", outcome.GetProperty("connection").GetProperty("authOptionKey").GetString());
    }

    [Fact]
    public async Task A_request_that_is_there_already_tells_the_one_who_opens_it()
    {
        var request = (await workspace.Alice.Post("/connection-requests", new { integrationKey = "slack" })).Ok()["requestId"];

        var page = await Connect(
            new
            {
                token = Alice,
                connectionRequestId = request,
                requestId = "r-1",
            }
        );
        var outcome = Visitor.Outcome(await workspace.Nobody.Submit(page.Response.Headers.Location!.OriginalString, ("decision", "allow")));

        Assert.Equal("r-1", outcome.GetProperty("requestId").GetString());
    }

    [Theory]
    [InlineData("""{"apiKey":"k"}""", "connectionId=con_")]
    [InlineData("""{"apiKey":"invalid"}""", "error=The%20app%20does%20not%20accept")]
    public async Task The_page_s_own_window_comes_back_with_the_outcome_and_its_own_query(string input, string result)
    {
        var answer = await workspace.Nobody.Submit(
            "/connect",
            (
                "payload",
                $$"""
                {"token":"{{Alice}}","integrationKey":"weather-station","authOptionKey":"default","requestId":"r-1","input":{{input}},
                "redirectUri":"http://localhost:5173/page?tab=a%26b&error=old&errorData=%7B%7D&connectionId=con_old#part"}
                """
            )
        );

        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        var address = answer.Response.Headers.Location!.OriginalString;
        Assert.StartsWith("http://localhost:5173/page?tab=a%26b&" + result, address, StringComparison.Ordinal);
        Assert.EndsWith("#part", address, StringComparison.Ordinal);
        Assert.DoesNotContain("old", address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connector_s_own_options_are_listed_and_taken()
    {
        var connector = (
            await workspace.Manager.Post(
                "/connectors",
                """
                {"name":"Two","options":{"key":{"type":"client-credentials","title":"With a key","inputSchema":{"type":"object",
                "properties":{"key":{"type":"string"}},"required":["key"]}},"oauth":{"type":"oauth2","title":"With a sign-in"}}}
                """
            )
        ).Ok()["id"];

        var options = (await workspace.Alice.Post("/connection-options", new { connectorId = connector })).Ok().Json;
        var outcome = Visitor.Outcome(
            await Connect(
                new
                {
                    token = Alice,
                    connectorId = connector,
                    authOptionKey = "key",
                    input = new { key = "k" },
                    requestId = "r-1",
                }
            )
        );
        var page = await Connect(
            new
            {
                token = Alice,
                connectorId = connector,
                authOptionKey = "oauth",
                requestId = "r-2",
            }
        );

        Assert.Equal(2, options.GetArrayLength());
        Assert.Equal("key", outcome.GetProperty("connection").GetProperty("authOptionKey").GetString());
        Assert.Equal(HttpStatusCode.SeeOther, page.Status);
    }

    private Task<Answer> Connect(object payload) => workspace.Nobody.Submit("/connect", ("payload", JsonSerializer.Serialize(payload)));
}
