using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Emulator.Streams;
using Membrane.Emulator.Tests.Support;
using Xunit;

namespace Membrane.Emulator.Tests;

/// <summary>Streams of events, as EventSource reads them.</summary>
public sealed class EventStreamTests : IDisposable
{
    private static readonly string Alice = Token.Tenant("alice");
    private static readonly string Bob = Token.Tenant("bob");

    private readonly TestWorkspace workspace = new(static options => options.StreamKeepAlive = TimeSpan.FromMilliseconds(50));

    public void Dispose() => workspace.Dispose();

    [Theory]
    [InlineData("allow", "newConnectionCreated")]
    [InlineData("refuse", "newConnectionFailure")]
    [InlineData("fail-setup", "newConnectionFailure")]
    [InlineData("cancel", "newConnectionFailure")]
    public async Task An_attempt_that_is_made_later_is_told_of_to_its_own_tenant_alone(string decision, string type)
    {
        using var own = await EventReader.Open(workspace, $"/sse/connection-events/r-1?token={Alice}");
        using var foreign = await EventReader.Open(workspace, $"/sse/connection-events/r-1?token={Bob}");
        using var other = await EventReader.Open(workspace, $"/sse/connection-events/r-2?token={Alice}");
        using var manager = await EventReader.Open(workspace, $"/sse/connection-events/r-1?token={Token.Manager()}");

        await Connect("r-1", decision);

        var message = await own.Next();
        Assert.Equal("integration.app", message.GetProperty("source").GetString());
        Assert.Equal("r-1", message.GetProperty("requestId").GetString());
        Assert.Equal(type, message.GetProperty("type").GetString());
        if (decision == "allow")
        {
            Assert.Equal("READY", message.GetProperty("connection").GetProperty("state").GetString());
            Assert.False(message.GetProperty("connection").TryGetProperty("credentials", out _));
        }
        else
        {
            Assert.NotEqual("", message.GetProperty("error").GetString());
        }

        Assert.Equal(message.GetRawText(), (await manager.Next()).GetRawText());

        // What comes next on the others is what they wait for: nothing came before.
        await Connect("r-2", "allow");
        Assert.Equal("r-2", (await other.Next()).GetProperty("requestId").GetString());
        Assert.Empty(await foreign.Rest(comments: 3));
        Assert.Empty(await own.Rest(comments: 3));
    }

    [Fact]
    public async Task An_outcome_that_was_there_before_is_told_at_once()
    {
        await Connect("r-1", "allow");
        var asked = (await workspace.Alice.Post("/connection-requests", new { integrationKey = "slack" })).Ok();
        using var waiting = await EventReader.Open(workspace, $"/sse/connection-events/{asked["requestId"]}?token={Alice}");
        await workspace.Nobody.Submit(asked["url"], ("decision", "refuse"));
        using var late = await EventReader.Open(workspace, $"/sse/connection-events/r-1?token={Alice}");

        Assert.Equal("newConnectionCreated", (await late.Next()).GetProperty("type").GetString());
        Assert.Equal(asked["requestId"], (await waiting.Next()).GetProperty("requestId").GetString());
    }

    [Fact]
    public async Task The_workspace_tells_a_tenant_of_what_it_sees_and_no_one_else()
    {
        using var alice = await EventReader.Open(workspace, $"/sse/workspace?token={Alice}");
        using var bob = await EventReader.Open(workspace, $"/sse/workspace?token={Bob}");
        using var manager = await EventReader.Open(workspace, $"/sse/workspace?token={Token.Manager()}");
        foreach (var reader in new[] { alice, bob, manager })
        {
            var first = await reader.Next();
            Assert.Equal("connected", first.GetProperty("type").GetString());
            Assert.False(string.IsNullOrEmpty(first.GetProperty("message").GetString()));
        }

        var connection = await workspace.Connect("slack");
        var run = (
            await workspace.Alice.Post(
                $"/actions/post-message/run?connectionId={connection}",
                new { input = new { channel = "c", text = "t" } }
            )
        ).Ok();
        (await workspace.Alice.Patch("/connections/" + connection, new { name = "Other" })).Ok();
        (await workspace.Alice.Delete("/connections/" + connection)).Ok();
        var customer = (await workspace.Manager.Post("/customers", new { name = "C", internalId = "c" })).Ok()["id"];
        var mapping = (await workspace.Manager.Post("/field-mappings", new { name = "M" })).Ok()["id"];

        var own = await alice.Until(mapping);
        Assert.All(own, static one => Assert.Equal("element-update", one.GetProperty("type").GetString()));
        Assert.Contains(("connection", connection), own.Select(About));
        Assert.Contains(("field-mapping", mapping), own.Select(About));
        Assert.Contains("action-run-log-record", own.Select(static one => About(one).Type));
        Assert.DoesNotContain(customer, own.Select(static one => About(one).Id));
        Assert.Equal([("field-mapping", mapping)], (await bob.Until(mapping)).Select(About));
        Assert.Contains(("customer", customer), (await manager.Until(mapping)).Select(About));
    }

    [Theory]
    [InlineData("", "There is no token")]
    [InlineData("?token=", "There is no token")]
    [InlineData("?token=a.b.c", "token")]
    [InlineData("?token=EXPIRED", "expired")]
    [InlineData("?token=OTHER", "token")]
    public async Task A_stream_with_a_bad_token_is_refused_so_that_a_page_can_read_why(string query, string why)
    {
        var expired = Token.Sign(
            new JsonObject
            {
                ["iss"] = EmulatorOptions.DefaultWorkspaceKey,
                ["id"] = "alice",
                ["exp"] = Token.InSeconds(-5),
            }
        );
        var other = Token.Tenant("alice", workspace: "another", secret: new string('s', 64));
        query = query.Replace("EXPIRED", expired, StringComparison.Ordinal).Replace("OTHER", other, StringComparison.Ordinal);
        foreach (var path in new[] { "/sse/workspace", "/sse/connection-events/x" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path + query);
            request.Headers.Add("Origin", "http://localhost:5173");

            // A token in a header is not what EventSource sends, and opens nothing.
            var answer = await workspace.Alice.Send(request);

            Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
            Assert.Contains(why, answer.Message, StringComparison.Ordinal);
            Assert.Equal("http://localhost:5173", Assert.Single(answer.Response.Headers.GetValues("Access-Control-Allow-Origin")));
        }

        Assert.DoesNotContain(expired, JsonSerializer.Serialize(workspace.Host.GetRequests()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_is_for_pages_and_says_so_in_its_headers()
    {
        using var reader = await EventReader.Open(workspace, $"/sse/workspace?token={Alice}&hash=3", "http://localhost:5173");

        Assert.Equal("text/event-stream", reader.Headers["Content-Type"]);
        Assert.Equal("http://localhost:5173", reader.Headers["Access-Control-Allow-Origin"]);
        Assert.Equal("no-store", reader.Headers["Cache-Control"]);
        var logged = workspace.Host.GetRequests().Single();
        Assert.Equal(("streamWorkspaceEvents", 200), (logged.OperationId, logged.Status));
        Assert.Equal(["query.hash"], logged.Ignored);
        Assert.DoesNotContain(Alice, logged.Query, StringComparison.Ordinal);
        using var head = new HttpRequestMessage(HttpMethod.Head, $"/sse/workspace?token={Alice}");
        Assert.Equal(HttpStatusCode.OK, (await workspace.Nobody.Send(head)).Status);
        using var post = new HttpRequestMessage(HttpMethod.Post, $"/sse/workspace?token={Alice}");
        Assert.Equal(HttpStatusCode.NotFound, (await workspace.Nobody.Send(post)).Status);
    }

    [Fact]
    public async Task A_stream_ends_with_the_token_the_reset_and_the_emulator()
    {
        var expires = Token.Sign(
            new JsonObject
            {
                ["iss"] = EmulatorOptions.DefaultWorkspaceKey,
                ["id"] = "alice",
                ["exp"] = Token.InSeconds(600),
            }
        );
        using var expiring = await EventReader.Open(workspace, $"/sse/workspace?token={expires}");
        using var going = await EventReader.Open(workspace, $"/sse/connection-events/x?token={Alice}");
        workspace.Host.AdvanceClock(TimeSpan.FromSeconds(1200));
        await expiring.End();
        workspace.Host.Reset();
        await going.End();
        using var last = await EventReader.Open(workspace, $"/sse/workspace?token={Alice}");
        workspace.Host.Stop();
        await last.End();
    }

    [Fact]
    public async Task Three_hundred_streams_take_no_thread_each_and_one_of_them_works()
    {
        var before = System.Diagnostics.Process.GetCurrentProcess().Threads.Count;
        var streams = await Task.WhenAll(
            Enumerable.Range(0, 300).Select(number => EventReader.Open(workspace, $"/sse/connection-events/r-{number}?token={Alice}"))
        );
        var after = System.Diagnostics.Process.GetCurrentProcess().Threads.Count;

        await Connect("r-123", "allow");

        Assert.Equal("r-123", (await streams[123].Next()).GetProperty("requestId").GetString());
        Assert.InRange(after - before, -300, 100);
        Assert.Empty(await streams[124].Rest(comments: 2));
        foreach (var stream in streams)
        {
            stream.Dispose();
        }

        (await workspace.Alice.Get("/self")).Ok();
    }

    [Fact]
    public async Task A_client_that_never_reads_loses_its_stream()
    {
        var queue = new EventQueue();
        for (var number = 0; number <= EventQueue.Limit; number++)
        {
            queue.Add(new ElementEvent("connection", "same"));
        }

        Assert.Equal("same", (await queue.Next(TimeSpan.Zero, default))!.Id);
        Assert.Null(await queue.Next(TimeSpan.Zero, default));
        for (var number = 0; number <= EventQueue.Limit; number++)
        {
            Assert.False(queue.IsOver);
            queue.Add(new ElementEvent("connection", $"{number}"));
        }

        Assert.True(queue.IsOver);
        Assert.Null(await queue.Next(TimeSpan.FromMinutes(5), default));
    }

    [Fact]
    public async Task The_end_waits_for_no_client_that_never_reads()
    {
        using var deaf = new TcpClient { ReceiveBufferSize = 1024 };
        await deaf.ConnectAsync("127.0.0.1", workspace.Host.BaseUri.Port);
        await deaf.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET /sse/workspace?token={Alice} HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        (await workspace.Alice.Get("/self")).Ok();

        workspace.Host.Stop();

        Assert.False(workspace.Host.IsRunning);
        Assert.Empty(workspace.Reports);
    }

    private static (string Type, string Id) About(JsonElement one) =>
        (one.GetProperty("elementType").GetString()!, one.GetProperty("elementId").GetString()!);

    private async Task Connect(string requestId, string decision)
    {
        var payload = JsonSerializer.Serialize(
            new
            {
                token = Alice,
                integrationKey = "slack",
                requestId,
                allowMultipleConnections = true,
            }
        );
        var page = await workspace.Nobody.Submit("/connect", ("payload", payload));
        await workspace.Nobody.Submit(page.Response.Headers.Location!.OriginalString, ("decision", decision));
    }

    /// <summary>Reads a stream of events; every wait ends after half a minute.</summary>
    private sealed class EventReader : IDisposable
    {
        private readonly HttpClient client;
        private readonly StreamReader reader;

        private EventReader(HttpClient client, HttpResponseMessage response, Stream stream)
        {
            this.client = client;
            reader = new StreamReader(stream);
            Headers = response
                .Headers.Concat(response.Content.Headers)
                .ToDictionary(static one => one.Key, static one => string.Join(", ", one.Value), StringComparer.OrdinalIgnoreCase);
        }

        public Dictionary<string, string> Headers { get; }

        public static async Task<EventReader> Open(TestWorkspace workspace, string path, string? origin = null)
        {
            var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(workspace.Host.BaseUri, path));
            if (origin is not null)
            {
                request.Headers.Add("Origin", origin);
            }

            var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            return new EventReader(client, response, await response.Content.ReadAsStreamAsync());
        }

        /// <summary>Reads the next event.</summary>
        public async Task<JsonElement> Next() =>
            await NextOrComment(int.MaxValue) ?? throw new InvalidOperationException("The stream has ended.");

        /// <summary>Reads the events that come before some comments, each of which says that there is nothing else.</summary>
        public async Task<IReadOnlyList<JsonElement>> Rest(int comments)
        {
            var found = new List<JsonElement>();
            for (var number = 0; number < comments; number++)
            {
                if (await NextOrComment(1) is { } one)
                {
                    found.Add(one);
                }
            }

            return found;
        }

        /// <summary>Reads events until one is about an element.</summary>
        public async Task<IReadOnlyList<JsonElement>> Until(string id)
        {
            var found = new List<JsonElement>();
            do
            {
                found.Add(await Next());
            } while (found[^1].GetProperty("elementId").GetString() != id);

            return found;
        }

        /// <summary>Waits for the end, which is a proper one.</summary>
        public async Task End()
        {
            while (await Line() is { } line)
            {
                Assert.DoesNotContain("element-update", line, StringComparison.Ordinal);
            }
        }

        public void Dispose()
        {
            reader.Dispose();
            client.Dispose();
        }

        private async Task<JsonElement?> NextOrComment(int comments)
        {
            for (var seen = 0; await Line() is { } line; )
            {
                if (line.StartsWith("data: ", StringComparison.Ordinal))
                {
                    Assert.Equal("", await Line());
                    return JsonDocument.Parse(line[6..]).RootElement;
                }

                Assert.True(line.Length == 0 || line[0] == ':', line);
                if (line.Length > 0 && ++seen == comments)
                {
                    return null;
                }
            }

            return null;
        }

        private async Task<string?> Line()
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            return await reader.ReadLineAsync(patience.Token);
        }
    }
}
