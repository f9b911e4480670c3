using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Authentication.Stored;
using Membrane.Client.Tests.Support;
using Xunit;

namespace Membrane.Client.Tests.Authentication;

/// <summary>The credentials file while another program has it open, on a system that refuses to replace it then.</summary>
public sealed class HeldCredentialFileTests : IDisposable
{
    private const string Theirs = """{"theirs":{"keep":"me"}}""";

    private readonly Folder folder = new();
    private readonly RefusingDisk disk = new();
    private readonly CredentialStore store;

    public HeldCredentialFileTests()
    {
        store = new CredentialStore(folder.File(".membrane", "credentials.json"), disk);
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        File.WriteAllText(FilePath, Theirs);
    }

    private string FilePath => store.Path!;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(unchecked((int)0x80070005))]
    [InlineData(RefusingDisk.SharingViolation)]
    [InlineData(unchecked((int)0x80070021))]
    [InlineData(unchecked((int)0x80070497))]
    [InlineData(unchecked((int)0x800704C8))]
    public async Task It_is_waited_for(int result)
    {
        disk.Refuse(4, result);
        await store.SaveAsync(SignIn("a"));
        Assert.Equal(4, disk.Pauses);
        RequireBoth();
    }

    [Fact]
    public async Task It_is_waited_for_where_none_was_there_before()
    {
        File.Delete(FilePath);
        disk.Refuse(2);
        await store.SaveAsync(SignIn("a"));
        Assert.Equal(2, disk.Pauses);
        Assert.NotNull(store.FindSignIn("a"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(RefusingDisk.SharingViolation)]
    public async Task Whoever_never_lets_go_of_it_is_an_error_that_names_it_and_nothing_has_changed(int result)
    {
        disk.Refuse(int.MaxValue, result);
        var exception = await Assert.ThrowsAsync<MembraneSignInException>(() => store.SaveAsync(SignIn("a")));
        Assert.Equal(ErrorIds.CredentialStore, exception.ErrorId);
        Assert.Contains(FilePath, exception.Message, StringComparison.Ordinal);
        Assert.Contains("MEMBRANE_HOME", exception.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(Theirs, await File.ReadAllTextAsync(FilePath));
        RequireNothingElse();
    }

    [Fact]
    public async Task A_full_disk_is_not_waited_for()
    {
        disk.Refuse(1, unchecked((int)0x80070070));
        await Assert.ThrowsAsync<MembraneSignInException>(() => store.SaveAsync(SignIn("a")));
        Assert.Equal(0, disk.Pauses);
        Assert.Equal(Theirs, await File.ReadAllTextAsync(FilePath));
    }

    [Fact]
    public async Task The_wait_can_be_cancelled()
    {
        using var cancelling = new CancellationTokenSource();
        disk.Refuse(int.MaxValue).Waiting = _ => cancelling.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.SaveAsync(SignIn("a"), cancelling.Token));
        Assert.Equal(Theirs, await File.ReadAllTextAsync(FilePath));
        RequireNothingElse();
    }

    [Fact]
    public async Task What_the_other_program_writes_meanwhile_is_kept()
    {
        disk.Refuse(2).Waiting = _ => File.WriteAllText(FilePath, """{"theirs":{"keep":"this"}}""");
        await store.SaveAsync(SignIn("a"));
        Assert.Contains("""{"keep":"this"}""", await File.ReadAllTextAsync(FilePath), StringComparison.Ordinal);
        Assert.NotNull(store.FindSignIn("a"));
    }

    [Fact]
    public async Task It_is_waited_for_to_be_read()
    {
        await store.SaveAsync(SignIn("a"));
        disk.RefusesToOpen = true;
        disk.Refuse(3);
        Assert.NotNull(store.FindSignIn("a"));
        Assert.Equal(3, disk.Pauses);
    }

    [Fact]
    public async Task Where_the_system_stops_half_way_it_is_put_back()
    {
        disk.StopsHalfWay = true;
        await store.SaveAsync(SignIn("a"));
        RequireBoth();
    }

    [Fact]
    public async Task Where_it_cannot_be_put_back_it_is_kept_and_the_error_says_where()
    {
        disk.StopsHalfWay = true;
        disk.Refuse(int.MaxValue);
        var exception = await Assert.ThrowsAsync<MembraneSignInException>(() => store.SaveAsync(SignIn("a")));
        var kept = Assert.Single(Directory.GetFiles(Path.GetDirectoryName(FilePath)!, "credentials.new*"));
        Assert.Contains(kept, exception.Message, StringComparison.Ordinal);
        Assert.Contains("\"keep\":\"me\"", await File.ReadAllTextAsync(kept), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_of_another_name_keeps_its_rights()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        const UnixFileMode Rights =
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;
        var other = Directory.CreateDirectory(folder.File("other"), Rights);
        var here = new CredentialStore(Path.Combine(other.FullName, "credentials.json"));
        await here.SaveAsync(SignIn("a"));
        Assert.Equal(Rights, other.UnixFileMode);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(here.Path!));
        await new CredentialStore(folder.File("new", "own", "credentials.json")).SaveAsync(SignIn("a"));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(folder.File("new", "own"))
        );
    }

    private void RequireBoth()
    {
        Assert.NotNull(store.FindSignIn("a"));
        Assert.Contains("\"theirs\":{\"keep\":\"me\"}", File.ReadAllText(FilePath), StringComparison.Ordinal);
        RequireNothingElse();
    }

    private void RequireNothingElse() =>
        Assert.Equal(
            ["credentials.json", "credentials.json.powershell.lock"],
            Directory.GetFiles(Path.GetDirectoryName(FilePath)!).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );

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
