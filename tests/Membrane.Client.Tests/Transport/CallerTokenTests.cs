using System;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Tests.Support;
using Membrane.Client.Transport;
using Xunit;

namespace Membrane.Client.Tests.Transport;

/// <summary>Whoever cancels finds the own token in the exception, and a time-out is another exception.</summary>
public sealed class CallerTokenTests : IDisposable
{
    private readonly CancellationTokenSource stop = new();

    public void Dispose() => stop.Dispose();

    private async Task CancelsAsync(Task call)
    {
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.Within());
        Assert.Equal(stop.Token, error.CancellationToken);
    }

    [Fact]
    public async Task Before_a_request_is_sent()
    {
        using var server = new ScriptedServer();
        using var client = Make.Client(server);
        await stop.CancelAsync();

        await CancelsAsync(client.Connections.GetAsync("c1", stop.Token));
        await CancelsAsync(client.Actions.RunAsync(new ActionSelector("send"), null, stop.Token));
        await CancelsAsync(client.Connections.List().ToListAsync(stop.Token));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task While_a_token_is_got()
    {
        using var server = new ScriptedServer();
        using var client = Make.Client(server, new PatientTokens());
        var get = client.Connections.GetAsync("c1", stop.Token);
        var token = client.GetTokenAsync(stop.Token);

        await stop.CancelAsync();

        await CancelsAsync(get);
        await CancelsAsync(token);
    }

    [Fact]
    public async Task While_an_answer_is_waited_for()
    {
        using var server = new ScriptedServer(Answer.Stall);
        using var client = Make.Client(server);
        var run = client.Actions.RunAsync(new ActionSelector("send"), null, stop.Token);
        await Guard.UntilAsync(() => server.Waiting == 1);

        await stop.CancelAsync();

        await CancelsAsync(run);
    }

    [Fact]
    public async Task While_a_body_is_read()
    {
        using var server = new ScriptedServer(Answer.HalfBodyThenStall("""{"id":""", 100));
        using var client = Make.Client(server);
        var get = client.Connections.GetAsync("c1", stop.Token);
        await Guard.UntilAsync(() => server.Waiting == 1);

        await stop.CancelAsync();

        await CancelsAsync(get);
    }

    [Fact]
    public async Task In_the_pause_before_another_try()
    {
        using var server = new ScriptedServer(Answer.Error(429, "bad_request", "rate_limit_exceeded", "slow down", "Retry-After: 50"));
        using var client = Make.Client(server);
        var observer = new RecordingObserver { OnRetry = stop.Cancel };

        await CancelsAsync(client.WithObserver(observer).Connections.GetAsync("c1", stop.Token));
    }

    [Fact]
    public async Task In_the_rate_limiter()
    {
        using var server = new ScriptedServer();
        using var client = Make.Client(server);
        var get = client.WithRateLimiter(new ClosedLimiter()).Connections.GetAsync("c1", stop.Token);

        await stop.CancelAsync();

        await CancelsAsync(get);
    }

    [Theory]
    [InlineData("items")]
    [InlineData("pages")]
    public async Task In_a_list(string what)
    {
        using var server = new ScriptedServer(Answer.Json("""{"items":[{"id":"a"}],"cursor":"next"}"""), Answer.Stall);
        using var client = Make.Client(server);
        var list = client.Connections.List();
        Task read = what == "items" ? list.ToListAsync(stop.Token) : list.GetPagesAsync(stop.Token).ToListAsync();
        await Guard.UntilAsync(() => server.Waiting == 1);

        await stop.CancelAsync();

        await CancelsAsync(read);
    }

    [Fact]
    public async Task In_a_wait_for_an_answer_and_between_two_looks()
    {
        using var server = new ScriptedServer(Answer.Stall) { Otherwise = static _ => Answer.Json("""{"id":"s1","status":"busy"}""") };
        using var client = Make.Client(server);
        var held = client.AgentSessions.WaitAsync("s1", cancellationToken: stop.Token);
        await Guard.UntilAsync(() => server.Waiting == 1);
        var pausing = client.AgentSessions.WaitAsync("s2", cancellationToken: stop.Token);
        await server.UntilRequestsAsync(2);

        await stop.CancelAsync();

        await CancelsAsync(held);
        await CancelsAsync(pausing);
    }

    [Fact]
    public async Task Time_that_is_up_is_not_a_cancellation()
    {
        using var server = new ScriptedServer { Otherwise = static _ => Answer.Stall };
        using var client = Make.Client(server, timeout: TimeSpan.FromMilliseconds(200));

        var error = await Assert.ThrowsAsync<MembraneNetworkException>(() => client.Connections.GetAsync("c1", stop.Token).Within());

        Assert.Equal(ErrorIds.RequestTimeout, error.ErrorId);
    }

    /// <summary>Gets no token, and says so with a token of its own, as code does that has a time-out besides.</summary>
    private sealed class PatientTokens : ITokenSource
    {
        public DateTimeOffset? ExpiresAt => null;

        public async Task<string> GetTokenAsync(CancellationToken cancellationToken)
        {
            using var own = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.Delay(Timeout.Infinite, own.Token);
            return string.Empty;
        }

        public bool Discard(string token) => false;
    }

    private sealed class ClosedLimiter : IRateLimiter
    {
        public async Task<bool> EnterAsync(TimeSpan maxWait, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return true;
        }

        public void Leave(bool isRateLimited, TimeSpan retryAfter) { }
    }
}
