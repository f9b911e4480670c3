using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Authentication.OAuth;
using Membrane.Client.Authentication.Stored;
using Membrane.Client.Tests.Support;
using Xunit;

namespace Membrane.Client.Tests.Authentication;

public sealed class CredentialStoreTests : IDisposable
{
    private readonly Folder folder = new();
    private readonly CredentialStore store;

    public CredentialStoreTests() => store = new CredentialStore(folder.File("home", ".membrane", "credentials.json"));

    private string File => store.Path!;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_is_saved_is_found_by_another_session()
    {
        Directory.CreateDirectory(folder.File("home"));
        DateTimeOffset end = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
        await store.SaveAsync(
            new StoredSignIn
            {
                Id = "id",
                Name = "work",
                ApiUri = new Uri("https://api.example.com"),
                Scope = OAuthScope.PlatformUser,
                AccessToken = "pat-1",
                ExpiresAt = end,
                RefreshToken = "refresh",
                WorkspaceKey = "acme",
                TenantKey = "ada",
                IsManager = true,
                Email = "a@b.c",
            }
        );
        var found = new CredentialStore(File).FindSignIn("WORK")!;
        Assert.Equal(
            ("id", "work", "https://api.example.com/", OAuthScope.PlatformUser, "pat-1", end, "refresh", "acme", "ada", true, "a@b.c"),
            (
                found.Id,
                found.Name,
                found.ApiUri.AbsoluteUri,
                found.Scope,
                found.AccessToken,
                found.ExpiresAt,
                found.RefreshToken,
                found.WorkspaceKey,
                found.TenantKey,
                found.IsManager,
                found.Email
            )
        );
        Assert.Null(store.FindSignIn("other"));
    }

    [Fact]
    public async Task Folder_and_file_are_the_owners_alone_even_where_they_were_not()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var inside = Path.GetDirectoryName(File)!;
        Directory.CreateDirectory(
            inside,
            UnixFileMode.UserRead
                | UnixFileMode.UserWrite
                | UnixFileMode.UserExecute
                | UnixFileMode.GroupRead
                | UnixFileMode.OtherRead
                | UnixFileMode.OtherExecute
        );
        await System.IO.File.WriteAllTextAsync(File, "{}");
        System.IO.File.SetUnixFileMode(File, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        await store.SaveAsync(SignIn("a"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, System.IO.File.GetUnixFileMode(inside));
    }

    [Theory]
    [InlineData("{\"token\":\"theirs\"")]
    [InlineData("not json")]
    [InlineData("[1]")]
    [InlineData("""{"membrane-powershell":{"version":2,"signIns":{}}}""")]
    [InlineData("""{"membrane-powershell":{"version":1,"signIns":{"default":{"apiUri":"nowhere"}}}}""")]
    [InlineData("""{"membrane-powershell":[]}""")]
    public async Task A_file_that_cannot_be_understood_is_refused_and_left_as_it_is(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        await System.IO.File.WriteAllTextAsync(File, content);
        foreach (
            var attempt in new Func<Task>[]
            {
                () => Task.FromResult(store.FindSignIn("default")),
                () => store.SaveAsync(SignIn("a")),
                () => store.RemoveAsync(SignIn("a")),
            }
        )
        {
            var exception = await Assert.ThrowsAsync<MembraneSignInException>(attempt);
            Assert.Equal(ErrorIds.CredentialStore, exception.ErrorId);
            Assert.Contains(File, exception.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("theirs", exception.ToString(), StringComparison.Ordinal);
        }

        Assert.Equal(content, await System.IO.File.ReadAllTextAsync(File));
    }

    [Fact]
    public async Task Many_sessions_at_once_lose_nothing()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        await System.IO.File.WriteAllTextAsync(File, """{"theirs":{"keep":"me"}}""");
        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(session =>
                    Task.Run(async () =>
                    {
                        var own = new CredentialStore(File);
                        for (var number = 0; number < 5; number++)
                        {
                            await own.SaveAsync(SignIn($"{session}-{number}"));
                        }
                    })
                )
        );
        Assert.All(
            from session in Enumerable.Range(0, 8)
            from number in Enumerable.Range(0, 5)
            select $"{session}-{number}",
            name => Assert.NotNull(store.FindSignIn(name))
        );
        using var document = JsonDocument.Parse(await System.IO.File.ReadAllTextAsync(File));
        Assert.Equal("me", document.RootElement.GetProperty("theirs").GetProperty("keep").GetString());
        Assert.Equal(
            ["credentials.json", "credentials.json.powershell.lock"],
            Directory.GetFiles(Path.GetDirectoryName(File)!).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_named()
    {
        await System.IO.File.WriteAllTextAsync(folder.File("home"), "a file where a folder should be");
        var exception = await Assert.ThrowsAsync<MembraneSignInException>(() => store.SaveAsync(SignIn("a")));
        Assert.Equal(ErrorIds.CredentialStore, exception.ErrorId);
        Assert.Contains(File, exception.Message, StringComparison.Ordinal);
        Assert.Null(new CredentialStore(folder.File("missing", "credentials.json")).FindSignIn("a"));
    }

    [Fact]
    public async Task A_link_stays_a_link()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        var real = folder.File("real.json");
        await System.IO.File.WriteAllTextAsync(real, """{"theirs":1}""");
        System.IO.File.CreateSymbolicLink(File, real);
        await store.SaveAsync(SignIn("a"));
        Assert.Equal(real, new FileInfo(File).LinkTarget);
        Assert.Contains("\"theirs\":1", await System.IO.File.ReadAllTextAsync(real), StringComparison.Ordinal);
        Assert.NotNull(store.FindSignIn("a"));
    }

    [Fact]
    public async Task A_later_sign_in_of_the_same_name_is_not_removed()
    {
        var first = SignIn("same");
        Directory.CreateDirectory(folder.File("home"));
        await store.SaveAsync(first);
        await store.SaveAsync(SignIn("same"));
        await store.RemoveAsync(first);
        Assert.NotNull(store.FindSignIn("same"));
    }

    [Fact]
    public async Task Waiting_for_the_lock_can_be_cancelled()
    {
        Directory.CreateDirectory(folder.File("home"));
        using var held = await store.LockAsync(isPatient: true, CancellationToken.None);
        using var cancelling = new CancellationTokenSource();
        var waiting = new CredentialStore(File).SaveAsync(SignIn("a"), cancelling.Token);
        Assert.False(waiting.IsCompleted);
        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task What_was_begun_ends_with_the_sign_in()
    {
        Directory.CreateDirectory(folder.File("home"));
        await store.SaveAsync(
            new PendingSignIn
            {
                Name = "default",
                ApiUri = new Uri("https://api.example.com"),
                RedirectUri = "r",
                State = "s",
                CodeVerifier = "v",
                CreatedAt = DateTimeOffset.UtcNow,
            }
        );
        Assert.Equal("v", store.FindPending("default")!.CodeVerifier);
        await store.SaveAsync(SignIn("default"));
        Assert.Null(store.FindPending("default"));
    }

    private static StoredSignIn SignIn(string name) =>
        new()
        {
            Id = Guid.NewGuid().ToString("N"),
            Name = name,
            ApiUri = new Uri("https://api.example.com"),
            AccessToken = "pat-1",
            ExpiresAt = DateTimeOffset.UtcNow,
        };
}
