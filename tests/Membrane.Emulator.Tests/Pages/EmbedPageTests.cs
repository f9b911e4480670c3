using System;
using System.Net;
using System.Text.Json;
using System.Threading.Tasks;
using Membrane.Emulator.Tests.Support;
using Xunit;

namespace Membrane.Emulator.Tests.Pages;

/// <summary>The addresses at which the vendor's own pages stand.</summary>
public sealed class EmbedPageTests
{
    private static readonly string Alice = Token.Tenant("alice");

    [Theory]
    [InlineData("/embed/integrations/slack/connect?")]
    [InlineData("/embed/integrations/slack?")]
    [InlineData("/isolated-embed/integrations/slack/connect?")]
    [InlineData("/screens/integrations/slack/connect?")]
    [InlineData("/screens/connect?integrationKey=slack&")]
    [InlineData("/connect?integrationKey=slack&")]
    public async Task An_address_with_a_token_leads_to_the_question_without_it(string address)
    {
        using var workspace = new TestWorkspace();
        var visitor = new Visitor(workspace);

        var page = (await visitor.Open($"{address}name=Team%20chat&token={Alice}")).Ok();

        Assert.Equal("Connect Slack", Visitor.Title(page));
        Assert.DoesNotContain("token", visitor.Address, StringComparison.Ordinal);
        Assert.DoesNotContain(Alice, page.Text, StringComparison.Ordinal);
        (await visitor.Decide("allow")).Ok();
        var connection = Assert.Single((await workspace.Alice.Get("/connections")).Items);
        Assert.Equal("Team chat", connection.GetProperty("name").GetString());
        Assert.Equal("READY", connection.GetProperty("state").GetString());
    }

    [Fact]
    public async Task The_SDK_posts_its_options_as_a_form()
    {
        using var workspace = new TestWorkspace();
        var visitor = new Visitor(workspace);

        var page = (
            await visitor.Post(
                "/screens/connect",
                ("token", Alice),
                ("integrationKey", "weather-station"),
                ("theme", "dark"),
                ("connectorParameters", """{"region":"eu"}""")
            )
        ).Ok();
        Assert.Contains("<html lang=\"en\" data-theme=\"dark\">", page.Text, StringComparison.Ordinal);
        await visitor.Decide("allow", ("apiKey", "k"));

        var connection = Assert.Single((await workspace.Alice.Get("/connections")).Items);
        Assert.Equal("eu", connection.GetProperty("connectorParameters").GetProperty("region").GetString());
    }

    [Fact]
    public async Task The_SDK_posts_a_payload_and_is_told_how_it_ended()
    {
        using var workspace = new TestWorkspace();
        var visitor = new Visitor(workspace);
        await visitor.Post(
            "/connect",
            (
                "payload",
                JsonSerializer.Serialize(
                    new
                    {
                        token = Alice,
                        integrationKey = "slack",
                        requestId = "r-1",
                        allowMultipleConnections = true,
                    }
                )
            )
        );

        var outcome = Visitor.Outcome(await visitor.Decide("allow"));

        Assert.Equal("integration.app", outcome.GetProperty("source").GetString());
        Assert.Equal("newConnectionCreated", outcome.GetProperty("type").GetString());
        Assert.Equal("r-1", outcome.GetProperty("requestId").GetString());
        Assert.Equal("READY", outcome.GetProperty("connection").GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_refusal_is_told_too()
    {
        using var workspace = new TestWorkspace();
        var visitor = new Visitor(workspace);
        await visitor.Open($"/embed/integrations/slack/connect?token={Alice}");

        var outcome = Visitor.Outcome(await visitor.Decide("refuse"));

        Assert.Equal("newConnectionFailure", outcome.GetProperty("type").GetString());
        Assert.Equal("connection", outcome.GetProperty("errorData").GetProperty("type").GetString());
        Assert.Equal(outcome.GetProperty("errorData").GetProperty("message").GetString(), outcome.GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("allow", "connectionId=")]
    [InlineData("refuse", "error=The%20person%20refused%20to%20connect%20the%20app.&errorData=%7B")]
    [InlineData("fail", "error=The%20app%20answered%20with%20an%20error.&errorData=%7B")]
    [InlineData("cancel", "error=The%20person%20left%20without%20answering.")]
    public async Task The_browser_goes_back_with_the_result(string decision, string result)
    {
        using var workspace = new TestWorkspace();
        var visitor = new Visitor(workspace);
        await visitor.Open(
            $"/embed/integrations/slack/connect?token={Alice}&redirectUri={Uri.EscapeDataString("https://app.example/back?a=b")}"
        );

        var answer = await visitor.Decide(decision);

        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        Assert.StartsWith(
            "https://app.example/back?a=b&" + result,
            answer.Response.Headers.Location!.OriginalString,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("&allowMultipleConnections=", 1)]
    [InlineData("&allowMultipleConnections=1", 2)]
    public async Task Several_connections_are_made_only_when_asked_for(string parameter, int expected)
    {
        using var workspace = new TestWorkspace();
        await workspace.Connect("slack");
        var visitor = new Visitor(workspace);

        var page = await visitor.Open($"/embed/integrations/slack/connect?token={Alice}{parameter}");
        await visitor.Decide("allow");

        Assert.Equal(expected == 1 ? "Connect Slack again" : "Connect Slack", Visitor.Title(page));
        Assert.Equal(expected, (await workspace.Alice.Get("/connections")).Items.Count);
    }

    [Fact]
    public async Task Opening_an_address_twice_asks_once()
    {
        using var workspace = new TestWorkspace();
        var visitor = new Visitor(workspace);
        await visitor.Open($"/embed/integrations/slack/connect?token={Alice}");
        var first = visitor.Address;

        await visitor.Open($"/embed/integrations/slack/connect?token={Alice}");
        Assert.Equal(first, visitor.Address);
        await visitor.Open($"/embed/integrations/slack/connect?token={Alice}&name=Other");
        Assert.NotEqual(first, visitor.Address);
        await visitor.Open($"/embed/integrations/slack/connect?token={Token.Tenant("bob")}");
        Assert.NotEqual(first, visitor.Address);
    }

    [Theory]
    [InlineData("/embed/integrations/slack/connect", 401)]
    [InlineData("/embed/integrations/slack/connect?token=a.b.c", 401)]
    [InlineData("/embed/integrations/slack/connect?token=pat-emulator-development-account-token", 400)]
    [InlineData("/embed/integrations/nothing/connect?token=ALICE", 404)]
    [InlineData("/embed/connections/con_nothing/refresh?token=ALICE", 404)]
    [InlineData("/embed/integrations/slack/connect?token=ALICE&redirectUri=javascript:alert(1)", 400)]
    [InlineData("/embed/integrations/slack/connect?token=ALICE&connectorParameters=x", 400)]
    [InlineData("/screens/connection?token=ALICE", 400)]
    [InlineData("/screens/connect?token=ALICE&connectionRequestId=cr_no", 404)]
    [InlineData("/embed/flow-instances/x/editor?token=ALICE", 501)]
    public async Task What_cannot_be_opened_is_said_on_a_page(string address, int status)
    {
        using var workspace = new TestWorkspace();

        var answer = await workspace.Nobody.Get(address.Replace("ALICE", Alice, StringComparison.Ordinal));

        Assert.Equal(status, (int)answer.Status);
        Assert.Equal("text/html", answer.Response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("<h1>", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expired_token_opens_nothing()
    {
        using var workspace = new TestWorkspace();
        var expired = Token.Sign(
            new()
            {
                ["iss"] = EmulatorOptions.DefaultWorkspaceKey,
                ["id"] = "alice",
                ["exp"] = Token.InSeconds(-1),
            }
        );

        var answer = await workspace.Nobody.Get("/embed/integrations/slack/connect?token=" + expired);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Contains("expired", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_is_connected_again_under_its_id()
    {
        using var workspace = new TestWorkspace();
        var id = await workspace.Connect("slack");
        (await workspace.Alice.Post($"/connection-requests", new { connectionId = id })).Ok();
        var visitor = new Visitor(workspace);

        var page = await visitor.Open($"/embed/connections/{id}/refresh?token={Alice}");
        var outcome = Visitor.Outcome(await visitor.Decide("allow"));

        Assert.Equal("Connect Slack again", Visitor.Title(page));
        Assert.Equal(id, outcome.GetProperty("connection").GetProperty("id").GetString());
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await workspace.Nobody.Get($"/embed/connections/{id}/refresh?token={Token.Tenant("bob")}")).Status
        );
    }

    [Fact]
    public async Task Without_an_app_the_person_chooses_one()
    {
        using var workspace = new TestWorkspace();
        var visitor = new Visitor(workspace);

        var all = (await visitor.Open($"/screens/connect?token={Alice}&name=Mine")).Ok();
        var some = (await visitor.Post("/screens/connect", ("token", Alice), ("search", "git"))).Ok();
        var none = (await visitor.Post("/screens/connect", ("token", Alice), ("search", "qqqq"))).Ok();
        var github = (await workspace.Alice.Get("/integrations/github")).Ok()["id"];
        var chosen = await visitor.Post("/screens/connect", ("token", Alice), ("name", "Mine"), ("integrationId", github));

        Assert.Contains("Weather Station", all.Text, StringComparison.Ordinal);
        Assert.Contains("name=\"name\" value=\"Mine\"", all.Text, StringComparison.Ordinal);
        Assert.Contains("GitHub", some.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Slack", some.Text, StringComparison.Ordinal);
        Assert.Contains("No app is called that.", none.Text, StringComparison.Ordinal);
        Assert.Equal("Connect GitHub", Visitor.Title(chosen));
    }

    [Fact]
    public async Task A_connection_has_a_page_that_says_how_it_is()
    {
        using var workspace = new TestWorkspace();
        var id = await workspace.Connect("slack");
        var waiting = (await workspace.Alice.Post("/connections", new { integrationKey = "github" })).Ok()["id"];
        var visitor = new Visitor(workspace);

        Assert.Contains(
            ">Ready<",
            (await visitor.Post("/screens/connection", ("token", Alice), ("connectionId", id))).Ok().Text,
            StringComparison.Ordinal
        );
        var page = (await visitor.Post("/screens/connection", ("token", Alice), ("connectionId", waiting))).Ok();
        Assert.Contains(">Needs you<", page.Text, StringComparison.Ordinal);
        var again = await visitor.Post($"/embed/connections/{waiting}/refresh", ("token", Alice));

        Assert.Contains($"action=\"/embed/connections/{waiting}/refresh\"", page.Text, StringComparison.Ordinal);
        Assert.Equal("Connect GitHub again", Visitor.Title(again));
    }

    [Fact]
    public async Task JSON_to_connect_is_not_for_a_page()
    {
        using var workspace = new TestWorkspace();

        Assert.Equal(HttpStatusCode.NotFound, (await workspace.Alice.Post("/connect", new { intent = "Slack" })).Status);
    }
}
