using System;
using System.Linq;
using System.Threading.Tasks;
using Membrane.Client.Tests.Support;
using Membrane.Client.Tokens;
using Xunit;

namespace Membrane.Client.Tests.Authentication;

public sealed class TokenSourceTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);

    private static WorkspaceTokenOptions Options(double lifetimeSeconds = 3600) =>
        new()
        {
            WorkspaceKey = "k",
            WorkspaceSecret = "s",
            TenantKey = "t",
            Lifetime = TimeSpan.FromSeconds(lifetimeSeconds),
        };

    [Fact]
    public async Task A_token_is_used_again_until_sixty_seconds_before_its_end()
    {
        var now = Start;
        var source = new WorkspaceTokenSource(Options(), () => now);
        Assert.Null(source.ExpiresAt);

        var first = await source.GetTokenAsync(default);
        Assert.Equal(Start.AddHours(1), source.ExpiresAt);
        now = Start.AddSeconds(3539);
        Assert.Same(first, await source.GetTokenAsync(default));
        now = Start.AddSeconds(3540);
        var second = await source.GetTokenAsync(default);

        Assert.NotEqual(first, second);
        Assert.Equal(now.AddHours(1), TokenText.ReadExpiry(second));
        Assert.Equal(now.AddHours(1), source.ExpiresAt);
    }

    [Fact]
    public async Task A_token_as_short_as_the_margin_is_signed_for_each_request()
    {
        var now = Start;
        var source = new WorkspaceTokenSource(Options(60), () => now);

        var first = await source.GetTokenAsync(default);
        now = now.AddSeconds(1);

        Assert.NotEqual(first, await source.GetTokenAsync(default));
    }

    [Fact]
    public async Task Many_callers_get_the_same_token()
    {
        var source = new WorkspaceTokenSource(Options(), static () => Start);

        var tokens = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => source.GetTokenAsync(default)))).Within();

        Assert.Single(tokens.Distinct());
    }

    [Fact]
    public async Task A_signed_token_goes_out_with_the_request()
    {
        using var server = new ScriptedServer(Answer.Json("{}"), Answer.Json("{}"));
        using var client = Make.Client(server, new WorkspaceTokenSource(Options(), static () => Start));

        await client.Connections.GetAsync("c1").Within();
        await client.Connections.GetAsync("c1").Within();

        Assert.Equal(server.Requests[0].Header("Authorization"), server.Requests[1].Header("Authorization"));
        Assert.Equal("t", TokenText.ReadText(TokenText.ReadPayload(server.Requests[0].Header("Authorization")!["Bearer ".Length..]), "id"));
    }

    [Fact]
    public async Task A_signed_token_that_is_refused_is_not_signed_again()
    {
        using var server = new ScriptedServer { Otherwise = static _ => Answer.Error(401, "bad_request", "not_authenticated") };
        using var client = Make.Client(server, new WorkspaceTokenSource(Options()));

        await Assert.ThrowsAsync<MembraneApiException>(() => client.Connections.GetAsync("c1").Within());

        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("pat-abc123", null)]
    [InlineData("  pat-abc123\r\n", null)]
    public async Task An_account_token_is_used_as_it_is(string text, DateTimeOffset? expiry)
    {
        var source = new FixedTokenSource(text);

        Assert.Equal("pat-abc123", await source.GetTokenAsync(default));
        Assert.Equal(expiry, source.ExpiresAt);
        Assert.False(source.Discard("pat-abc123"));
    }

    [Fact]
    public void A_JWT_says_when_it_ends() => Assert.Equal(Start, new FixedTokenSource(Make.Jwt("""{"exp":1800000000}""")).ExpiresAt);

    public static TheoryData<string?> NoTokens =>
        new()
        {
            null,
            string.Empty,
            " ",
            "pat",
            "PAT-abc",
            "pat-a b",
            "pat-a\nb",
            "pat-é",
            "abc",
            "a.b.c",
            "Bearer " + Make.AccountToken,
            "Bearer " + Make.Jwt("{}"),
            "\"" + Make.Jwt("{}") + "\"",
            Make.Jwt("[]"),
            Make.Jwt("42"),
            Make.Jwt("not json"),
            Make.Jwt("{\"a\":1} {}"),
            Make.Jwt("{}") + ".more",
            Make.Jwt("{}").Replace(".c2ln", ".c2\r\nX-Injected: 1\r\nln", StringComparison.Ordinal),
            Make.Jwt("{}").Replace(".c2ln", ".c2é", StringComparison.Ordinal),
            Make.Jwt("{\"a\":\"wrapped by a terminal\"}").Insert(60, "\n"),
            Make.Jwt("{\"a\":\"wrapped by a terminal\"}").Insert(60, " "),
        };

    [Theory]
    [MemberData(nameof(NoTokens), DisableDiscoveryEnumeration = true)]
    public void What_is_no_token_is_refused_without_being_shown(string? text)
    {
        var error = Assert.Throws<MembraneInputException>(() => new FixedTokenSource(text!));

        Assert.Equal(ErrorIds.InvalidToken, error.ErrorId);
        Assert.Equal("token", error.ParameterName);
        Assert.True(string.IsNullOrWhiteSpace(text) || text.Length < 8 || !error.ToString().Contains(text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"exp":1800000000}""", 1800000000L)]
    [InlineData("""{"exp":1800000000.9}""", 1800000000L)]
    [InlineData("""{"exp":1.8e9}""", 1800000000L)]
    [InlineData("""{"exp":-1}""", -1L)]
    [InlineData("""{"exp":"1800000000"}""", null)]
    [InlineData("""{"exp":null}""", null)]
    [InlineData("""{"exp":1e300}""", null)]
    [InlineData("""{"exp":-1e300}""", null)]
    [InlineData("""{"exp":1e999}""", null)]
    [InlineData("""{"exp":99999999999999999999999}""", null)]
    [InlineData("""{"exp":9223372036854775807}""", null)]
    [InlineData("""{"exp":{}}""", null)]
    [InlineData("{}", null)]
    public void The_end_of_a_token_is_read_where_it_is_a_time(string payload, long? expected) =>
        Assert.Equal(expected is null ? null : DateTimeOffset.FromUnixTimeSeconds(expected.Value), TokenText.ReadExpiry(Make.Jwt(payload)));

    [Fact]
    public void Header_and_claims_can_be_looked_at()
    {
        var token = Make.Jwt("""{"id":"tenant","n":1}""", """{"alg":"HS512"}""");

        Assert.Equal("HS512", TokenText.ReadText(TokenText.ReadHeader(token), "alg"));
        Assert.Equal("tenant", TokenText.ReadText(TokenText.ReadPayload(token), "id"));
        Assert.Null(TokenText.ReadText(TokenText.ReadPayload(token), "n"));
        Assert.Null(TokenText.ReadText(TokenText.ReadPayload("x"), "n"));
    }

    [Fact]
    public void Ten_thousand_kinds_of_rubbish_are_refused_and_nothing_else_happens()
    {
        var random = new Random(20260726);
        string[] pieces =
        [
            ".",
            "..",
            "pat-",
            "eyJ",
            "{}",
            "\"exp\":",
            "1e999",
            "\\ud800",
            "[",
            "{\"a\":",
            "=",
            "-",
            "_",
            "\0",
            "\n",
            "é",
            "\ud83d",
            "9999999999999999999999",
            " ",
            "null",
        ];
        for (var round = 0; round < 10_000; round++)
        {
            var text = string.Concat(
                Enumerable
                    .Range(0, random.Next(12))
                    .Select(_ => random.Next(3) == 0 ? ((char)random.Next(0x10000)).ToString() : pieces[random.Next(pieces.Length)])
            );
            foreach (
                var candidate in new[]
                {
                    text,
                    Make.Base64Url("{}") + "." + Make.Base64Url(text) + ".x",
                    Make.Base64Url(text) + "." + Make.Base64Url("{" + text + "}") + "." + text,
                }
            )
            {
                TokenText.ReadHeader(candidate);
                TokenText.ReadPayload(candidate);
                TokenText.ReadExpiry(candidate);
                try
                {
                    TokenText.Check(candidate, "Token");
                }
                catch (MembraneInputException exception)
                {
                    Assert.Equal(ErrorIds.InvalidToken, exception.ErrorId);
                }
            }
        }
    }
}
