using System;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Tests.Support;
using Xunit;

namespace Membrane.Client.Tests.Transport;

/// <summary>A client is not made of options that cannot work, and the exception names the option.</summary>
public sealed class OptionsTests
{
    private static readonly FixedTokenSource Tokens = new(Make.AccountToken);

    public static TheoryData<string, MembraneClientOptions> Unusable =>
        new()
        {
            { "UserAgent", With(userAgent: "Mine/1.0\r\nX-Injected: yes") },
            { "UserAgent", With(userAgent: "Mine/1.0\n") },
            { "UserAgent", With(userAgent: "Größe/1.0") },
            { "UserAgent", With(userAgent: "") },
            { "UserAgent", With(userAgent: null!) },
            { "ApiVersion", With(apiVersion: "2025-10-21\r\nX-Injected: yes") },
            { "ApiVersion", With(apiVersion: "２０２５") },
            { "ApiVersion", With(apiVersion: " ") },
            {
                "ApiUri",
                new MembraneClientOptions { TokenSource = Tokens, ApiUri = null! }
            },
            {
                "RetryPolicy",
                new MembraneClientOptions { TokenSource = Tokens, RetryPolicy = null! }
            },
            {
                "ObjectModel",
                new MembraneClientOptions { TokenSource = Tokens, ObjectModel = null! }
            },
            { "TokenSource", new MembraneClientOptions() },
            { "RetryPolicy.BaseDelay", With(new RetryPolicy { BaseDelay = TimeSpan.FromSeconds(-1) }) },
            { "RetryPolicy.MaxDelay", With(new RetryPolicy { MaxDelay = TimeSpan.FromTicks(-1) }) },
            { "RetryPolicy.MaxDelay", With(new RetryPolicy { MaxDelay = TimeSpan.MaxValue }) },
            { "RetryPolicy.MaxRetryAfter", With(new RetryPolicy { MaxRetryAfter = TimeSpan.MinValue }) },
        };

    [Theory]
    [MemberData(nameof(Unusable), DisableDiscoveryEnumeration = true)]
    public void An_option_that_cannot_work_is_refused_by_its_name(string name, MembraneClientOptions options)
    {
        var error = Assert.Throws<MembraneInputException>(() => new MembraneClient(options));

        Assert.Equal(name, error.ParameterName);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_in_place_of_options_is_refused_by_its_name()
    {
        Assert.Equal("options", Assert.Throws<ArgumentNullException>(static () => new MembraneClient(null!)).ParamName);
        Assert.Equal("options", Assert.Throws<ArgumentNullException>(static () => new WorkspaceTokenSource(null!)).ParamName);
        Assert.Equal("token", Assert.Throws<MembraneInputException>(static () => new FixedTokenSource(null!)).ParameterName);
        using var client = new MembraneClient(new MembraneClientOptions { TokenSource = Tokens });
        Assert.Equal("observer", Assert.Throws<ArgumentNullException>(() => client.WithObserver(null!)).ParamName);
    }

    [Fact]
    public async Task A_token_source_without_a_token_is_named()
    {
        using var server = new ScriptedServer();
        using var client = Make.Client(server, new NoTokens());

        var error = await Assert.ThrowsAsync<MembraneSignInException>(() => client.Connections.GetAsync("c1").Within());

        Assert.Equal(ErrorIds.InvalidToken, error.ErrorId);
        Assert.Contains("TokenSource", error.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("a\r\nb: c")]
    [InlineData("grün")]
    [InlineData(null)]
    public async Task A_header_of_a_request_that_cannot_be_sent_is_refused(string? value)
    {
        using var server = new ScriptedServer { Otherwise = static _ => Answer.Json("{}") };
        using var client = Make.Client(server);

        var error = await Assert.ThrowsAsync<MembraneInputException>(() =>
            client.Requests.SendAsync(new RawRequest { Path = "/x", Headers = [new("X-Mine", value!)] }).Within()
        );

        Assert.Equal("Headers", error.ParameterName);
        Assert.Contains("X-Mine", error.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("text/plain\r\nX-Injected: yes")]
    [InlineData("text/grün")]
    public async Task A_media_type_that_cannot_be_sent_is_refused(string value)
    {
        using var server = new ScriptedServer { Otherwise = static _ => Answer.Json("{}") };
        using var client = Make.Client(server);

        var error = await Assert.ThrowsAsync<MembraneInputException>(() =>
            client
                .Requests.SendAsync(
                    new RawRequest
                    {
                        Path = "/x",
                        Method = "POST",
                        Body = "x",
                        ContentType = value,
                    }
                )
                .Within()
        );

        Assert.Equal("ContentType", error.ParameterName);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_request_without_headers_and_query_is_one_like_any_other()
    {
        using var server = new ScriptedServer { Otherwise = static _ => Answer.Json("{}") };
        using var client = Make.Client(server);

        await client
            .Requests.SendAsync(
                new RawRequest
                {
                    Path = "/x",
                    Headers = null!,
                    Query = null!,
                }
            )
            .Within();

        Assert.Equal("/x", server.OnlyRequest.Path);
    }

    [Fact]
    public async Task A_proxy_that_is_named_is_used_for_this_machine_too()
    {
        using var proxy = new ScriptedServer(Answer.Json("""{"id":"c1"}"""));
        using var client = new MembraneClient(
            new MembraneClientOptions
            {
                ApiUri = new Uri("http://127.0.0.1:9"),
                TokenSource = Tokens,
                Proxy = new WebProxy(proxy.Uri),
            }
        );

        await client.Connections.GetAsync("c1").Within();

        Assert.StartsWith("http://127.0.0.1:9/connections/c1", proxy.OnlyRequest.Target, StringComparison.Ordinal);
    }

    private static MembraneClientOptions With(string userAgent = "Mine/1.0", string? apiVersion = "2025-10-21") =>
        new()
        {
            TokenSource = Tokens,
            UserAgent = userAgent,
            ApiVersion = apiVersion,
        };

    private static MembraneClientOptions With(RetryPolicy policy) => new() { TokenSource = Tokens, RetryPolicy = policy };

    private sealed class NoTokens : ITokenSource
    {
        public DateTimeOffset? ExpiresAt => null;

        public Task<string> GetTokenAsync(CancellationToken cancellationToken) => Task.FromResult<string>(null!);

        public bool Discard(string token) => false;
    }
}
