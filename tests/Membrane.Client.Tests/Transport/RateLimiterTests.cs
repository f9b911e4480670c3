using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Bulk;
using Membrane.Client.Callers;
using Membrane.Client.Tests.Support;
using Membrane.Client.Transport;
using Xunit;

namespace Membrane.Client.Tests.Transport;

/// <summary>Requests that share the gate of a batch.</summary>
public sealed class RateLimiterTests
{
    [Theory]
    [InlineData(5_000_000)]
    [InlineData(3600)]
    public async Task A_batch_does_not_wait_longer_than_its_patience(int seconds)
    {
        using var server = new ScriptedServer
        {
            Otherwise = _ => Answer.Error(429, "bad_request", "rate_limit_exceeded", "slow down", $"Retry-After: {seconds}"),
        };
        using var client = Make.Client(server);
        var batch = client.WithRateLimiter(new RateLimiter(1, static () => TimeSpan.FromMinutes(10)));

        var first = await Assert.ThrowsAsync<MembraneApiException>(() => batch.Actions.RunAsync(new ActionSelector("send"), null).Within());
        var others = await Task.WhenAll(
            Enumerable
                .Range(0, 3)
                .Select(_ => Assert.ThrowsAsync<MembraneException>(() => batch.Actions.RunAsync(new ActionSelector("send"), null).Within()))
        );

        Assert.Equal(TimeSpan.FromSeconds(seconds), first.RetryAfter);
        Assert.All([first, .. others], static error => Assert.Equal(ErrorIds.RateLimitExceeded, error.ErrorId));
        Assert.All([first, .. others], static error => Assert.Equal(RequestOutcome.NotSent, error.Outcome));
        // Who asks for an hour of quiet is not asked again by each of the others.
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_batch_waits_for_a_service_that_asks_for_less()
    {
        using var server = new ScriptedServer(
            Answer.Error(429, "bad_request", "rate_limit_exceeded", "slow down", "Retry-After: 1"),
            Answer.Json("""{"actionRunId":"run-1"}""")
        );
        using var client = Make.Client(server);

        Assert.Equal(
            "run-1",
            (
                await client
                    .WithRateLimiter(new RateLimiter(1, static () => TimeSpan.FromMinutes(10)))
                    .Actions.RunAsync(new ActionSelector("send"), null)
                    .Within()
            ).ActionRunId
        );
    }

    [Fact]
    public async Task What_waited_at_the_gate_was_not_sent_when_the_batch_is_stopped()
    {
        using var server = new ScriptedServer { Otherwise = static _ => Answer.Stall };
        using var client = Make.Client(server);
        var batch = client.WithRateLimiter(new RateLimiter(1, static () => TimeSpan.FromMinutes(10)));
        using var stop = new CancellationTokenSource();
        var sent = batch.Actions.RunAsync(new ActionSelector("send"), null, stop.Token);
        await Guard.UntilAsync(() => server.Waiting == 1);
        var waiting = batch.Actions.RunAsync(new ActionSelector("send"), null, stop.Token);

        await stop.CancelAsync();

        Assert.IsNotType<CanceledUnsentException>(await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sent.Within()));
        await Assert.ThrowsAsync<CanceledUnsentException>(() => waiting.Within());
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task What_waited_at_the_gate_was_not_sent_when_the_client_is_closed()
    {
        using var server = new ScriptedServer { Otherwise = static _ => Answer.Stall };
        using var client = Make.Client(server);
        var batch = client.WithRateLimiter(new RateLimiter(1, static () => TimeSpan.FromMinutes(10)));
        var sent = batch.Actions.RunAsync(new ActionSelector("send"), null);
        await Guard.UntilAsync(() => server.Waiting == 1);
        var waiting = batch.Actions.RunAsync(new ActionSelector("send"), null);

        client.Dispose();

        Assert.Equal(RequestOutcome.Unknown, (await Assert.ThrowsAsync<MembraneNetworkException>(() => sent.Within())).Outcome);
        Assert.Equal(RequestOutcome.NotSent, (await Assert.ThrowsAsync<MembraneNetworkException>(() => waiting.Within())).Outcome);
    }

    [Fact]
    public async Task A_service_that_says_not_when_is_asked_less_and_less_often_until_the_wait_is_over()
    {
        using var server = new ScriptedServer
        {
            Otherwise = static _ => Answer.Error(429, "bad_request", "rate_limit_exceeded", "slow down"),
        };
        using var client = Make.Client(
            server,
            policy: new RetryPolicy { BaseDelay = TimeSpan.FromMilliseconds(20), MaxDelay = TimeSpan.FromSeconds(8) }
        );
        var batch = client.WithRateLimiter(new RateLimiter(1, static () => TimeSpan.FromSeconds(1)));

        var error = await Assert.ThrowsAsync<MembraneApiException>(() => batch.Actions.RunAsync(new ActionSelector("send"), null).Within());

        Assert.Equal(ErrorIds.RateLimitExceeded, error.ErrorId);
        Assert.Equal(RequestOutcome.NotSent, error.Outcome);
        // 20, 40, 80, 160, 320 and 640 ms, or a quarter less, are more than a second: without the doubling there would be fifty.
        Assert.InRange(server.Requests.Count, 2, 8);
    }

    [Fact]
    public async Task All_that_wait_for_their_turn_end_when_the_wait_is_over()
    {
        using var server = new ScriptedServer
        {
            Otherwise = static _ => Answer.Error(429, "bad_request", "rate_limit_exceeded", "slow down"),
        };
        using var client = Make.Client(server, policy: new RetryPolicy { BaseDelay = TimeSpan.FromMilliseconds(100) });
        var batch = client.WithRateLimiter(new RateLimiter(4, static () => TimeSpan.FromMilliseconds(150)));

        var errors = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(_ =>
                    Assert.ThrowsAnyAsync<MembraneException>(() => batch.Actions.RunAsync(new ActionSelector("send"), null).Within())
                )
        );

        Assert.All(errors, static error => Assert.Equal(ErrorIds.RateLimitExceeded, error.ErrorId));
    }

    [Fact]
    public async Task No_item_waits_longer_than_it_may_however_many_wait_before_it()
    {
        using var server = new ScriptedServer
        {
            Otherwise = static _ => Answer.Error(429, "bad_request", "rate_limit_exceeded", "slow down", "Retry-After: 1"),
        };
        using var client = Make.Client(server);
        var batch = client.WithRateLimiter(new RateLimiter(64, static () => TimeSpan.FromSeconds(3)));

        // Those that have waited their time are not kept by the others: with a turn for each of them it would be a minute.
        var errors = await Task.WhenAll(
                Enumerable
                    .Range(0, 64)
                    .Select(_ => Assert.ThrowsAnyAsync<MembraneException>(() => batch.Actions.RunAsync(new ActionSelector("send"), null)))
            )
            .Within();

        Assert.All(errors, static error => Assert.Equal(ErrorIds.RateLimitExceeded, error.ErrorId));
        Assert.All(errors, static error => Assert.Equal(RequestOutcome.NotSent, error.Outcome));
    }

    [Fact]
    public async Task An_item_alone_is_tried_as_often_as_a_request_without_a_batch()
    {
        using var server = new ScriptedServer
        {
            Otherwise = static _ => Answer.Error(429, "bad_request", "rate_limit_exceeded", "slow down"),
        };
        using var client = Make.Client(server);
        var alone = client.WithRateLimiter(new RateLimiter(8, static () => null));

        var error = await Assert.ThrowsAsync<MembraneApiException>(() => alone.Actions.RunAsync(new ActionSelector("send"), null).Within());

        Assert.Equal(ErrorIds.RateLimitExceeded, error.ErrorId);
        Assert.Equal(Make.FastPolicy.MaxAttempts, server.Requests.Count);
    }

    [Fact]
    public void The_pause_grows_with_each_wave_and_begins_again_after_an_answer()
    {
        var now = TimeSpan.Zero;
        var limiter = new RateLimiter(8, static () => TimeSpan.FromMinutes(10), () => now);
        var limited = new Attempt(AttemptEnd.Status, 429);
        var policy = new RetryPolicy();

        var first = Wave();
        var second = Wave();
        var third = Wave();
        Enter();
        limiter.Leave(default, policy);

        Assert.InRange(first, TimeSpan.FromSeconds(0.375), TimeSpan.FromSeconds(0.5));
        Assert.InRange(second, TimeSpan.FromSeconds(0.75), TimeSpan.FromSeconds(1));
        Assert.InRange(third, TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(2));
        Assert.Equal(2, limiter.Limit);
        Assert.InRange(Wave(), TimeSpan.FromSeconds(0.375), TimeSpan.FromSeconds(0.5));

        TimeSpan Wave()
        {
            Enter();
            var pause = limiter.Leave(limited, policy);
            now += pause;
            return pause;
        }

        void Enter() => Assert.True(limiter.EnterAsync(TimeSpan.Zero, CancellationToken.None).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_batch_that_knows_the_pace_pauses_shortly_and_then_sends_one_after_another()
    {
        var now = TimeSpan.Zero;
        var limiter = new RateLimiter(8, static () => TimeSpan.FromMinutes(10), () => now);
        var policy = new RetryPolicy();
        for (var answer = 0; answer < 20; answer++)
        {
            now += TimeSpan.FromMilliseconds(350);
            await limiter.EnterAsync(TimeSpan.Zero, CancellationToken.None);
            limiter.Leave(default, policy);
        }

        await limiter.EnterAsync(TimeSpan.Zero, CancellationToken.None);
        var pause = limiter.Leave(new Attempt(AttemptEnd.Status, 429), policy);
        now += pause;
        var turns = Enumerable.Range(0, 6).Select(_ => limiter.EnterAsync(TimeSpan.FromMinutes(1), CancellationToken.None)).ToArray();

        // A third of a second for each, and a tenth more; without the pace the second wave in a row would pause for a second.
        Assert.InRange(pause, TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(500));
        Assert.Equal(8, limiter.Limit);
        Assert.True(turns[0].IsCompletedSuccessfully);
        Assert.False(turns[5].IsCompleted);
        Assert.All(await Task.WhenAll(turns).Within(), static isIn => Assert.True(isIn));
    }
}
