using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Bulk;
using Membrane.Client.Callers;
using Membrane.Client.Tests.Support;
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
        var batch = client.WithRateLimiter(new RateLimiter(1));

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
            (await client.WithRateLimiter(new RateLimiter(1)).Actions.RunAsync(new ActionSelector("send"), null).Within()).ActionRunId
        );
    }

    [Fact]
    public async Task What_waited_at_the_gate_was_not_sent_when_the_batch_is_stopped()
    {
        using var server = new ScriptedServer { Otherwise = static _ => Answer.Stall };
        using var client = Make.Client(server);
        var batch = client.WithRateLimiter(new RateLimiter(1));
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
        var batch = client.WithRateLimiter(new RateLimiter(1));
        var sent = batch.Actions.RunAsync(new ActionSelector("send"), null);
        await Guard.UntilAsync(() => server.Waiting == 1);
        var waiting = batch.Actions.RunAsync(new ActionSelector("send"), null);

        client.Dispose();

        Assert.Equal(RequestOutcome.Unknown, (await Assert.ThrowsAsync<MembraneNetworkException>(() => sent.Within())).Outcome);
        Assert.Equal(RequestOutcome.NotSent, (await Assert.ThrowsAsync<MembraneNetworkException>(() => waiting.Within())).Outcome);
    }
}
