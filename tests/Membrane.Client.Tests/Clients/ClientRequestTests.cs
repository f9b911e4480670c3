using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Membrane.Client.Tests.Support;
using Xunit;

namespace Membrane.Client.Tests.Clients;

/// <summary>Each method sends what the API documents and shows what it answers.</summary>
public sealed class ClientRequestTests
{
    private static readonly ListingOptions Five = new() { First = 5 };

    private static async Task<RecordedRequest> SentAsync(Func<MembraneClient, Task> call, string answer = """{"items":[]}""")
    {
        using var server = new ScriptedServer(Answer.Json(answer));
        using var client = Make.Client(server);
        await call(client).Within();
        return server.OnlyRequest;
    }

    [Fact]
    public async Task Connections_are_listed_by_every_filter()
    {
        var plain = await SentAsync(static client => client.Connections.List(null, Five).ToListAsync());
        var full = await SentAsync(static client =>
            client
                .Connections.List(
                    new ConnectionFilter
                    {
                        Search = "my slack",
                        IntegrationId = "i1",
                        IntegrationKey = "slack",
                        ConnectorId = "k1",
                        ExternalAppId = "x1",
                        TenantId = "t1",
                        Connected = false,
                        IsTest = true,
                        IncludeArchived = true,
                    },
                    Five
                )
                .ToListAsync()
        );

        Assert.Equal("GET /connections?limit=5", plain.Method + " " + plain.Target);
        Assert.Equal(
            "/connections?search=my%20slack&integrationId=i1&integrationKey=slack&connectorId=k1&externalAppId=x1&tenantId=t1&connected=false&isTest=true&includeArchived=true&limit=5",
            full.Target
        );
    }

    [Fact]
    public async Task Actions_are_listed_by_every_filter_and_remember_their_connection()
    {
        using var server = new ScriptedServer(Answer.Json("""{"items":[{"id":"a1","key":"send","connectionId":"own"}]}"""));
        using var client = Make.Client(server);

        var action = Assert.Single(
            await client
                .Actions.List(
                    new ActionFilter
                    {
                        ConnectionId = "c1",
                        IntegrationId = "i1",
                        IntegrationKey = "slack",
                        Search = "s",
                        Intent = "send a message",
                        Layer = "connection",
                        IncludeArchived = true,
                    },
                    Five
                )
                .ToListAsync()
                .Within()
        );

        Assert.Equal(
            "/actions?connectionId=c1&integrationId=i1&integrationKey=slack&search=s&intent=send%20a%20message&layer=connection&includeArchived=true&limit=5",
            server.OnlyRequest.Target
        );
        Assert.Equal("c1", action.FoundOnConnectionId);
        Assert.Equal("own", action.ConnectionId);
    }

    [Fact]
    public async Task An_action_is_fetched_and_run_in_the_scope_that_is_named()
    {
        using var server = new ScriptedServer(
            Answer.Json("""{"id":"a1"}"""),
            Answer.Json("""{"output":{"items":[{"id":7}]},"actionRunId":"r1","more":1}""")
        );
        using var client = Make.Client(server);
        var selector = new ActionSelector("send") { ConnectionId = "c1", IntegrationKey = "slack" };

        var action = await client.Actions.GetAsync(selector).Within();
        var run = await client.Actions.RunAsync(selector, new Dictionary<string, object?> { ["text"] = "Hello!" }).Within();

        Assert.Equal("c1", action.FoundOnConnectionId);
        Assert.Equal("GET /actions/send?connectionId=c1&integrationKey=slack", server.Requests[0].Method + " " + server.Requests[0].Target);
        Assert.Equal(
            "POST /actions/send/run?connectionId=c1&integrationKey=slack",
            server.Requests[1].Method + " " + server.Requests[1].Target
        );
        Assert.Equal("""{"input":{"text":"Hello!"}}""", server.Requests[1].BodyText);
        Assert.Equal(("send", "c1", "r1"), (run.ActionId, run.ConnectionId, run.ActionRunId));
        Assert.Equal(1L, run.GetUnknownFields()["more"]);
        Assert.True(run.Duration > TimeSpan.Zero);
    }

    [Fact]
    public async Task An_intent_may_be_two_hundred_characters_long_and_no_more()
    {
        var sent = await SentAsync(static client =>
            client.Actions.List(new ActionFilter { Intent = new string('x', 200) }, Five).ToListAsync()
        );

        Assert.Equal(200, sent.QueryValue("intent")!.Length);
        Assert.Equal(
            "Intent",
            Assert.Throws<MembraneInputException>(static () => new ActionFilter { Intent = new string('x', 201) }).ParameterName
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("long")]
    public void A_search_for_nothing_or_for_a_novel_is_refused(string query)
    {
        using var client = Make.Client(new Uri("http://127.0.0.1:1"));

        Assert.Equal(
            "Query",
            Assert.Throws<MembraneInputException>(() => client.Search.Find(query == "long" ? new string('x', 201) : query)).ParameterName
        );
    }

    [Fact]
    public async Task A_connection_request_says_what_to_connect()
    {
        var sent = await SentAsync(
            static client =>
                client.ConnectionRequests.CreateAsync(
                    new NewConnectionRequest
                    {
                        ConnectorId = "k1",
                        ConnectorKey = "slack",
                        ConnectorVersion = "1.0",
                        IntegrationId = "i1",
                        IntegrationKey = "ik",
                        ConnectionId = "c1",
                        ConnectionKey = "ck",
                        Name = "Mine",
                        AllowMultipleConnections = false,
                        ConnectorParameters = new Dictionary<string, object?> { ["region"] = "eu" },
                        RedirectUri = "https://example.com/back",
                        Prompt = "for tests",
                    }
                ),
            """{"requestId":"r1","status":"pending","url":"https://x"}"""
        );

        Assert.Equal("POST /connection-requests", sent.Method + " " + sent.Target);
        Assert.Equal(
            """{"connectorId":"k1","connectorKey":"slack","connectorVersion":"1.0","integrationId":"i1","integrationKey":"ik","connectionId":"c1","connectionKey":"ck","name":"Mine","allowMultipleConnections":false,"connectorParameters":{"region":"eu"},"redirectUri":"https://example.com/back","prompt":"for tests"}""",
            sent.BodyText
        );
    }

    [Fact]
    public async Task A_connection_request_for_nothing_is_refused()
    {
        using var server = new ScriptedServer();
        using var client = Make.Client(server);

        await Assert.ThrowsAsync<MembraneInputException>(() =>
            client.ConnectionRequests.CreateAsync(new NewConnectionRequest { Name = "x", ConnectorId = " " }).Within()
        );

        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_refused_connection_request_shows_its_reason()
    {
        using var server = new ScriptedServer(
            Answer.Json("""{"requestId":"r1","status":"error","resultError":{"message":"The person said no.","key":"access_denied"}}""")
        );
        using var client = Make.Client(server);

        var request = await client.ConnectionRequests.GetAsync("r1").Within();

        Assert.Equal("The person said no.", request.ResultError!.ToString());
        Assert.Equal("r1 (error)", request.ToString());
    }

    [Fact]
    public async Task Agent_sessions_are_made_listed_messaged_interrupted_and_stopped()
    {
        var made = await SentAsync(
            static client =>
                client.AgentSessions.CreateAsync(new NewAgentSession { Prompt = "Build a connector", AgentName = "connection-building" }),
            "{}"
        );
        var plain = await SentAsync(static client => client.AgentSessions.CreateAsync(new NewAgentSession { Prompt = "Build" }), "{}");
        var listed = await SentAsync(static client =>
            client.AgentSessions.List(new AgentSessionFilter { Status = "running" }, Five).ToListAsync()
        );
        var fetched = await SentAsync(static client => client.AgentSessions.GetAsync("s1"), "{}");
        var messaged = await SentAsync(static client => client.AgentSessions.SendMessageAsync("s1", "More"), "{}");
        var interrupted = await SentAsync(static client => client.AgentSessions.InterruptAsync("s1"), """{"interrupted":false}""");
        var stopped = await SentAsync(static client => client.AgentSessions.StopAsync("s1"), "{}");

        Assert.Equal("POST /agent/sessions", made.Method + " " + made.Target);
        Assert.Equal("""{"prompt":"Build a connector","agentName":"connection-building"}""", made.BodyText);
        Assert.Equal("""{"prompt":"Build"}""", plain.BodyText);
        Assert.Equal("GET /agent/sessions?status=running&limit=5", listed.Method + " " + listed.Target);
        Assert.Equal("GET /agent/sessions/s1", fetched.Method + " " + fetched.Target);
        Assert.Equal("POST /agent/sessions/s1/message", messaged.Method + " " + messaged.Target);
        Assert.Equal("""{"input":"More"}""", messaged.BodyText);
        Assert.Equal("POST /agent/sessions/s1/interrupt", interrupted.Method + " " + interrupted.Target);
        Assert.Equal("PATCH /agent/sessions/s1/stop", stopped.Method + " " + stopped.Target);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \n")]
    public async Task An_agent_without_a_task_is_refused(string? text)
    {
        using var server = new ScriptedServer();
        using var client = Make.Client(server);

        Assert.Equal(
            "Prompt",
            (
                await Assert.ThrowsAsync<MembraneInputException>(async () =>
                    await client.AgentSessions.CreateAsync(new NewAgentSession { Prompt = text! })
                )
            ).ParameterName
        );
        Assert.Equal(
            "Message",
            (
                await Assert.ThrowsAsync<MembraneInputException>(async () => await client.AgentSessions.SendMessageAsync("s1", text!))
            ).ParameterName
        );
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task The_version_header_and_the_user_agent_can_be_chosen()
    {
        using var server = new ScriptedServer(Answer.Json("{}"));
        using var client = new MembraneClient(
            new MembraneClientOptions
            {
                ApiUri = server.Uri,
                TokenSource = new FixedTokenSource(Make.AccountToken),
                ApiVersion = null,
                UserAgent = "Test/1.0 (unit)",
            }
        );

        await client.Connections.GetAsync("c1").Within();

        Assert.Null(server.OnlyRequest.Header("membrane-api-version"));
        Assert.Equal("Test/1.0 (unit)", server.OnlyRequest.Header("User-Agent"));
    }

    [Fact]
    public void Options_that_cannot_work_are_refused()
    {
        var tokens = new FixedTokenSource(Make.AccountToken);

        Assert.Equal(
            "TokenSource",
            Assert.Throws<MembraneInputException>(static () => new MembraneClient(new MembraneClientOptions())).ParameterName
        );
        foreach (var timeout in new[] { TimeSpan.Zero, TimeSpan.FromSeconds(-1), TimeSpan.MaxValue })
        {
            Assert.Equal(
                "RequestTimeout",
                Assert
                    .Throws<MembraneInputException>(() =>
                        new MembraneClient(new MembraneClientOptions { TokenSource = tokens, RequestTimeout = timeout })
                    )
                    .ParameterName
            );
        }

        foreach (var attempts in new[] { 0, -1, 11 })
        {
            Assert.Equal(
                "MaxAttempts",
                Assert.Throws<MembraneInputException>(() => new RetryPolicy { MaxAttempts = attempts }).ParameterName
            );
        }
    }
}
