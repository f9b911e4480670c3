using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Tests.Support;
using Membrane.Emulator;
using Xunit;

namespace Membrane.Client.Tests.Authentication;

public sealed class StoredTokenSourceTests : IDisposable
{
    private readonly SignInWorkspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task A_token_is_used_until_shortly_before_its_end()
    {
        var signIn = await workspace.SignIn();
        var source = workspace.Source(signIn);
        workspace.Ahead = TimeSpan.FromMinutes(58);
        Assert.Equal(signIn.AccessToken, await source.GetTokenAsync(CancellationToken.None));
        Assert.Equal(0, workspace.TokenRequests("refresh_token"));
    }

    [Fact]
    public async Task A_token_about_to_end_is_refreshed_once_for_all_who_wait_and_the_new_refresh_token_is_kept()
    {
        var signIn = await workspace.SignIn();
        var source = workspace.Source(signIn);
        workspace.Ahead = TimeSpan.FromMinutes(59.5);
        var tokens = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => source.GetTokenAsync(CancellationToken.None))));
        var renewed = Assert.Single(tokens.Distinct());
        Assert.NotEqual(signIn.AccessToken, renewed);
        Assert.Equal(1, workspace.TokenRequests("refresh_token"));
        var kept = workspace.Store.FindSignIn("default")!;
        Assert.Equal(renewed, kept.AccessToken);
        Assert.NotEqual(signIn.RefreshToken, kept.RefreshToken);

        // The emulator takes each refresh token once: the second refresh shows that the right one was kept.
        workspace.Ahead = TimeSpan.FromMinutes(119.5);
        Assert.NotEqual(renewed, await source.GetTokenAsync(CancellationToken.None));
        Assert.Equal(2, workspace.TokenRequests("refresh_token"));
    }

    [Fact]
    public async Task What_another_session_has_refreshed_is_taken_from_the_file()
    {
        var signIn = await workspace.SignIn();
        var first = workspace.Source(signIn);
        var second = workspace.Source(signIn);
        workspace.Ahead = TimeSpan.FromHours(2);
        var tokens = await Task.WhenAll(first.GetTokenAsync(CancellationToken.None), second.GetTokenAsync(CancellationToken.None));
        Assert.Single(tokens.Distinct());
        Assert.Equal(1, workspace.TokenRequests("refresh_token"));
    }

    [Fact]
    public async Task Whoever_stops_waiting_does_not_end_the_refresh()
    {
        var signIn = await workspace.SignIn();
        var source = workspace.Source(signIn);
        workspace.Ahead = TimeSpan.FromHours(2);
        workspace.Host.AddFault(
            new Fault
            {
                Path = "/oauth/token",
                DelayMilliseconds = 300,
                Times = 1,
            }
        );
        using var cancelling = new CancellationTokenSource();
        var abandoned = source.GetTokenAsync(cancelling.Token);
        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => abandoned);
        var token = await source.GetTokenAsync(CancellationToken.None);
        Assert.Equal(token, workspace.Store.FindSignIn("default")!.AccessToken);
        Assert.Equal(1, workspace.TokenRequests("refresh_token"));
    }

    [Fact]
    public async Task A_refused_token_is_refreshed_and_the_request_sent_again()
    {
        var signIn = await workspace.SignIn();
        var source = workspace.Source(signIn);
        using var client = Make.Client(workspace.Host.BaseUri, source);
        workspace.Host.AddFault(
            new Fault
            {
                Path = "/self",
                Status = 401,
                Body = """{"type":"bad_request","key":"not_authenticated","message":"no"}""",
                Times = 1,
            }
        );
        Assert.Equal("ada", (await client.Identity.GetAsync()).TenantKey);
        Assert.Equal(1, workspace.TokenRequests("refresh_token"));
    }

    [Fact]
    public async Task Without_a_network_the_present_token_is_used_until_its_end()
    {
        var signIn = await workspace.SignIn();
        var source = workspace.Source(signIn);
        workspace.Host.AddFault(new Fault { Path = "/.well-known/*", Drop = FaultDrop.Before });
        workspace.Ahead = TimeSpan.FromMinutes(59.5);
        Assert.Equal(signIn.AccessToken, await source.GetTokenAsync(CancellationToken.None));
        workspace.Ahead = TimeSpan.FromMinutes(61);
        await Assert.ThrowsAsync<MembraneNetworkException>(() => source.GetTokenAsync(CancellationToken.None));
        workspace.Host.ClearFaults();
        Assert.NotEqual(signIn.AccessToken, await source.GetTokenAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData(500, "", null)]
    [InlineData(502, "<html>bad gateway", "text/html")]
    [InlineData(429, "", null)]
    [InlineData(200, "<html>please wait", "text/html")]
    public async Task While_the_service_cannot_refresh_it_the_present_token_is_used_until_its_end(
        int status,
        string body,
        string? contentType
    )
    {
        var signIn = await workspace.SignIn();
        var source = workspace.Source(signIn);
        workspace.Host.AddFault(
            new Fault
            {
                Path = "/oauth/token",
                Status = status,
                Body = body,
                ContentType = contentType,
            }
        );
        workspace.Ahead = TimeSpan.FromMinutes(59.5);
        Assert.Equal(signIn.AccessToken, await source.GetTokenAsync(CancellationToken.None));
        workspace.Ahead = TimeSpan.FromMinutes(61);
        await Assert.ThrowsAnyAsync<MembraneException>(() => source.GetTokenAsync(CancellationToken.None));
        workspace.Host.ClearFaults();
        Assert.NotEqual(signIn.AccessToken, await source.GetTokenAsync(CancellationToken.None));
    }

    [Fact]
    public async Task While_the_file_cannot_be_read_the_present_token_is_used_until_its_end()
    {
        var signIn = await workspace.SignIn();
        var source = workspace.Source(signIn);
        var kept = await File.ReadAllTextAsync(workspace.Store.Path!);
        await File.WriteAllTextAsync(workspace.Store.Path!, "{");
        workspace.Ahead = TimeSpan.FromMinutes(59.5);
        Assert.Equal(signIn.AccessToken, await source.GetTokenAsync(CancellationToken.None));
        await File.WriteAllTextAsync(workspace.Store.Path!, kept);
        Assert.NotEqual(signIn.AccessToken, await source.GetTokenAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_new_refresh_token_that_could_not_be_kept_is_an_error()
    {
        var source = workspace.Source(await workspace.SignIn());
        var before = TokenRequests();
        workspace.Host.AddFault(
            new Fault
            {
                Path = "/oauth/token",
                DelayMilliseconds = 500,
                Times = 1,
            }
        );
        workspace.Ahead = TimeSpan.FromMinutes(59.5);
        var renewing = source.GetTokenAsync(CancellationToken.None);
        while (TokenRequests() == before)
        {
            await Task.Delay(5);
        }

        await File.WriteAllTextAsync(workspace.Store.Path!, "{");
        Assert.Equal(ErrorIds.CredentialStore, (await Assert.ThrowsAsync<MembraneSignInException>(() => renewing)).ErrorId);

        int TokenRequests() => workspace.Host.GetRequests().Count(static request => request.Path == "/oauth/token");
    }

    [Fact]
    public async Task A_sign_in_that_was_revoked_ends_with_a_clear_error_without_its_tokens()
    {
        var signIn = await workspace.SignIn();
        var source = workspace.Source(signIn);
        await workspace.OAuth().RevokeAsync(signIn.RefreshToken!);
        workspace.Ahead = TimeSpan.FromHours(2);
        var exception = await Assert.ThrowsAsync<MembraneSignInException>(() => source.GetTokenAsync(CancellationToken.None));
        Assert.Equal(ErrorIds.SignInEnded, exception.ErrorId);
        Assert.DoesNotContain(signIn.RefreshToken!, exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sign_in_that_another_session_has_replaced_is_not_continued_with_the_others_tokens()
    {
        var source = workspace.Source(await workspace.SignIn());
        await workspace.SignIn();
        workspace.Ahead = TimeSpan.FromHours(2);
        Assert.Equal(
            ErrorIds.SignInEnded,
            (await Assert.ThrowsAsync<MembraneSignInException>(() => source.GetTokenAsync(CancellationToken.None))).ErrorId
        );
        Assert.Equal(0, workspace.TokenRequests("refresh_token"));
    }

    [Fact]
    public async Task Revoking_ends_the_sign_in_at_the_service_and_here()
    {
        var signIn = await workspace.SignIn();
        var source = workspace.Source(signIn);
        await source.RevokeAsync();
        Assert.Null(workspace.Store.FindSignIn("default"));
        using var client = Make.Client(workspace.Host.BaseUri, new FixedTokenSource(signIn.AccessToken));
        Assert.Equal(401, (int)(await Assert.ThrowsAsync<MembraneApiException>(() => client.Identity.GetAsync())).StatusCode);
    }

    [Fact]
    public async Task What_could_not_be_revoked_stays()
    {
        var source = workspace.Source(await workspace.SignIn());
        workspace.Host.AddFault(new Fault { Path = "/oauth/revoke", Status = 500 });
        await Assert.ThrowsAsync<MembraneApiException>(() => source.RevokeAsync());
        Assert.NotNull(workspace.Store.FindSignIn("default"));
    }
}
