using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Tests.Support;
using Membrane.Client.Waiting;
using Xunit;

namespace Membrane.Client.Tests.Waiting;

public sealed class WaitingTests
{
    private static Answer Session(string status, string state = "busy", string? summary = null) =>
        Answer.Json(
            $$"""{"id":"s1","status":"{{status}}","state":"{{state}}"{{(summary is null ? string.Empty : $",\"summary\":\"{summary}\"")}}}"""
        );

    private static Answer Request(string status) => Answer.Json($$"""{"requestId":"r1","status":"{{status}}"}""");

    private static WaitOptions<T> For<T>(double seconds, IProgress<T>? progress = null) =>
        new() { Timeout = TimeSpan.FromSeconds(seconds), Progress = progress };

    [Theory]
    [InlineData("running", "idle")]
    [InlineData("completed", "busy")]
    [InlineData("failed", "busy")]
    [InlineData("cancelled", "busy")]
    [InlineData("COMPLETED", "BUSY")]
    public async Task A_wait_for_an_agent_ends_when_it_is_at_rest(string status, string state)
    {
        using var server = new ScriptedServer(Session("queued"), Session(status, state, "Done."));
        using var client = Make.Client(server);

        var session = await client.AgentSessions.WaitAsync("s1", For<AgentSession>(30)).Within();

        Assert.Equal("Done.", session.Summary);
        Assert.All(server.Requests, static request => Assert.Equal("true", request.QueryValue("wait")));
    }

    [Theory]
    [InlineData(1, "1")]
    [InlineData(2.4, "3")]
    [InlineData(59, "59")]
    [InlineData(60, "60")]
    [InlineData(61, "60")]
    [InlineData(3600, "60")]
    [InlineData(2147483647, "60")]
    public async Task One_poll_asks_for_what_is_left_and_never_for_more_than_the_service_allows(double seconds, string expected)
    {
        using var server = new ScriptedServer(Session("running", "idle"));
        using var client = Make.Client(server);

        await client.AgentSessions.WaitAsync("s1", For<AgentSession>(seconds)).Within();

        Assert.Equal(expected, server.OnlyRequest.QueryValue("timeout"));
    }

    [Fact]
    public async Task Without_a_limit_of_its_own_a_wait_takes_all_the_time_there_is()
    {
        using var server = new ScriptedServer(Session("running", "idle"));
        using var client = Make.Client(server);

        await client.AgentSessions.WaitAsync("s1", new WaitOptions<AgentSession> { Timeout = TimeSpan.MaxValue }).Within();

        Assert.Equal("60", server.OnlyRequest.QueryValue("timeout"));
    }

    [Fact]
    public async Task A_long_wait_is_made_of_several_polls()
    {
        using var server = new ScriptedServer(Session("queued"), Session("starting"), Session("running"), Session("running", "idle"));
        using var client = Make.Client(server);

        await client.AgentSessions.WaitAsync("s1", For<AgentSession>(120)).Within();

        Assert.Equal(["60", "60", "60", "60"], server.Requests.Select(static request => request.QueryValue("timeout")));
    }

    [Fact]
    public async Task A_server_that_answers_at_once_though_asked_to_wait_is_not_flooded()
    {
        using var server = new ScriptedServer { Otherwise = static _ => Session("running") };
        using var client = Make.Client(server);

        // Several, because the last pause ends a moment too early only now and then.
        await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(number =>
                    Assert.ThrowsAsync<MembraneTimeoutException>(() =>
                        client.AgentSessions.WaitAsync("s" + number, For<AgentSession>(1)).Within()
                    )
                )
        );

        // Pauses of 250, 375 and 375 ms leave room for four polls in a second; without them it would be hundreds.
        Assert.All(server.Requests.GroupBy(static request => request.Path), static polls => Assert.InRange(polls.Count(), 1, 4));
    }

    [Fact]
    public async Task The_last_moments_of_a_wait_are_not_spent_polling_without_pause()
    {
        // With polls that take no time at all, and several waits, because timers end a little early only now and then.
        await Task.WhenAll(
            Enumerable
                .Range(0, 40)
                .Select(static async number =>
                {
                    await Task.Delay(number);
                    var polls = 0;
                    await Assert.ThrowsAsync<MembraneTimeoutException>(() =>
                        Waiter.ForStateAsync(_ => Task.FromResult(++polls), static _ => false, For<int>(1), default).Within()
                    );
                    Assert.InRange(polls, 1, 4);
                })
        );
    }

    [Fact]
    public async Task Time_that_is_up_is_an_error_with_what_was_last_seen()
    {
        using var server = new ScriptedServer { Otherwise = static _ => Session("running") };
        using var client = Make.Client(server);

        var error = await Assert.ThrowsAsync<MembraneTimeoutException>(() =>
            client.AgentSessions.WaitAsync("s1", For<AgentSession>(1)).Within()
        );

        Assert.Equal(ErrorIds.WaitTimeout, error.ErrorId);
        Assert.Equal("running", Assert.IsType<AgentSession>(error.LastSeen).Status);
        Assert.Contains("1 second", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_never_answers_does_not_stretch_the_wait()
    {
        using var server = new ScriptedServer(Session("running")) { Otherwise = static _ => Answer.Stall };
        using var client = Make.Client(server, timeout: TimeSpan.FromMinutes(10));

        var error = await Assert.ThrowsAsync<MembraneTimeoutException>(() =>
            client.AgentSessions.WaitAsync("s1", For<AgentSession>(1)).Within()
        );

        Assert.Equal(ErrorIds.WaitTimeout, error.ErrorId);
        Assert.Equal("running", Assert.IsType<AgentSession>(error.LastSeen).Status);
        await Guard.UntilAsync(() => server.Waiting == 0);
    }

    [Fact]
    public async Task A_held_poll_may_take_as_long_as_asked_for_on_top_of_the_time_out()
    {
        using var server = new ScriptedServer { Otherwise = static _ => Answer.Stall };
        using var client = Make.Client(server, timeout: TimeSpan.FromMilliseconds(100), policy: new RetryPolicy { MaxAttempts = 1 });

        var error = await Assert.ThrowsAsync<MembraneNetworkException>(() =>
            client.AgentSessions.WaitAsync("s1", For<AgentSession>(2)).Within()
        );

        Assert.Contains("2.1 seconds", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_state_is_reported()
    {
        using var server = new ScriptedServer(Session("queued"), Session("starting"), Session("running", "idle"));
        using var client = Make.Client(server);
        var progress = new Recorder<AgentSession>();

        await client.AgentSessions.WaitAsync("s1", For(30, progress)).Within();

        Assert.Equal(["queued", "starting", "running"], progress.Reports.Select(static session => session.Status));
    }

    [Fact]
    public async Task Cancelling_ends_a_poll_that_is_held()
    {
        using var server = new ScriptedServer { Otherwise = static _ => Answer.Stall };
        using var client = Make.Client(server);
        using var stop = new CancellationTokenSource();
        var wait = client.AgentSessions.WaitAsync("s1", For<AgentSession>(300), stop.Token);
        await Guard.UntilAsync(() => server.Waiting == 1);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait.Within());
        await Guard.UntilAsync(() => server.Waiting == 0);
    }

    [Fact]
    public async Task Cancelling_ends_the_pause_between_two_polls()
    {
        using var server = new ScriptedServer { Otherwise = static _ => Request("pending") };
        using var client = Make.Client(server);
        using var stop = new CancellationTokenSource();
        var progress = new Recorder<ConnectionRequest> { OnReport = stop.Cancel };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            client.ConnectionRequests.WaitAsync("r1", For(300, progress), stop.Token).Within()
        );

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task An_error_ends_a_wait()
    {
        using var server = new ScriptedServer(Session("running"), Answer.Error(404, "bad_request", "not_found"));
        using var client = Make.Client(server);

        var error = await Assert.ThrowsAsync<MembraneApiException>(() =>
            client.AgentSessions.WaitAsync("s1", For<AgentSession>(30)).Within()
        );

        Assert.Equal(ErrorIds.NotFound, error.ErrorId);
    }

    [Fact]
    public async Task A_passing_failure_does_not_end_a_wait()
    {
        using var server = new ScriptedServer(Session("running"), Answer.Status(502), Answer.Drop, Session("running", "idle"));
        using var client = Make.Client(server);

        Assert.Equal("idle", (await client.AgentSessions.WaitAsync("s1", For<AgentSession>(30)).Within()).State);
    }

    [Theory]
    [InlineData("success")]
    [InlineData("error")]
    [InlineData("cancelled")]
    public async Task A_connection_request_is_waited_for_until_the_person_has_decided(string status)
    {
        using var server = new ScriptedServer(Request("pending"), Request("pending"), Request(status));
        using var client = Make.Client(server);

        Assert.Equal(status, (await client.ConnectionRequests.WaitAsync("r1", For<ConnectionRequest>(30)).Within()).Status);
        Assert.All(server.Requests, static request => Assert.Equal("/connection-requests/r1", request.Target));
    }

    [Fact]
    public async Task A_connection_is_waited_for_while_it_is_being_built()
    {
        using var server = new ScriptedServer(
            Answer.Json("""{"id":"c1","state":"BUILDING"}"""),
            Answer.Json("""{"id":"c1","state":"READY"}""")
        );
        using var client = Make.Client(server);

        Assert.Equal("READY", (await client.Connections.WaitAsync("c1", For<Connection>(30)).Within()).State);
        Assert.Equal("/connections/c1?wait=true&timeout=30", server.Requests[0].Target);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(0.9)]
    public void A_wait_of_less_than_a_second_is_refused(double seconds) =>
        Assert.Equal("Timeout", Assert.Throws<MembraneInputException>(() => For<AgentSession>(seconds)).ParameterName);

    private sealed class Recorder<T> : IProgress<T>
    {
        public List<T> Reports { get; } = [];

        public System.Action? OnReport { get; init; }

        public void Report(T value)
        {
            Reports.Add(value);
            OnReport?.Invoke();
        }
    }
}
