using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Bulk;
using Membrane.Client.Tests.Support;
using Xunit;

namespace Membrane.Client.Tests;

public sealed class ConcurrencyTests
{
    [Fact]
    public async Task Sixty_four_callers_share_one_client_and_get_their_own_answers()
    {
        using var server = new ScriptedServer
        {
            Otherwise = static request =>
                request.Path.StartsWith("/actions/", StringComparison.Ordinal)
                    ? Answer.Json("{\"output\":" + request.Json.GetProperty("input").GetRawText() + "}")
                    : Answer.Json(
                        $$"""{"id":"{{request.Path.Split('/')[^1]}}","name":"{{new string('n', Random.Shared.Next(40_000))}}"}"""
                    ),
        };
        using var client = Make.Client(
            server,
            new WorkspaceTokenSource(
                new WorkspaceTokenOptions
                {
                    WorkspaceKey = "k",
                    WorkspaceSecret = "s",
                    TenantKey = "t",
                }
            )
        );

        await Task.WhenAll(
                Enumerable
                    .Range(0, 64)
                    .Select(caller =>
                        Task.Run(async () =>
                        {
                            for (var round = 0; round < 10; round++)
                            {
                                var id = $"c{caller}-{round}";
                                Assert.Equal(id, (await client.Connections.GetAsync(id)).Id);
                                string text = new((char)('a' + (caller % 26)), 5_000 + (caller * 100));
                                Assert.Equal(text, (await client.Actions.RunAsync(new ActionSelector("echo"), text)).Output);
                            }
                        })
                    )
            )
            .Within();

        Assert.Equal(64 * 10 * 2, server.Requests.Count);
        Assert.InRange(server.Connections, 1, 64);
    }

    [Fact]
    public async Task Sixty_four_callers_on_a_server_that_fails_now_and_then_all_succeed()
    {
        var count = 0;
        using var server = new ScriptedServer
        {
            Otherwise = request =>
                (Interlocked.Increment(ref count) % 5) switch
                {
                    1 => Answer.Drop,
                    2 => Answer.Status(503),
                    3 => Answer.HalfBody("""{"id":""", 50),
                    _ => Answer.Json($$"""{"id":"{{request.Path.Split('/')[^1]}}"}"""),
                },
        };
        using var client = Make.Client(
            server,
            policy: new RetryPolicy
            {
                MaxAttempts = 10,
                BaseDelay = TimeSpan.FromMilliseconds(1),
                MaxDelay = TimeSpan.FromMilliseconds(20),
            }
        );

        var succeeded = 0;
        await Task.WhenAll(
                Enumerable
                    .Range(0, 64)
                    .Select(caller =>
                        Task.Run(async () =>
                        {
                            try
                            {
                                Assert.Equal("c" + caller, (await client.Connections.GetAsync("c" + caller)).Id);
                                Interlocked.Increment(ref succeeded);
                            }
                            catch (MembraneException)
                            {
                                // Ten failures in a row happen to a caller once in some thousand runs.
                            }
                        })
                    )
            )
            .Within();

        Assert.InRange(succeeded, 60, 64);
    }

    [Theory]
    [InlineData("stall")]
    [InlineData("half body")]
    public async Task What_is_under_way_when_the_client_is_disposed_of_fails(string how)
    {
        using var server = new ScriptedServer
        {
            Otherwise = _ => how == "stall" ? Answer.Stall : Answer.HalfBodyThenStall("""{"id":""", 100),
        };
        var client = Make.Client(server);
        var read = client.Connections.GetAsync("c1");
        var run = client.WithObserver(new RecordingObserver()).Actions.RunAsync(new ActionSelector("send"), null);
        await Guard.UntilAsync(() => server.Waiting == 2);

        client.Dispose();

        var readError = await Assert.ThrowsAnyAsync<MembraneException>(() => read.Within());
        var runError = await Assert.ThrowsAnyAsync<MembraneException>(() => run.Within());
        Assert.Equal(ErrorIds.ContextDisconnected, readError.ErrorId);
        Assert.Equal(RequestOutcome.Failed, readError.Outcome);
        Assert.Equal(ErrorIds.ContextDisconnected, runError.ErrorId);
        Assert.Equal(RequestOutcome.Unknown, runError.Outcome);
        await Guard.UntilAsync(() => server.Waiting == 0);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task The_pause_before_another_try_ends_when_the_client_is_disposed_of()
    {
        using var server = new ScriptedServer
        {
            Otherwise = static _ => Answer.Error(429, "bad_request", "rate_limit_exceeded", "slow down", "Retry-After: 55"),
        };
        var client = Make.Client(server);
        var pausing = new TaskCompletionSource();
        var run = client
            .WithObserver(new RecordingObserver { OnRetry = () => pausing.TrySetResult() })
            .Actions.RunAsync(new ActionSelector("send"), null);
        await pausing.Task.Within();

        client.Dispose();

        var error = await Assert.ThrowsAnyAsync<MembraneException>(() => run.Within());
        Assert.Equal(ErrorIds.ContextDisconnected, error.ErrorId);
        Assert.Equal(RequestOutcome.NotSent, error.Outcome);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_client_that_was_disposed_of_sends_nothing()
    {
        using var server = new ScriptedServer { Otherwise = static _ => Answer.Json("{}") };
        var client = Make.Client(server);
        var watched = client.WithObserver(new RecordingObserver());
        client.Dispose();
        client.Dispose();

        foreach (var each in new[] { client, watched })
        {
            foreach (
                var call in new Func<Task>[]
                {
                    () => each.Actions.RunAsync(new ActionSelector("send"), null),
                    () => each.Connections.GetAsync("c1"),
                    () => each.Connections.List().ToListAsync(),
                    () => each.Connections.List().GetPagesAsync().ToListAsync(),
                    () => each.AgentSessions.WaitAsync("s1"),
                    () => each.GetTokenAsync(),
                }
            )
            {
                var error = await Assert.ThrowsAsync<ObjectDisposedException>(() => call().Within());
                Assert.Equal(nameof(MembraneClient), error.ObjectName);
            }
        }

        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public async Task A_client_made_from_another_one_is_disposed_of_alone()
    {
        using var server = new ScriptedServer(Answer.Stall) { Otherwise = static _ => Answer.Json("""{"id":"c1"}""") };
        using var client = Make.Client(server);
        var watched = client.WithObserver(new RecordingObserver());
        var limited = watched.WithRateLimiter(new RateLimiter(1));
        var read = limited.Connections.GetAsync("c1");
        await Guard.UntilAsync(() => server.Waiting == 1);

        watched.Dispose();

        var error = await Assert.ThrowsAnyAsync<MembraneException>(() => read.Within());
        Assert.Equal(ErrorIds.ContextDisconnected, error.ErrorId);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => watched.Connections.GetAsync("c1").Within());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => limited.Connections.GetAsync("c1").Within());
        Assert.Equal("c1", (await client.Connections.GetAsync("c1").Within()).Id);
    }

    [Fact]
    public async Task Cancelling_one_caller_does_not_disturb_the_others()
    {
        using var server = new ScriptedServer
        {
            Otherwise = static request =>
                request.Path.EndsWith("slow", StringComparison.Ordinal) ? Answer.Stall : Answer.Json("""{"id":"fast"}"""),
        };
        using var client = Make.Client(server);
        using var stop = new CancellationTokenSource();
        var slow = client.Connections.GetAsync("slow", stop.Token);
        await Guard.UntilAsync(() => server.Waiting == 1);

        var fast = Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.Connections.GetAsync("fast")));
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => slow.Within());
        Assert.All(await fast.Within(), static connection => Assert.Equal("fast", connection.Id));
    }

    [Fact]
    public async Task Waits_and_lists_end_too_when_the_client_is_disposed_of()
    {
        using var server = new ScriptedServer { Otherwise = static _ => Answer.Stall };
        var client = Make.Client(server);
        var wait = client.AgentSessions.WaitAsync("s1");
        var list = client.Connections.List().ToListAsync();
        await Guard.UntilAsync(() => server.Waiting == 2);

        client.Dispose();

        Assert.Equal(ErrorIds.ContextDisconnected, (await Assert.ThrowsAnyAsync<MembraneException>(() => wait.Within())).ErrorId);
        Assert.Equal(ErrorIds.ContextDisconnected, (await Assert.ThrowsAnyAsync<MembraneException>(() => list.Within())).ErrorId);
    }
}
