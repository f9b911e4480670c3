using System;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Authentication.OAuth;
using Membrane.Client.Tests.Support;
using Xunit;

namespace Membrane.Client.Tests.Authentication;

public sealed class BrowserSignInTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    private readonly SignInWorkspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task The_browser_comes_back_with_a_code_that_is_exchanged()
    {
        using var signIn = await BrowserSignIn.BeginAsync(workspace.OAuth(), OAuthScope.Tenant);
        var waiting = signIn.CompleteAsync(Long);
        (var status, var page) = await workspace.Open(await workspace.AnswerPage(signIn.Address));
        Assert.Equal(200, status);
        Assert.Contains("Back to PowerShell", page, StringComparison.Ordinal);
        var tokens = await waiting;
        Assert.Equal(("ada", "ada@example.com", "emulator-workspace"), (tokens.TenantKey, tokens.Email, tokens.WorkspaceKey));
        Assert.NotNull(tokens.RefreshToken);
    }

    [Fact]
    public async Task A_forged_answer_is_refused_and_does_not_end_the_sign_in()
    {
        using var signIn = await BrowserSignIn.BeginAsync(workspace.OAuth(), OAuthScope.Tenant);
        var waiting = signIn.CompleteAsync(Long);
        var landed = await workspace.AnswerPage(signIn.Address);
        var state = landed.Query.Split("state=")[1].Split('&')[0];
        foreach (
            var query in new[]
            {
                landed.Query.Replace("state=", "state=x", StringComparison.Ordinal),
                "?code=forged",
                "?code=forged&state=",
                "?error=access_denied",
                "?error=access_denied&state=x" + state,
                "?state=" + state,
                "?code=&state=" + state,
                string.Empty,
            }
        )
        {
            (var status, var page) = await workspace.Open(new Uri(landed.GetLeftPart(UriPartial.Path) + query));
            Assert.Equal(400, status);
            Assert.Contains("goes on waiting", page, StringComparison.Ordinal);
        }

        Assert.False(waiting.IsCompleted);
        Assert.Equal(0, workspace.TokenRequests("authorization_code"));
        Assert.Equal(200, (await workspace.Open(landed)).Status);
        Assert.NotEmpty((await waiting).AccessToken);
    }

    [Fact]
    public async Task A_person_can_refuse()
    {
        using var signIn = await BrowserSignIn.BeginAsync(workspace.OAuth(), OAuthScope.Tenant);
        var waiting = signIn.CompleteAsync(Long);
        (var status, var page) = await workspace.Open(await workspace.AnswerPage(signIn.Address, "refuse"));
        Assert.Equal(400, status);
        Assert.Contains("refused", page, StringComparison.Ordinal);
        Assert.Contains("refused", (await Assert.ThrowsAsync<MembraneSignInException>(() => waiting)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_requests_and_idle_connections_do_not_disturb_the_wait()
    {
        using var signIn = await BrowserSignIn.BeginAsync(workspace.OAuth(), OAuthScope.Tenant);
        var waiting = signIn.CompleteAsync(Long);
        var landed = await workspace.AnswerPage(signIn.Address);
        using var idle = new TcpClient(landed.Host, landed.Port);
        Assert.Equal(404, (await workspace.Open(new Uri(landed, "/favicon.ico"))).Status);
        using (var other = new HttpClient())
        using (var posted = await other.PostAsync(landed, null))
        {
            Assert.Equal(405, (int)posted.StatusCode);
        }

        Assert.False(waiting.IsCompleted);
        Assert.Equal(200, (await workspace.Open(landed)).Status);
        Assert.NotEmpty((await waiting).AccessToken);
    }

    [Fact]
    public async Task Nobody_coming_ends_in_a_time_out_and_the_port_is_free_again()
    {
        Uri address;
        using (var signIn = await BrowserSignIn.BeginAsync(workspace.OAuth(), OAuthScope.Tenant))
        {
            address = await workspace.AnswerPage(signIn.Address);
            Assert.Equal(
                ErrorIds.SignInTimeout,
                (await Assert.ThrowsAsync<MembraneTimeoutException>(() => signIn.CompleteAsync(TimeSpan.FromMilliseconds(100)))).ErrorId
            );
        }

        await Assert.ThrowsAsync<HttpRequestException>(() => workspace.Open(address));
    }

    [Fact]
    public async Task The_wait_can_be_cancelled()
    {
        using var signIn = await BrowserSignIn.BeginAsync(workspace.OAuth(), OAuthScope.Tenant);
        using var cancelling = new CancellationTokenSource();
        var waiting = signIn.CompleteAsync(Long, cancelling.Token);
        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task A_code_without_the_verifier_of_whoever_began_is_worth_nothing()
    {
        var oauth = workspace.OAuth();
        (var pending, var page) = await HeadlessSignIn.BeginAsync(oauth, new PendingSignIn());
        (var other, _) = await HeadlessSignIn.BeginAsync(oauth, new PendingSignIn());
        var code = (await workspace.AnswerPage(page)).Query.Split("code=")[1].Split('&')[0];
        var exception = await Assert.ThrowsAsync<MembraneSignInException>(() => HeadlessSignIn.CompleteAsync(oauth, other, code));
        Assert.Equal(ErrorIds.SignInFailed, exception.ErrorId);
        Assert.DoesNotContain(code, exception.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty((await HeadlessSignIn.CompleteAsync(oauth, pending, "  " + code + "\n")).AccessToken);
    }

    [Theory]
    [InlineData(
        """{"issuer":"https://elsewhere.example.com","authorization_endpoint":"{0}oauth/authorize","token_endpoint":"{0}oauth/token"}""",
        "belongs to"
    )]
    [InlineData(
        """{"issuer":"{0}","authorization_endpoint":"http://elsewhere.example.com/authorize","token_endpoint":"{0}oauth/token"}""",
        "not an https address"
    )]
    [InlineData(
        """{"issuer":"{0}","authorization_endpoint":"{0}oauth/authorize","token_endpoint":"{0}oauth/token","code_challenge_methods_supported":["plain"]}""",
        "S256"
    )]
    public async Task A_server_that_cannot_be_trusted_is_refused(string metadata, string why)
    {
        using var server = new ScriptedServer();
        server.Otherwise = _ => Answer.Json(metadata.Replace("{0}", server.Uri.AbsoluteUri, StringComparison.Ordinal));
        var exception = await Assert.ThrowsAsync<MembraneSignInException>(() =>
            BrowserSignIn.BeginAsync(workspace.OAuth(server.Uri), OAuthScope.Tenant)
        );
        Assert.Contains(why, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Codes_and_tokens_go_to_no_other_host_and_no_error_shows_an_answer_with_tokens()
    {
        using var server = new ScriptedServer();
        var tokenEndpoint = "https://elsewhere.example.com/token";
        server.Otherwise = request =>
            request.Method == "GET"
                ? Answer.Json(
                    $$"""{"issuer":"{{server.Uri.AbsoluteUri}}","authorization_endpoint":"{{server.Uri.AbsoluteUri}}a","token_endpoint":"{{tokenEndpoint}}"}"""
                )
                : Answer.Json("""{"access_token":"SECRETSECRET","token_type":"Bearer","expires_in":""");
        var oauth = workspace.OAuth(server.Uri);
        (var pending, _) = await HeadlessSignIn.BeginAsync(oauth, new PendingSignIn());
        Assert.Contains(
            "elsewhere",
            (await Assert.ThrowsAsync<MembraneSignInException>(() => HeadlessSignIn.CompleteAsync(oauth, pending, "code"))).Message,
            StringComparison.Ordinal
        );

        tokenEndpoint = server.Uri.AbsoluteUri + "token";
        var broken = await Assert.ThrowsAsync<MembraneResponseException>(() => HeadlessSignIn.CompleteAsync(oauth, pending, "code"));
        Assert.Null(broken.BodyStart);
        Assert.DoesNotContain("SECRETSECRET", broken.ToString(), StringComparison.Ordinal);
    }
}
