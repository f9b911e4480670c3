using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Authentication.Stored;
using Membrane.Client.Tests.Support;
using Membrane.Emulator;
using Xunit;

namespace Membrane.Client.Tests.Authentication;

/// <summary>
/// A refresh whose new tokens cannot be written to the file. The emulator takes each refresh token once and ends the sign-in
/// when one comes twice, so every further refresh shows that the newest was used.
/// </summary>
public sealed class UnstoredTokenTests : IDisposable
{
    private readonly RefusingDisk disk = new();
    private readonly SignInWorkspace workspace;
    private readonly List<string> warnings = [];

    public UnstoredTokenTests() => workspace = new SignInWorkspace(disk);

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task The_new_token_is_used_the_person_told_once_and_each_use_tries_to_store_it()
    {
        var signIn = await workspace.SignIn();
        var source = workspace.Source(signIn, Warn);
        workspace.Ahead = TimeSpan.FromHours(2);
        disk.Refuse(int.MaxValue);
        var token = await Token(source);
        Assert.NotEqual(signIn.AccessToken, token);
        var warning = Assert.Single(warnings);
        Assert.Contains(workspace.Store.Path!, warning, StringComparison.Ordinal);
        Assert.Contains("sign in again", warning, StringComparison.Ordinal);
        Assert.DoesNotContain(token, warning, StringComparison.Ordinal);

        Assert.Equal(token, await Token(source));
        Assert.Equal(signIn.AccessToken, workspace.Store.FindSignIn("default")!.AccessToken);
        disk.Refuse(0);
        Assert.Equal(token, await Token(source));
        Assert.Equal(token, workspace.Store.FindSignIn("default")!.AccessToken);
        Assert.Single(warnings);
        Assert.Equal(1, workspace.TokenRequests("refresh_token"));

        workspace.Ahead = TimeSpan.FromHours(4);
        Assert.NotEqual(token, await workspace.Source(workspace.Store.FindSignIn("default")!).GetTokenAsync(CancellationToken.None));
    }

    [Fact]
    public async Task While_there_is_a_token_nobody_waits_for_the_file()
    {
        var source = workspace.Source(await workspace.SignIn(), Warn);
        workspace.Ahead = TimeSpan.FromHours(2);
        disk.Refuse(int.MaxValue);
        await Token(source);
        var pauses = disk.Pauses;
        Assert.NotEqual(0, pauses);
        await Token(source);
        using (await workspace.Store.LockAsync(isPatient: true, CancellationToken.None))
        {
            await Token(source);
        }

        Assert.Equal(pauses, disk.Pauses);
    }

    [Fact]
    public async Task The_next_refresh_takes_the_newest_token_whatever_the_file_says()
    {
        var source = workspace.Source(await workspace.SignIn(), Warn);
        disk.Refuse(int.MaxValue);
        var last = string.Empty;
        for (var hours = 2; hours <= 6; hours += 2)
        {
            workspace.Ahead = TimeSpan.FromHours(hours);
            Assert.NotEqual(last, last = await Token(source));
        }

        Assert.Equal(3, workspace.TokenRequests("refresh_token"));
        Assert.Equal(3, warnings.Count);
        disk.Refuse(0);
        workspace.Ahead = TimeSpan.FromHours(8);
        last = await Token(source);
        Assert.Equal(last, workspace.Store.FindSignIn("default")!.AccessToken);
    }

    [Fact]
    public async Task Who_has_gone_is_not_told_but_the_next_who_waits()
    {
        var source = workspace.Source(await workspace.SignIn(), Warn);
        workspace.Ahead = TimeSpan.FromHours(2);
        disk.Refuse(int.MaxValue);
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
        await Token(source);
        Assert.Single(warnings);
    }

    [Fact]
    public async Task Where_nobody_listens_it_is_an_error_once()
    {
        var source = workspace.Source(await workspace.SignIn());
        workspace.Ahead = TimeSpan.FromHours(2);
        disk.Refuse(int.MaxValue);
        var exception = await Assert.ThrowsAsync<MembraneSignInException>(() => Token(source));
        Assert.Equal(ErrorIds.CredentialStore, exception.ErrorId);
        await Token(source);
        disk.Refuse(0);
        Assert.Equal(await Token(source), workspace.Store.FindSignIn("default")!.AccessToken);
    }

    [Fact]
    public async Task A_file_that_is_damaged_meanwhile_loses_nothing_either()
    {
        var source = workspace.Source(await workspace.SignIn(), Warn);
        workspace.Ahead = TimeSpan.FromHours(2);
        disk.Refuse(int.MaxValue);
        var token = await Token(source);
        disk.Refuse(0);
        var kept = await File.ReadAllTextAsync(workspace.Store.Path!);
        await File.WriteAllTextAsync(workspace.Store.Path!, "{");
        Assert.Equal(token, await Token(source));
        await File.WriteAllTextAsync(workspace.Store.Path!, kept);
        Assert.Equal(token, await Token(source));
        Assert.Equal(token, workspace.Store.FindSignIn("default")!.AccessToken);
    }

    [Fact]
    public async Task A_later_sign_in_of_the_same_name_is_not_overwritten()
    {
        var source = workspace.Source(await workspace.SignIn(), Warn);
        workspace.Ahead = TimeSpan.FromHours(2);
        disk.Refuse(int.MaxValue);
        var token = await Token(source);
        disk.Refuse(0);
        var later = await workspace.SignIn();
        Assert.Equal(token, await Token(source));
        Assert.Equal(later.AccessToken, workspace.Store.FindSignIn("default")!.AccessToken);
    }

    [Fact]
    public async Task Revoking_ends_the_newest()
    {
        var source = workspace.Source(await workspace.SignIn(), Warn);
        workspace.Ahead = TimeSpan.FromHours(2);
        disk.Refuse(int.MaxValue);
        var token = await Token(source);
        disk.Refuse(0);
        await source.RevokeAsync();
        Assert.Null(workspace.Store.FindSignIn("default"));
        using var client = Make.Client(workspace.Host.BaseUri, new FixedTokenSource(token));
        Assert.Equal(401, (int)(await Assert.ThrowsAsync<MembraneApiException>(() => client.Identity.GetAsync())).StatusCode);
    }

    private static Task<string> Token(StoredTokenSource source) => source.GetTokenAsync(CancellationToken.None);

    private bool Warn(string text)
    {
        warnings.Add(text);
        return true;
    }
}
