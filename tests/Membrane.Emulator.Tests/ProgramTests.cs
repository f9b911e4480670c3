using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Membrane.Client;
using Membrane.Emulator.Tests.Support;
using Xunit;

namespace Membrane.Emulator.Tests;

public sealed class ProgramTests
{
    [Theory]
    [InlineData("--catalog", "nonsense\n")]
    [InlineData("--catalog", "{}")]
    [InlineData("--catalog", "[{}]")]
    [InlineData("--state", "something else")]
    public async Task A_wrong_file_is_told_in_one_line(string option, string content)
    {
        var (exitCode, _, errors) = await RunAsync(
            "--port",
            "0",
            "--workspace-key",
            "key",
            "--workspace-secret",
            "secret",
            option,
            TestFiles.Write(content)
        );

        Assert.Equal(1, exitCode);
        Assert.StartsWith(
            "Membrane emulator: ",
            Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_version_is_that_of_the_package()
    {
        var (exitCode, output, errors) = await RunAsync("--version");

        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Equal(typeof(EmulatorHost).Assembly.GetName().Version!.ToString(3), output.Trim());
    }

    [Fact]
    public async Task The_help_names_the_command_of_the_package_and_the_README_has_every_option()
    {
        var (exitCode, output, _) = await RunAsync("--help");
        var readme = await File.ReadAllTextAsync(TestFiles.Repository("src", "Membrane.Emulator", "README.md"));

        Assert.Equal(0, exitCode);
        Assert.StartsWith("Usage: membrane-emulator ", output, StringComparison.Ordinal);
        var options = Regex.Matches(output, @"^  (--[a-z-]+(?: [A-Z]+)?)", RegexOptions.Multiline).Select(match => match.Groups[1].Value);
        Assert.Equal(
            options,
            Regex.Matches(readme, @"^\| `(--[a-z-]+(?: [A-Z]+)?)`", RegexOptions.Multiline).Select(match => match.Groups[1].Value)
        );
    }

    [Theory]
    [InlineData("--listen", "localhost")]
    [InlineData("--listen", "1")]
    [InlineData("--listen", "::")]
    [InlineData("--listen", "0.0.0.256")]
    [InlineData("--port", "65536")]
    [InlineData("--seed", "x")]
    [InlineData("--state", "")]
    [InlineData("--unknown", "1")]
    public async Task A_wrong_option_is_named_and_the_usage_shown(string option, string value)
    {
        var (exitCode, _, errors) = await RunAsync(option, value);

        Assert.Equal(2, exitCode);
        var lines = errors.Split('\n');
        Assert.Contains(option, lines[0], StringComparison.Ordinal);
        Assert.StartsWith("Usage: membrane-emulator", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_word_it_listens_on_this_machine_only_and_does_not_warn()
    {
        using var program = Start("--port", "0", "--workspace-key", "key", "--workspace-secret", "secret");
        var errors = program.StandardError.ReadToEndAsync();
        var ready = await program.StandardOutput.ReadLineAsync();
        program.Kill();

        Assert.Matches(@"^Membrane emulator listening on http://127\.0\.0\.1:\d+$", ready);
        Assert.Equal("", await errors);
    }

    [ElsewhereThanOnWindowsFact]
    public async Task Told_to_listen_for_other_machines_it_warns_still_asks_for_a_token_and_answers_under_the_name_it_was_asked_by()
    {
        using var program = Start("--port", "0", "--listen", "0.0.0.0", "--workspace-key", "key", "--workspace-secret", "secret");
        try
        {
            Assert.Contains("WARNING: it listens on 0.0.0.0", await program.StandardError.ReadLineAsync(), StringComparison.Ordinal);
            var ready = await program.StandardOutput.ReadLineAsync();
            var port = Regex.Match(ready!, @"^Membrane emulator listening on http://0\.0\.0\.0:(\d+)$").Groups[1].Value;

            // This machine under a name that is no loopback address for a client, as that of a container is none.
            var apiUri = new Uri($"http://{Dns.GetHostName()}:{port}");
            using var http = new HttpClient();
            Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync(new Uri(apiUri, "/connections"))).StatusCode);
            var metadata = await http.GetFromJsonAsync<JsonElement>(new Uri(apiUri, "/.well-known/oauth-authorization-server"));
            Assert.Equal(apiUri.GetLeftPart(UriPartial.Authority), metadata.GetProperty("issuer").GetString());

            var options = new MembraneClientOptions
            {
                ApiUri = apiUri,
                TokenSource = new WorkspaceTokenSource(
                    new WorkspaceTokenOptions
                    {
                        WorkspaceKey = "key",
                        WorkspaceSecret = "secret",
                        TenantKey = "ada",
                    }
                ),
            };
            var refused = Assert.Throws<MembraneInputException>(() => new MembraneClient(options));
            Assert.Equal(nameof(options.ApiUri), refused.ParameterName);
            Assert.Contains(nameof(options.AllowUnencryptedAuthentication), refused.RecommendedAction, StringComparison.Ordinal);

            options.AllowUnencryptedAuthentication = true;
            using var membrane = new MembraneClient(options);
            var request = await membrane.ConnectionRequests.CreateAsync(new NewConnectionRequest { ConnectorKey = "hubspot" });
            Assert.StartsWith(apiUri.AbsoluteUri, request.Url, StringComparison.Ordinal);
        }
        finally
        {
            program.Kill();
        }
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var program = Start(arguments);
        var errors = program.StandardError.ReadToEndAsync();
        var output = await program.StandardOutput.ReadToEndAsync();
        await program.WaitForExitAsync();
        return (program.ExitCode, output, (await errors).ReplaceLineEndings("\n"));
    }

    private static Process Start(params string[] arguments) =>
        Process.Start(
            new ProcessStartInfo("dotnet", [typeof(EmulatorHost).Assembly.Location, .. arguments])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            }
        )!;
}
