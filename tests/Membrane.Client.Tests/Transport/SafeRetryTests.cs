using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Tests.Support;
using Membrane.Client.Transport;
using Xunit;

namespace Membrane.Client.Tests.Transport;

/// <summary>Promise 5: a call that may have had an effect is repeated only when it provably had none.</summary>
public sealed class SafeRetryTests
{
    private const string Run = """{"output":{"ok":true},"actionRunId":"run-1"}""";
    private const string Connection = """{"id":"c1","name":"Slack"}""";
    private const string Session = """{"id":"s1","status":"running"}""";

    public static TheoryData<string> BrokenConnections => ["drop", "reset", "half body", "truncated chunks", "garbage"];

    private static Answer Broken(string how) =>
        how switch
        {
            "drop" => Answer.Drop,
            "reset" => Answer.Reset,
            "half body" => Answer.HalfBody("""{"id":""", 100),
            "truncated chunks" => Answer.ChunkedTruncated("""{"id":""", "\"c1\""),
            _ => Answer.Bytes("SSH-2.0-OpenSSH_9.6\r\n\r\n"),
        };

    [Theory]
    [MemberData(nameof(BrokenConnections))]
    public async Task A_run_whose_connection_breaks_is_sent_once_and_its_outcome_is_unknown(string how)
    {
        using var server = new ScriptedServer(Broken(how)) { Otherwise = static _ => Answer.Json(Run) };
        using var client = Make.Client(server);

        var error = await Assert.ThrowsAsync<MembraneNetworkException>(() =>
            client.Actions.RunAsync(new ActionSelector("send"), null).Within()
        );

        Assert.Equal(ErrorIds.ConnectionLost, error.ErrorId);
        Assert.Equal(RequestOutcome.Unknown, error.Outcome);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(407, RequestOutcome.Failed)]
    [InlineData(500, RequestOutcome.Failed)]
    [InlineData(502, RequestOutcome.Unknown)]
    [InlineData(504, RequestOutcome.Unknown)]
    public async Task A_header_of_a_proxy_does_not_make_a_run_one_that_was_not_sent(int status, RequestOutcome outcome)
    {
        using var server = new ScriptedServer(Answer.Status(status, "Proxy-Authenticate: Basic"));
        using var client = Make.Client(server);

        var error = await Assert.ThrowsAnyAsync<MembraneException>(() =>
            client.Actions.RunAsync(new ActionSelector("send"), null).Within()
        );

        Assert.Equal(outcome, error.Outcome);
    }

    [Theory]
    [MemberData(nameof(BrokenConnections))]
    public async Task A_run_on_a_used_connection_that_breaks_is_sent_once_too(string how)
    {
        using var server = new ScriptedServer(Answer.Json(Connection), Broken(how)) { Otherwise = static _ => Answer.Json(Run) };
        using var client = Make.Client(server);
        await client.Connections.GetAsync("c1").Within();

        var error = await Assert.ThrowsAsync<MembraneNetworkException>(() =>
            client.Actions.RunAsync(new ActionSelector("send"), null).Within()
        );

        Assert.Equal(RequestOutcome.Unknown, error.Outcome);
        Assert.Equal(["GET", "POST"], server.Requests.Select(static request => request.Method));
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task A_request_without_a_body_that_may_not_be_repeated_is_not_repeated_by_the_framework_either()
    {
        using var server = new ScriptedServer(Answer.Json(Connection), Answer.Drop) { Otherwise = static _ => Answer.Json(Connection) };
        using var transport = new ApiTransport(
            new MembraneClientOptions
            {
                ApiUri = server.Uri,
                TokenSource = new FixedTokenSource(Make.AccountToken),
                RetryPolicy = Make.FastPolicy,
            }
        );
        await transport.SendAsync(ApiRequest.Get("warm-up"), default).Within();

        var error = await Assert.ThrowsAsync<MembraneNetworkException>(() =>
            transport.SendAsync(ApiRequest.Post("effect"), default).Within()
        );

        Assert.Equal(RequestOutcome.Unknown, error.Outcome);
        Assert.Single(server.Requests, static request => request.Path == "/effect");
    }

    [Fact]
    public async Task A_run_that_is_not_answered_in_time_is_sent_once_and_its_outcome_is_unknown()
    {
        using var server = new ScriptedServer(Answer.Stall) { Otherwise = static _ => Answer.Json(Run) };
        using var client = Make.Client(server, timeout: TimeSpan.FromMilliseconds(300));

        var error = await Assert.ThrowsAsync<MembraneNetworkException>(() =>
            client.Actions.RunAsync(new ActionSelector("send"), null).Within()
        );

        Assert.Equal(ErrorIds.RequestTimeout, error.ErrorId);
        Assert.Equal(RequestOutcome.Unknown, error.Outcome);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task The_time_out_covers_the_body_too()
    {
        using var server = new ScriptedServer(Answer.HalfBodyThenStall("""{"out""", 50)) { Otherwise = static _ => Answer.Json(Run) };
        using var client = Make.Client(server, timeout: TimeSpan.FromMilliseconds(300));

        var error = await Assert.ThrowsAsync<MembraneNetworkException>(() =>
            client.Actions.RunAsync(new ActionSelector("send"), null).Within()
        );

        Assert.Equal(ErrorIds.RequestTimeout, error.ErrorId);
        Assert.Equal(RequestOutcome.Unknown, error.Outcome);
        Assert.Single(server.Requests);
        await Guard.UntilAsync(() => server.Waiting == 0);
    }

    [Theory]
    [InlineData(429, null)]
    [InlineData(429, "Retry-After: 0")]
    [InlineData(503, "Retry-After: 0")]
    [InlineData(503, "Retry-After: Wed, 21 Oct 2015 07:28:00 GMT")]
    public async Task A_run_that_was_turned_away_unread_is_sent_again(int status, string? header)
    {
        string[] headers = header is null ? [] : [header];
        using var server = new ScriptedServer(
            Answer.Error(status, "bad_request", "rate_limit_exceeded", "slow down", headers),
            Answer.Json(Run)
        );
        using var client = Make.Client(server);

        var run = await client.Actions.RunAsync(new ActionSelector("send"), new Dictionary<string, object?> { ["text"] = "x" }).Within();

        Assert.Equal("run-1", run.ActionRunId);
        Assert.Equal(2, server.Requests.Count);
        Assert.Equal(server.Requests[0].Body, server.Requests[1].Body);
    }

    [Fact]
    public async Task Retry_After_in_seconds_and_as_a_date_are_both_honoured()
    {
        var date = DateTimeOffset.UtcNow.AddSeconds(50).ToString("r", CultureInfo.InvariantCulture);
        foreach (var value in new[] { "50", date })
        {
            using var server = new ScriptedServer(
                Answer.Error(429, "bad_request", "rate_limit_exceeded", "slow down", "Retry-After: " + value),
                Answer.Json(Connection)
            );
            using var client = Make.Client(server);
            using var heard = new CancellationTokenSource();
            var delays = new List<TimeSpan>();

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
                client.WithObserver(new DelayObserver(delays, heard)).Connections.GetAsync("c1", heard.Token).Within()
            );

            // Without the header the delay would be 4 ms at most.
            Assert.InRange(Assert.Single(delays), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(52));
        }
    }

    [Fact]
    public async Task A_service_that_asks_for_more_patience_than_allowed_gets_an_error_that_says_how_much()
    {
        using var server = new ScriptedServer(Answer.Error(429, "bad_request", "rate_limit_exceeded", "slow down", "Retry-After: 3600"));
        using var client = Make.Client(server);

        var error = await Assert.ThrowsAsync<MembraneApiException>(() => client.Connections.GetAsync("c1").Within());

        Assert.Equal(ErrorIds.RateLimitExceeded, error.ErrorId);
        Assert.Equal(TimeSpan.FromHours(1), error.RetryAfter);
        Assert.Equal(RequestOutcome.NotSent, error.Outcome);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_refused_connection_is_tried_again_and_ends_as_not_sent()
    {
        using var server = new ScriptedServer(listens: false);
        using var client = Make.Client(server);
        var observer = new RecordingObserver();

        var error = await Assert.ThrowsAsync<MembraneNetworkException>(() =>
            client.WithObserver(observer).Actions.RunAsync(new ActionSelector("send"), null).Within()
        );

        Assert.Equal(ErrorIds.CannotConnect, error.ErrorId);
        Assert.Equal(RequestOutcome.NotSent, error.Outcome);
        Assert.Equal(Make.FastPolicy.MaxAttempts - 1, observer.Lines.Count);
    }

    [Fact]
    public async Task A_run_is_sent_when_a_refused_connection_comes_about_at_last()
    {
        using var server = new ScriptedServer(listens: false, Answer.Json(Run));
        using var client = Make.Client(server);
        var listens = false;
        var observer = new RecordingObserver
        {
            OnRetry = () =>
            {
                if (!listens)
                {
                    listens = true;
                    server.Listen();
                }
            },
        };

        var run = await client.WithObserver(observer).Actions.RunAsync(new ActionSelector("send"), null).Within();

        Assert.Equal("run-1", run.ActionRunId);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_host_that_does_not_exist_cannot_be_connected_to()
    {
        using var client = Make.Client(new Uri("https://membrane-does-not-exist.invalid"));

        var error = await Assert.ThrowsAsync<MembraneNetworkException>(() =>
            client.Actions.RunAsync(new ActionSelector("send"), null).Within()
        );

        Assert.Equal(ErrorIds.CannotConnect, error.ErrorId);
        Assert.Equal(RequestOutcome.NotSent, error.Outcome);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(524)]
    public async Task A_run_answered_by_something_in_between_is_sent_once_and_its_outcome_is_unknown(int status)
    {
        using var server = new ScriptedServer(Answer.Text("upstream connect error", "text/plain", status))
        {
            Otherwise = static _ => Answer.Json(Run),
        };
        using var client = Make.Client(server);

        var error = await Assert.ThrowsAsync<MembraneApiException>(() =>
            client.Actions.RunAsync(new ActionSelector("send"), null).Within()
        );

        Assert.Equal(RequestOutcome.Unknown, error.Outcome);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(500)]
    public async Task A_run_that_the_service_answers_with_an_error_failed(int status)
    {
        using var server = new ScriptedServer(Answer.Error(status, "bad_request"));
        using var client = Make.Client(server);

        var error = await Assert.ThrowsAsync<MembraneApiException>(() =>
            client.Actions.RunAsync(new ActionSelector("send"), null).Within()
        );

        Assert.Equal(RequestOutcome.Failed, error.Outcome);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_get_is_sent_again_after_a_passing_failure(int status)
    {
        using var server = new ScriptedServer(Answer.Status(status), Answer.Html(status), Answer.Json(Connection));
        using var client = Make.Client(server);

        Assert.Equal("Slack", (await client.Connections.GetAsync("c1").Within()).Name);
        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(BrokenConnections))]
    public async Task A_get_is_sent_again_when_its_connection_breaks(string how)
    {
        using var server = new ScriptedServer(Broken(how), Broken(how), Answer.Json(Connection));
        using var client = Make.Client(server);

        Assert.Equal("Slack", (await client.Connections.GetAsync("c1").Within()).Name);
    }

    [Fact]
    public async Task A_get_is_sent_again_when_connections_close_unread()
    {
        using var server = new ScriptedServer(Answer.Json(Connection)) { ConnectionsToDropUnread = 2 };
        using var client = Make.Client(server);

        Assert.Equal("Slack", (await client.Connections.GetAsync("c1").Within()).Name);
    }

    [Fact]
    public async Task A_get_that_never_succeeds_ends_with_its_last_error_after_the_allowed_tries()
    {
        // Half an answer, because the framework itself sends a GET again that got no byte of one.
        using var server = new ScriptedServer { Otherwise = static _ => Answer.HalfBody("{", 10) };
        using var client = Make.Client(server);

        var error = await Assert.ThrowsAsync<MembraneNetworkException>(() => client.Connections.GetAsync("c1").Within());

        Assert.Equal(ErrorIds.ConnectionLost, error.ErrorId);
        Assert.Equal(RequestOutcome.Failed, error.Outcome);
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task An_encrypted_connection_that_cannot_be_made_carried_nothing()
    {
        foreach (var closesAtOnce in new[] { false, true })
        {
            // It speaks plain HTTP where TLS is wanted, or hangs up in the middle of the handshake.
            using var server = new ScriptedServer
            {
                ConnectionsToDropUnread = closesAtOnce ? int.MaxValue : 0,
                AnswersAnyBytes = "HTTP/1.1 400 Bad Request\r\n\r\n",
            };
            using var client = Make.Client(new UriBuilder(server.Uri) { Scheme = "https" }.Uri);

            var error = await Assert.ThrowsAsync<MembraneNetworkException>(() =>
                client.Actions.RunAsync(new ActionSelector("send"), null).Within()
            );

            Assert.Equal(ErrorIds.SecureConnectionFailed, error.ErrorId);
            Assert.Equal(RequestOutcome.NotSent, error.Outcome);
        }
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted_today_is_not_trusted_a_second_later()
    {
        using var server = new UntrustedServer();
        using var client = Make.Client(server.Uri);

        var error = await Assert.ThrowsAsync<MembraneNetworkException>(() => client.Connections.GetAsync("c1").Within());

        Assert.Equal(ErrorIds.SecureConnectionFailed, error.ErrorId);
        Assert.Equal(RequestOutcome.NotSent, error.Outcome);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task Time_that_is_up_is_up_for_a_get_too()
    {
        using var server = new ScriptedServer { Otherwise = static _ => Answer.Stall };
        using var client = Make.Client(server, timeout: TimeSpan.FromMilliseconds(300));

        var error = await Assert.ThrowsAsync<MembraneNetworkException>(() => client.Connections.GetAsync("c1").Within());

        Assert.Equal(ErrorIds.RequestTimeout, error.ErrorId);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_patch_is_not_sent_again()
    {
        using var server = new ScriptedServer { Otherwise = static _ => Answer.Drop };
        using var transport = new ApiTransport(
            new MembraneClientOptions
            {
                ApiUri = server.Uri,
                TokenSource = new FixedTokenSource(Make.AccountToken),
                RetryPolicy = Make.FastPolicy,
            }
        );

        var error = await Assert.ThrowsAsync<MembraneNetworkException>(() =>
            transport.SendAsync(ApiRequest.Patch("connections", "c1").Json(static writer => writer.WriteNullValue()), default).Within()
        );

        Assert.Equal(RequestOutcome.Unknown, error.Outcome);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("drop")]
    [InlineData("refuse after drop")]
    public async Task A_repeatable_call_with_an_effect_that_never_got_an_answer_may_have_been_done(string how)
    {
        using var server = new ScriptedServer { Otherwise = static _ => Answer.Drop };
        using var client = Make.Client(server);
        var observer = new RecordingObserver { OnRetry = how == "drop" ? null : server.Dispose };

        var error = await Assert.ThrowsAsync<MembraneNetworkException>(() =>
            client.WithObserver(observer).AgentSessions.StopAsync("s1").Within()
        );

        Assert.Equal(RequestOutcome.Unknown, error.Outcome);
        Assert.Equal(how == "drop" ? 4 : 1, server.Requests.Count);
    }

    [Fact]
    public async Task Stopping_and_interrupting_an_agent_are_repeated()
    {
        using var server = new ScriptedServer(Answer.Drop, Answer.Json(Session), Answer.Drop, Answer.Json("""{"interrupted":true}"""));
        using var client = Make.Client(server);

        Assert.Equal("s1", (await client.AgentSessions.StopAsync("s1").Within()).Id);
        Assert.True((await client.AgentSessions.InterruptAsync("s1").Within()).Interrupted);
    }

    [Fact]
    public async Task Creating_and_messaging_an_agent_session_are_not_repeated()
    {
        using var server = new ScriptedServer { Otherwise = static _ => Answer.Drop };
        using var client = Make.Client(server);

        var created = await Assert.ThrowsAsync<MembraneNetworkException>(() =>
            client.AgentSessions.CreateAsync(new NewAgentSession { Prompt = "Build" }).Within()
        );
        var sent = await Assert.ThrowsAsync<MembraneNetworkException>(() => client.AgentSessions.SendMessageAsync("s1", "More").Within());

        Assert.Equal(RequestOutcome.Unknown, created.Outcome);
        Assert.Equal(RequestOutcome.Unknown, sent.Outcome);
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData("""{"type":"action_run","message":"the app is busy","actionRunId":"run-9"}""")]
    [InlineData("""{"type":"connection","key":"rate_limit_exceeded","message":"the app is busy"}""")]
    [InlineData("""{"type":"bad_request","message":"the app is busy","data":{"actionRunId":"run-9"}}""")]
    public async Task A_run_that_reached_the_app_is_not_repeated_although_the_status_is_429(string body)
    {
        using var server = new ScriptedServer(Answer.Json(body, 429, "Retry-After: 0")) { Otherwise = static _ => Answer.Json(Run) };
        using var client = Make.Client(server);

        var error = await Assert.ThrowsAsync<MembraneApiException>(() =>
            client.Actions.RunAsync(new ActionSelector("send"), null).Within()
        );

        Assert.Equal(RequestOutcome.Failed, error.Outcome);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_refused_token_is_replaced_once_and_the_request_sent_again()
    {
        using var server = new ScriptedServer(Answer.Error(401, "bad_request", "not_authenticated"), Answer.Json(Run));
        var tokens = new TokensInTurn("pat-old", "pat-new");
        using var client = Make.Client(server, tokens);

        var run = await client.Actions.RunAsync(new ActionSelector("send"), null).Within();

        Assert.Equal("run-1", run.ActionRunId);
        Assert.Equal(["Bearer pat-old", "Bearer pat-new"], server.Requests.Select(static request => request.Header("Authorization")!));
        Assert.Equal(["pat-old"], tokens.Discarded);
    }

    [Fact]
    public async Task Two_refused_tokens_are_an_error()
    {
        using var server = new ScriptedServer(
            Answer.Error(401, "bad_request", "not_authenticated"),
            Answer.Error(401, "bad_request", "not_authenticated")
        );
        using var client = Make.Client(server, new TokensInTurn("pat-1", "pat-2", "pat-3"));

        var error = await Assert.ThrowsAsync<MembraneApiException>(() => client.Connections.GetAsync("c1").Within());

        Assert.Equal(ErrorIds.NotAuthenticated, error.ErrorId);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_401_that_speaks_of_the_app_does_not_discard_the_token_or_repeat_the_run()
    {
        using var server = new ScriptedServer(Answer.Error(401, "connection", "access_token_expired"))
        {
            Otherwise = static _ => Answer.Json(Run),
        };
        var tokens = new TokensInTurn("pat-1", "pat-2");
        using var client = Make.Client(server, tokens);

        var error = await Assert.ThrowsAsync<MembraneApiException>(() =>
            client.Actions.RunAsync(new ActionSelector("send"), null).Within()
        );

        Assert.Equal(ErrorIds.ConnectionProblem, error.ErrorId);
        Assert.Empty(tokens.Discarded);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Cancelling_ends_the_pause_before_the_next_try()
    {
        using var server = new ScriptedServer(Answer.Error(429, "bad_request", "rate_limit_exceeded", "slow down", "Retry-After: 50"));
        using var client = Make.Client(server);
        using var stop = new System.Threading.CancellationTokenSource();
        var observer = new RecordingObserver { OnRetry = stop.Cancel };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            client.WithObserver(observer).Connections.GetAsync("c1", stop.Token).Within()
        );

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Cancelling_ends_a_request_that_is_not_answered()
    {
        using var server = new ScriptedServer(Answer.Stall);
        using var client = Make.Client(server);
        using var stop = new System.Threading.CancellationTokenSource();
        var get = client.Connections.GetAsync("c1", stop.Token);
        await Guard.UntilAsync(() => server.Waiting == 1);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => get.Within());
        await Guard.UntilAsync(() => server.Waiting == 0);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Cancelling_ends_a_body_that_does_not_go_on()
    {
        using var server = new ScriptedServer(Answer.HalfBodyThenStall("""{"id":""", 100));
        using var client = Make.Client(server);
        using var stop = new System.Threading.CancellationTokenSource();
        var get = client.Connections.GetAsync("c1", stop.Token);
        await Guard.UntilAsync(() => server.Waiting == 1);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => get.Within());
        await Guard.UntilAsync(() => server.Waiting == 0);
    }

    [Fact]
    public async Task The_observer_hears_of_answers_and_retries_but_never_of_the_token()
    {
        using var server = new ScriptedServer(Answer.Status(502), Answer.Json(Connection));
        using var client = Make.Client(server);
        var observer = new RecordingObserver();

        await client.WithObserver(observer).Connections.GetAsync("c1").Within();

        Assert.Equal(
            [
                "GET /connections/c1 502",
                "again: GET /connections/c1 GET /connections/c1 was answered with status 502 BadGateway.",
                "GET /connections/c1 200",
            ],
            observer.Lines
        );
    }

    /// <summary>Notes the delay, and does not wait for it.</summary>
    private sealed class DelayObserver(List<TimeSpan> delays, CancellationTokenSource heard) : IRequestObserver
    {
        public void Answered(string operation, int statusCode, TimeSpan duration) { }

        public void Retrying(string operation, string reason, TimeSpan delay)
        {
            delays.Add(delay);
            heard.Cancel();
        }
    }
}
