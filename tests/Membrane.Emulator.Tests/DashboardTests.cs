using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Tests.Support;
using Xunit;

namespace Membrane.Emulator.Tests;

/// <summary>The dashboard over HTTP: who gets it, and what it reads. What a person sees of it is tried by tests/browser.</summary>
public sealed class DashboardTests : IDisposable
{
    private const string Browser = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";

    private readonly TestWorkspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task A_browser_gets_the_page_and_a_program_what_it_always_got()
    {
        var page = await Ask("/", ("Accept", Browser));
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.StartsWith("<!doctype html>", page.Text, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'; script-src 'self';", Header(page, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", Header(page, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("DENY", Header(page, "X-Frame-Options"));
        Assert.Equal("no-store", Header(page, "Cache-Control"));
        Assert.Equal("Accept", Header(page, "Vary"));

        foreach (
            var accept in new[]
            {
                null,
                "*/*",
                "application/json",
                "application/json, text/html",
                "text/html;q=0",
                "text/html; q=0.000, */*",
            }
        )
        {
            var answer = await Ask("/", ("Accept", accept));
            Assert.Equal(HttpStatusCode.NotFound, answer.Status);
            Assert.Equal("There is no operation GET /.", answer["message"]);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await Send(HttpMethod.Post, "/", ("Accept", Browser))).Status);
    }

    [Fact]
    public async Task The_page_refers_to_nothing_but_its_own_files_and_all_of_them_are_there()
    {
        var page = await Ask("/", ("Accept", Browser));
        var open = new Queue<string>(Addresses(page.Text));
        var seen = new HashSet<string>();
        while (open.TryDequeue(out var path))
        {
            if (!seen.Add(path))
            {
                continue;
            }

            var file = await Ask(path);
            Assert.Equal(HttpStatusCode.OK, file.Status);
            Assert.Equal("nosniff", Header(file, "X-Content-Type-Options"));
            Assert.Equal("same-origin", Header(file, "Cross-Origin-Resource-Policy"));
            foreach (var imported in file.Text.Split("from './").Skip(1))
            {
                open.Enqueue("/_emulator/dashboard/" + imported.Split('\'')[0]);
            }

            Assert.DoesNotContain("fetch('http", file.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("url(", file.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("innerHTML", file.Text, StringComparison.Ordinal);
        }

        Assert.Equal(8, seen.Count);
        Assert.DoesNotContain(" on", page.Text.Replace(" once", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain(" style=", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neither_the_page_nor_what_it_reads_is_logged_or_disturbed()
    {
        workspace.Host.AddFault(new Fault { Status = 500 });
        foreach (var path in new[] { "/", "/_emulator/dashboard", "/_emulator/dashboard/dashboard.js" })
        {
            Assert.Equal(HttpStatusCode.OK, (await Ask(path, ("Accept", Browser))).Status);
        }

        Assert.Empty(workspace.Host.GetRequests());
    }

    [Theory]
    [InlineData("Origin", "http://localhost:3000")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task Another_page_reads_and_controls_nothing(string header, string value)
    {
        await workspace.Alice.Get("/self");
        string[] reads = ["dashboard", "dashboard/records?connectionId=c&collection=d", "dashboard/dashboard.js", "requests/1", "requests"];
        foreach (var path in reads)
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await Ask("/_emulator/" + path, (header, value))).Status);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await Send(HttpMethod.Delete, "/_emulator/requests", (header, value))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Send(HttpMethod.Delete, "/_emulator/faults/1", (header, value))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Send(HttpMethod.Post, "/_emulator/reset", (header, value))).Status);
        Assert.Single(workspace.Host.GetRequests());
    }

    [Fact]
    public async Task An_emulator_that_is_open_to_others_shows_it_by_no_name_that_a_stranger_can_have()
    {
        using var open = new TestWorkspace(options => options.ListenAddress = IPAddress.Any);
        var port = open.Host.BaseUri.Port;
        async Task<HttpStatusCode> By(string host, string path)
        {
            using var client = new HttpClient { BaseAddress = open.Host.BaseUri };
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Host = $"{host}:{port}";
            request.Headers.TryAddWithoutValidation("Accept", Browser);
            return (await client.SendAsync(request)).StatusCode;
        }

        foreach (var path in new[] { "/", "/_emulator/dashboard", "/_emulator/dashboard/records?connectionId=c&collection=d" })
        {
            foreach (var host in new[] { "192.168.0.7", "[::1]", "localhost", "emulator" })
            {
                Assert.Equal(HttpStatusCode.OK, await By(host, path));
            }

            foreach (var host in new[] { "evil.example", "192.168.0.7.evil.example", "localhost.evil.example" })
            {
                Assert.Equal(HttpStatusCode.Forbidden, await By(host, path));
            }
        }
    }

    [Fact]
    public async Task It_tells_what_is_new_once_and_what_ended_meanwhile()
    {
        var start = await News();
        Assert.Equal(0, start.GetProperty("requests").GetProperty("items").GetArrayLength());
        Assert.True(start.TryGetProperty("workspace", out _));

        workspace.Host.AddFault(new Fault { Path = "/held", DelayMilliseconds = 600_000 });
        var held = workspace.Nobody.Get("/held");
        await workspace.Nobody.Get("/there");
        while (workspace.Host.GetRequests().Count < 2)
        {
            await Task.Yield();
        }

        var first = await News(start);
        Assert.Equal(["/held", "/there"], Items(first).Select(static one => one.GetProperty("path").GetString()).Order());
        var waiting = Items(first).Single(static one => one.GetProperty("path").GetString() == "/held");
        Assert.Equal(JsonValueKind.Null, waiting.GetProperty("milliseconds").ValueKind);
        Assert.False(first.TryGetProperty("workspace", out _));
        Assert.Empty(Items(await News(first)));

        var fault = first.GetProperty("faults")[0].GetProperty("id").GetInt32();
        Assert.Equal(HttpStatusCode.NoContent, (await workspace.Nobody.Delete($"/_emulator/faults/{fault}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await held).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await workspace.Nobody.Delete($"/_emulator/faults/{fault}")).Status);
        var ended = Assert.Single(Items(await News(first)));
        Assert.Equal(waiting.GetProperty("number").GetInt64(), ended.GetProperty("number").GetInt64());
        Assert.Equal(404, ended.GetProperty("status").GetInt32());

        await workspace.Alice.Post("/connections", new { integrationKey = "gmail", name = "Mail" });
        Assert.True((await News(first)).TryGetProperty("workspace", out var changed));
        Assert.Equal("Mail", changed.GetProperty("connections").GetProperty("items")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task What_it_reads_holds_no_secret()
    {
        await workspace.Alice.Post(
            "/connections",
            new
            {
                integrationKey = "weather-station",
                name = "Weather",
                credentials = new { apiKey = "S3CRET-of-Alice" },
            }
        );
        await workspace.Nobody.Get("/connections?token=S3CRET-of-Alice");

        var news = await Ask("/_emulator/dashboard");
        var details = await Ask("/_emulator/requests/1");

        Assert.DoesNotContain("S3CRET", news.Text + details.Text, StringComparison.Ordinal);
        Assert.Contains("token=(redacted)", news.Text, StringComparison.Ordinal);
        Assert.Contains("(redacted)", details["command"], StringComparison.Ordinal);
        Assert.Contains("body.credentials", details.Json.GetProperty("commandNotes")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_is_read_page_by_page()
    {
        var connection = await workspace.Connect("hubspot");
        for (var number = 0; number < 51; number++)
        {
            await workspace.Run("create-contact", connection, new { email = FormattableString.Invariant($"a{number}@example.com") });
        }

        var path = $"/_emulator/dashboard/records?connectionId={connection}&collection=contacts";
        var first = (await Ask(path)).Ok();
        var second = (await Ask(path + "&cursor=" + Uri.EscapeDataString(first["cursor"]))).Ok();

        Assert.Equal(50, first.Items.Count);
        Assert.Equal("a50@example.com", Assert.Single(second.Items).GetProperty("fields").GetProperty("email").GetString());
        Assert.Equal(HttpStatusCode.BadRequest, (await Ask("/_emulator/dashboard/records")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Ask(path + "&cursor=nonsense")).Status);
    }

    [Theory]
    [InlineData("GET", "/connections?limit=5", null, "Get-MembraneConnection")]
    [InlineData("GET", "/connections?search=Ada%27s", null, "Get-MembraneConnection -Search 'Ada''s'")]
    [InlineData("GET", "/connections?search=a&search=b", null, "Invoke-MembraneRequest '/connections?search=a&search=b'")]
    [InlineData("GET", "/connections?cursor=c", null, "Invoke-MembraneRequest '/connections?cursor=c'")]
    [InlineData("GET", "/connections/con_1", null, "Get-MembraneConnection -Connection 'con_1'")]
    [InlineData("GET", "/connections/Team%2A", null, "Invoke-MembraneRequest '/connections/Team%2A'")]
    [InlineData("DELETE", "/connections/con_1", null, "Invoke-MembraneRequest '/connections/con_1' -Method DELETE")]
    [InlineData(
        "POST",
        "/actions/post-message/run?connectionId=con_1",
        """{"input":{"text":"it's ‘so’","n":1.50}}""",
        "Invoke-MembraneAction -Action 'post-message' -Connection 'con_1' "
            + """-InputJson '{"text":"it''s ‘‘so’’","n":1.50}' -SkipInputCheck"""
    )]
    [InlineData("POST", "/agent/sessions", """{"prompt":"a\nb"}""", "New-MembraneAgentSession -Prompt ('' + 'a' + [char]0x000A + 'b')")]
    [InlineData(
        "POST",
        "/agent/sessions",
        """{"prompt":"a","modelId":"m"}""",
        """Invoke-MembraneRequest '/agent/sessions' -Method POST -Body '{"prompt":"a","modelId":"m"}'"""
    )]
    [InlineData(
        "POST",
        "/nothing",
        "{\r\n  \"a b\": \"c\\\"\u202E ü\",\t\"d\" : [1, 2.0]\n}",
        "Invoke-MembraneRequest '/nothing' -Method POST -Body '{\"a b\":\"c\\\"\\u202e ü\",\"d\":[1,2.0]}'"
    )]
    [InlineData(
        "POST",
        "/nothing",
        "'@\n$(calc)",
        "Invoke-MembraneRequest '/nothing' -Method POST "
            + "-Body ([System.Text.Encoding]::UTF8.GetBytes(('' + '''@' + [char]0x000A + '$(calc)'))) "
            + "-ContentType 'application/json; charset=utf-8'"
    )]
    [InlineData("PURGE", "/nothing", null, null)]
    public async Task A_request_is_written_as_a_command(string method, string path, string? body, string? expected)
    {
        await workspace.Nobody.Send(new HttpMethod(method), path, body);

        var shown = (await Ask("/_emulator/requests/1")).Json;

        Assert.Equal(expected, shown.GetProperty("command").GetString());
        Assert.Equal(expected is null ? 1 : 0, shown.GetProperty("commandNotes").GetArrayLength());
    }

    [Fact]
    public void Commands_are_for_operations_that_there_are()
    {
        using var stream = typeof(EmulatorHost).Assembly.GetManifestResourceStream("commands.txt")!;
        using var reader = new System.IO.StreamReader(stream);
        string[] lines = [.. reader.ReadToEnd().Split('\n').Where(static line => line.Length > 0 && line[0] != '#')];
        var known = OperationTable.Default.Operations.Select(static operation => operation.Id).ToHashSet();

        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Contains(line.Split(": ")[0], known));
    }

    [Fact]
    public async Task A_body_that_the_log_does_not_have_is_named_and_not_made_up()
    {
        using var bytes = new HttpRequestMessage(HttpMethod.Post, "/nothing") { Content = new ByteArrayContent([0xff, 0x00, 0x41]) };
        bytes.Content.Headers.TryAddWithoutValidation("Content-Type", "application/zip");
        await workspace.Nobody.Send(bytes);
        await workspace.Nobody.Post("/nothing", new { text = new string('x', 5_000_000) });

        foreach (
            var (number, command, note) in new[]
            {
                (1, "-Body $body -ContentType 'application/zip'", "not text"),
                (2, "-Body $body", "the first 16,384 of the 5,000,011 bytes"),
            }
        )
        {
            var shown = (await Ask("/_emulator/requests/" + number.ToString(CultureInfo.InvariantCulture))).Json;
            Assert.Equal("Invoke-MembraneRequest '/nothing' -Method POST " + command, shown.GetProperty("command").GetString());
            Assert.Contains(note, Assert.Single(shown.GetProperty("commandNotes").EnumerateArray()).GetString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("2")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    [InlineData("1/2")]
    [InlineData("")]
    public async Task A_request_that_is_not_in_the_log_is_not_found(string number)
    {
        await workspace.Nobody.Get("/there");
        Assert.Equal(HttpStatusCode.NotFound, (await Ask("/_emulator/requests/" + number)).Status);
    }

    private static IEnumerable<string> Addresses(string html) =>
        new[] { "href=\"", "src=\"" }
            .SelectMany(mark => html.Split(mark).Skip(1))
            .Select(static rest => rest.Split('"')[0])
            .Where(static one => one[0] != '#');

    private static string? Header(Answer answer, string name) =>
        answer.Response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    private static JsonElement[] Items(JsonElement news) => [.. news.GetProperty("requests").GetProperty("items").EnumerateArray()];

    private async Task<JsonElement> News(JsonElement? known = null)
    {
        var query = known is { } last
            ? "?instance="
                + last.GetProperty("instance").GetString()
                + "&after="
                + last.GetProperty("requests").GetProperty("revision").GetInt64().ToString(CultureInfo.InvariantCulture)
                + "&version="
                + (last.TryGetProperty("version", out var version) ? version.GetString() : seenVersion)
            : "";
        var news = (await Ask("/_emulator/dashboard" + query)).Ok().Json;
        seenVersion = news.TryGetProperty("version", out var now) ? now.GetString() : seenVersion;
        return news;
    }

    private string? seenVersion;

    private Task<Answer> Ask(string path, params (string Name, string? Value)[] headers) => Send(HttpMethod.Get, path, headers);

    private Task<Answer> Send(HttpMethod method, string path, params (string Name, string? Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers.Where(static header => header.Value is not null))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return workspace.Nobody.Send(request);
    }
}
