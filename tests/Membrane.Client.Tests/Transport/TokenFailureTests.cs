using System;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Tests.Support;
using Xunit;

namespace Membrane.Client.Tests.Transport;

/// <summary>What is known of a request whose token could not be got.</summary>
public sealed class TokenFailureTests
{
    [Fact]
    public async Task A_run_whose_token_was_lost_on_its_way_was_not_sent()
    {
        using var tokenServer = new ScriptedServer { Otherwise = static _ => Answer.Drop };
        using var tokenClient = Make.Client(tokenServer);
        using var server = new ScriptedServer();
        using var client = Make.Client(
            server,
            new Tokens(async () =>
            {
                // Like asking for a token, it is a request that changes something.
                await tokenClient.AgentSessions.CreateAsync(new NewAgentSession { Prompt = "x" });
                return string.Empty;
            })
        );

        var error = await Assert.ThrowsAsync<MembraneNetworkException>(() =>
            client.Actions.RunAsync(new ActionSelector("send"), null).Within()
        );

        Assert.Equal(ErrorIds.ConnectionLost, error.ErrorId);
        Assert.Equal(RequestOutcome.NotSent, error.Outcome);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_change_that_was_lost_stays_unknown_when_there_is_no_token_for_the_next_try()
    {
        using var server = new ScriptedServer { Otherwise = static _ => Answer.Drop };
        var asked = 0;
        using var client = Make.Client(server, new Tokens(() => Task.FromResult(asked++ == 0 ? Make.AccountToken : string.Empty)));

        var error = await Assert.ThrowsAsync<MembraneSignInException>(() =>
            client.Actions.ReplaceAsync(new ActionSelector("send"), new ActionContent { Name = "Send" }).Within()
        );

        Assert.Equal(RequestOutcome.Unknown, error.Outcome);
        Assert.Single(server.Requests);
    }

    private sealed class Tokens(Func<Task<string>> next) : ITokenSource
    {
        public DateTimeOffset? ExpiresAt => null;

        public Task<string> GetTokenAsync(CancellationToken cancellationToken) => next();

        public bool Discard(string token) => false;
    }
}
