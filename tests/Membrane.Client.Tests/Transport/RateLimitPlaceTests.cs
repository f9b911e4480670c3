using System;
using System.Collections.Generic;
using System.Net;
using System.Threading.Tasks;
using Membrane.Client.Authentication.OAuth;
using Membrane.Client.Tests.Support;
using Membrane.Client.Tools.Calls;
using Xunit;

namespace Membrane.Client.Tests.Transport;

/// <summary>A rate limit has one id, wherever the service says so and whatever else its answer says.</summary>
public sealed class RateLimitPlaceTests
{
    private static readonly Dictionary<string, Func<MembraneClient, Task>> Calls = new()
    {
        ["connections"] = static client => client.Connections.GetAsync("c1"),
        ["lists"] = static client => client.Connections.List().ToListAsync(),
        ["pages"] = static client => client.Requests.List(new RawRequest { Path = "/connections" }).ToListAsync(),
        ["runs"] = static client => client.Actions.RunAsync(new ActionSelector("a") { ConnectionId = "c1" }, null),
        ["act"] = static client => client.Actions.ActAsync(new ActRequest { Key = "a", ConnectionId = "c1" }),
        ["sessions"] = static client => client.AgentSessions.CreateAsync(new NewAgentSession { Prompt = "x" }),
        ["messages"] = static client => client.AgentSessions.SendMessageAsync("s1", "x"),
        ["waits"] = static client => client.AgentSessions.WaitAsync("s1"),
        ["flows"] = static client => client.FlowRuns.WaitAsync("f1"),
        ["requests"] = static client => client.ConnectionRequests.WaitAsync("r1"),
        ["records"] = static client => client.Data.List(new CollectionPointer("c1", "contacts")).ToListAsync(),
        ["export"] = static client => client.WorkspaceFiles.ExportAsync(),
        ["import"] = static client => client.WorkspaceFiles.ImportAsync(Archive(), new WorkspaceImport()),
        ["raw"] = static client =>
            client.Requests.SendAsync(
                new RawRequest
                {
                    Path = "/x",
                    Method = "POST",
                    Body = "{}",
                }
            ),
        ["proxied"] = static client => client.Requests.SendToAppAsync("c1", new RawRequest { Path = "/x" }),
        ["identity"] = static client => client.Identity.GetAsync(),
        ["workspaces"] = static client => client.Workspaces.List().ToListAsync(),
    };

    private static readonly Answer[] Answers =
    [
        Answer.Json("""{"type":"bad_request","key":"rate_limit_exceeded","message":"Slow down"}""", 429),
        Answer.Json("""{"type":"connection","message":"Slow down"}""", 429),
        Answer.Json("""{"type":"action_run","key":"already_exists","message":"Slow down"}""", 429),
        Answer.Json("""{"error":"slow_down","error_description":"Slow down"}""", 429),
        Answer.Json("""{"jsonrpc":"2.0","error":{"code":-32000,"message":"Slow down"}}""", 429),
        Answer.Text("<html><body>Too many requests</body></html>", "text/html", 429),
        Answer.Text("Too many requests", "text/plain", 429),
        Answer.Text("", "text/plain", 429),
    ];

    [Fact]
    public async Task In_every_answer_with_the_status()
    {
        foreach (var answer in Answers)
        {
            using var server = new ScriptedServer { Otherwise = _ => answer };
            using var client = Make.Client(server, policy: new RetryPolicy { MaxAttempts = 1 });
            foreach (var call in Calls)
            {
                var error = await Assert.ThrowsAsync<MembraneApiException>(() => call.Value(client).Within());
                Assert.True(error.ErrorId == ErrorIds.RateLimitExceeded, $"{call.Key}: {error.ErrorId}, {error.Message}");
                Assert.Equal(HttpStatusCode.TooManyRequests, error.StatusCode);
                Assert.Equal(ErrorIds.RateLimitExceeded, (string?)ToolOutcome.Failure(error).Value!["error"]!["id"]);
            }
        }
    }

    [Theory]
    [InlineData(".well-known")]
    [InlineData("oauth/token")]
    [InlineData("oauth/revoke")]
    public async Task In_a_sign_in(string limited)
    {
        foreach (var answer in Answers)
        {
            using var server = new ScriptedServer();
            server.Otherwise = request =>
                request.Path.TrimStart('/').StartsWith(limited, StringComparison.Ordinal)
                    ? answer
                    : Answer.Json(
                        $$"""
                        {"issuer":"{{server.Uri.AbsoluteUri.TrimEnd('/')}}","authorization_endpoint":"{{server.Uri}}oauth/authorize",
                         "token_endpoint":"{{server.Uri}}oauth/token","revocation_endpoint":"{{server.Uri}}oauth/revoke"}
                        """
                    );
            using var client = new OAuthClient(
                new MembraneClientOptions
                {
                    ApiUri = server.Uri,
                    RetryPolicy = new RetryPolicy { MaxAttempts = 1 },
                }
            );

            var error = await Assert.ThrowsAsync<MembraneApiException>(() =>
                (
                    limited.EndsWith("revoke", StringComparison.Ordinal) ? client.RevokeAsync("x") : client.RefreshAsync("x", default)
                ).Within()
            );

            Assert.Equal(ErrorIds.RateLimitExceeded, error.ErrorId);
        }
    }

    [Fact]
    public async Task In_a_job_that_ended_with_it()
    {
        using var server = new ScriptedServer
        {
            Otherwise = static request =>
                request.Path.Contains("async-requests", StringComparison.Ordinal)
                    ? Answer.Json(
                        """{"status":"failed","error":{"type":"bad_request","key":"rate_limit_exceeded","message":"Slow down"}}"""
                    )
                    : Answer.Json("""{"jobId":"j1","accessKey":"k"}"""),
        };
        using var client = Make.Client(server);
        foreach (var call in new[] { "export", "import" })
        {
            var error = await Assert.ThrowsAsync<MembraneApiException>(() => Calls[call](client).Within());
            Assert.Equal(ErrorIds.RateLimitExceeded, error.ErrorId);
            Assert.NotEqual(RequestOutcome.Unknown, error.Outcome);
        }
    }

    private static WorkspaceArchive Archive()
    {
        var archive = new WorkspaceArchive();
        archive.Add("membrane/actions/a/a.yaml", static () => "key: a\n"u8.ToArray());
        return archive;
    }
}
