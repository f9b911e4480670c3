using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Membrane.Client.Authentication.Stored;
using Membrane.Client.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace Membrane.Client.Tests.Authentication;

/// <summary>The file of stored sign-ins after a faulty disk, an editor or another program had it.</summary>
public sealed class CredentialChaosTests(ITestOutputHelper output) : IDisposable
{
    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Whatever_becomes_of_the_bytes_the_file_is_refused_as_it_is_or_keeps_what_is_of_others()
    {
        var chaos = new Chaos(output);
        var whole = await WriteAsync();
        var (refused, read) = (0, 0);
        for (var round = 0; round < Chaos.Rounds(120); round++)
        {
            var path = folder.File($"damaged-{round}.json");
            var bytes = chaos.Damage(whole);
            await File.WriteAllBytesAsync(path, bytes);
            var store = new CredentialStore(path);
            try
            {
                store.FindSignIn("work");
                await store.SaveAsync(SignIn("new"));
            }
            catch (MembraneSignInException exception)
            {
                Assert.Equal(ErrorIds.CredentialStore, exception.ErrorId);
                Assert.Contains(path, exception.Message, StringComparison.Ordinal);
                Assert.DoesNotContain("secret", exception.ToString(), StringComparison.Ordinal);
                Assert.Equal(bytes, await File.ReadAllBytesAsync(path));
                refused++;
                continue;
            }

            Assert.NotNull(new CredentialStore(path).FindSignIn("new"));
            Assert.Equal(Others(bytes), Others(await File.ReadAllBytesAsync(path)));
            Assert.Single(Directory.GetFiles(folder.Path, $"damaged-{round}.json"));
            read++;
        }

        chaos.Write($"{refused} refused, {read} read");
        Assert.True(refused > 0 && read > 0);
        Assert.Empty(Directory.GetFiles(folder.Path, "credentials.new*"));
    }

    [Fact]
    public async Task A_process_that_is_killed_leaves_the_file_whole_and_what_it_leaves_beside_it_is_gone_with_the_next_change()
    {
        var chaos = new Chaos(output);
        var path = folder.File("credentials.json");
        await File.WriteAllTextAsync(path, """{ "theirs" : [ 1 , "größe" ] }""");
        var theirs = Others(await File.ReadAllBytesAsync(path));
        var (rounds, left, changes) = (Chaos.Rounds(8), 0, 0);
        for (var round = 0; round < rounds; round++)
        {
            changes += await WriteUntilKilledAsync(path, chaos.Random.Next(60));

            Assert.Equal(theirs, Others(await File.ReadAllBytesAsync(path)));
            Assert.StartsWith("secret-", new CredentialStore(path).FindSignIn("work")!.AccessToken, StringComparison.Ordinal);
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite,
                OperatingSystem.IsWindows() ? UnixFileMode.UserRead | UnixFileMode.UserWrite : File.GetUnixFileMode(path)
            );
            left += Directory.GetFiles(folder.Path, "credentials.new*").Length;
            await new CredentialStore(path).SaveAsync(Program.SignIn("after", round));
            Assert.True(OperatingSystem.IsWindows() || Directory.GetFiles(folder.Path, "credentials.new*").Length == 0);
        }

        chaos.Write($"{rounds} processes killed after {changes} rounds of changes, {left} files left beside");
    }

    // How many rounds of changes it had told of.
    private static async Task<int> WriteUntilKilledAsync(string path, int milliseconds)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            ["exec", "--roll-forward", "Major", typeof(Program).Assembly.Location, Program.StoreSignIns, path]
        )
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        Assert.NotNull(await process.StandardOutput.ReadLineAsync().Within());
        await Task.Delay(milliseconds);
        process.Kill();
        var told = await process.StandardOutput.ReadToEndAsync().Within();
        await process.WaitForExitAsync().Within();
        return told.Count(static letter => letter == '\n') + 1;
    }

    // What other programs keep in the file, byte for byte.
    private static string[] Others(byte[] file)
    {
        var start = file.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
        if (file.Length == start)
        {
            return [];
        }

        // As bytes: damage may leave what is not UTF-8.
        using var document = JsonDocument.Parse(Encoding.Latin1.GetString(file.AsSpan(start)));
        return
        [
            .. document
                .RootElement.EnumerateObject()
                .Where(static member => member.Name != "membrane-powershell")
                .Select(static member => member.Name + member.Value.GetRawText()),
        ];
    }

    private async Task<byte[]> WriteAsync()
    {
        var path = folder.File("whole.json");
        await File.WriteAllTextAsync(path, """{ "theirs" : { "secret" : "größe \u00e4", "n" : 1e3 } , "more":[ 1 , 2 ] }""");
        var store = new CredentialStore(path);
        await store.SaveAsync(SignIn("work"));
        await store.SaveAsync(SignIn("play"));
        return await File.ReadAllBytesAsync(path);
    }

    private static StoredSignIn SignIn(string name) =>
        new()
        {
            Id = Guid.NewGuid().ToString("N"),
            Name = name,
            ApiUri = new Uri("https://api.example.com"),
            AccessToken = "secret-" + name,
            ExpiresAt = DateTimeOffset.UtcNow,
        };
}
