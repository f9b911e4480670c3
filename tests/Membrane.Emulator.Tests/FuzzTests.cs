using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace Membrane.Emulator.Tests;

/// <summary>Requests that nobody in his right mind would send.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Requests = 10_000;
    private const int Seed = 20261121;

    private static readonly string[] OddTexts =
    {
        "",
        " ",
        "null",
        "../../etc/passwd",
        "..%2f..%2fetc%2fpasswd",
        "%",
        "%zz",
        "%00",
        "%ff%fe",
        "é",
        "日本語",
        "\uFEFF",
        "a\u0301",
        "🙂",
        "'; DROP TABLE x;--",
        "<script>",
        "{{7*7}}",
        "-1",
        "0",
        "1e999",
        "9999999999999999999999",
        "NaN",
        "true",
        "[]",
        "__proto__",
        "constructor",
        "con_x",
        "a b",
        "a+b",
        "&",
        "=",
        "#",
        "?",
        new string('a', 201),
        new string('9', 400),
    };

    [Fact]
    public async Task Mutated_requests_never_bring_an_internal_error_a_hang_or_a_crash()
    {
        using var workspace = new TestWorkspace(options => options.AgentWorkMilliseconds = 0);
        var connection = await workspace.Connect("hubspot");
        Caller[] callers = { workspace.Alice, workspace.Alice, workspace.Alice, workspace.Manager, workspace.Manager, workspace.Bob };
        await workspace.Manager.Post(
            "/flows",
            """{"key":"welcome","nodes":{"start":{"type":"api-trigger","links":[{"key":"x"}]},"x":{"type":"run-action","config":{"actionKey":"create-contact"}}}}"""
        );
        await workspace.Manager.Post("/field-mappings", """{"key":"mapping","importValue":{"a":{"$var":"$.input"}}}""");
        await workspace.Manager.Post("/connections", "{}");
        var built = await Built(workspace);
        var operations = OperationTable.Default.Operations.ToArray();
        var random = new Random(Seed);
        var statuses = new SortedDictionary<int, int>();
        for (var number = 0; number < Requests; number++)
        {
            var operation = random.Next(20) == 0 ? operations[random.Next(operations.Length)] : built[random.Next(built.Length)];
            using var request = Mutate(workspace.Host.BaseUri, operation, random, connection);
            var shown =
                $"#{number} {request.Method} {request.RequestUri} "
                + $"{(request.Content is null ? "" : await request.Content.ReadAsStringAsync())}";

            var caller = operation.ManagerOnly && random.Next(10) > 0 ? workspace.Manager : callers[random.Next(callers.Length)];
            var answer = await caller.Send(request);

            var status = (int)answer.Status;
            statuses[status] = statuses.GetValueOrDefault(status) + 1;
            Assert.True(status is < 500 or 501, $"{shown[..Math.Min(shown.Length, 2000)]}\n{status}: {answer.Text}");
        }

        output.WriteLine(string.Join(", ", statuses.Select(pair => $"{pair.Key}: {pair.Value}")));
        Assert.True(statuses[200] > Requests / 10, "So few requests succeed that the mutations test little.");
        (await workspace.Alice.Get("/self")).Ok();
        if (workspace.Reports.Any())
        {
            Assert.Fail(string.Join("\n", workspace.Reports));
        }
    }

    [Fact]
    public async Task Bodies_beyond_ten_megabytes_are_refused()
    {
        using var workspace = new TestWorkspace();
        var fits = "{\"prompt\":\"" + new string('x', (10 * 1024 * 1024) - 20) + "\"}";
        var tooLarge = "{\"prompt\":\"" + new string('x', 10 * 1024 * 1024) + "\"}";

        Assert.Equal(200, (int)(await workspace.Alice.Post("/agent/sessions", fits)).Status);
        foreach (var body in new[] { tooLarge, "{\"prompt\":\"" + new string('x', 40 * 1024 * 1024) + "\"}" })
        {
            var refused = await workspace.Alice.Post("/agent/sessions", body);
            Assert.Equal(413, (int)refused.Status);
            Assert.Contains("10 MB", refused.Text, StringComparison.Ordinal);
        }

        Assert.Equal(200, (int)(await workspace.Alice.Get("/self")).Status);
    }

    [Fact]
    public async Task Broken_HTTP_does_no_harm()
    {
        using var workspace = new TestWorkspace();
        string[] attempts =
        {
            "\r\n\r\n",
            "GET\r\n\r\n",
            "GET / HTTP/9.9\r\n\r\n",
            "GET /connections HTTP/1.1\r\n\r\n",
            "GET /%%% HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
            "GET /../../../etc/passwd HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
            "POST /act HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
            "POST /act HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n{}",
            "POST /act HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "GET http://127.0.0.1/self HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
            "GET /self HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + new string('a', 5000) + "\r\n\r\n",
        };
        foreach (var attempt in attempts)
        {
            using var client = new TcpClient("127.0.0.1", workspace.Host.BaseUri.Port);
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(attempt));
            client.Client.Shutdown(SocketShutdown.Send);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            var answer = "";
            try
            {
                answer = await new StreamReader(stream).ReadToEndAsync(patience.Token);
            }
            catch (IOException)
            {
                // A reset is an answer too.
            }

            Assert.DoesNotContain("HTTP/1.1 500", answer, StringComparison.Ordinal);
        }

        Assert.Equal(200, (int)(await workspace.Alice.Get("/self")).Status);
    }

    private static HttpRequestMessage Mutate(Uri baseUri, Operation operation, Random random, string connection)
    {
        var path = string.Join(
            "/",
            operation.Path.Split('/').Select(part => part.StartsWith('{') ? Segment(operation, random, connection, part) : part)
        );
        if (random.Next(30) == 0)
        {
            path = path.Replace("/", Pick(random, "//", "/./", "/%2e%2e/"), StringComparison.Ordinal);
        }

        var query = new List<string>();
        foreach (var name in operation.Query.Keys)
        {
            // No long waits: they are no mutation, only slow.
            if (random.Next(12) == 0 && name is not ("wait" or "timeout"))
            {
                query.Add(
                    name
                        + "="
                        + Escape(
                            random,
                            random.Next(3) switch
                            {
                                0 => Odd(random),
                                1 => connection,
                                _ => Pick(random, "1", "5", "slack", "true", "universal", "connection"),
                            }
                        )
                );
            }
        }

        if (random.Next(30) == 0)
        {
            query.Add(Escape(random, Odd(random)) + "=" + Escape(random, Odd(random)));
        }

        var address = path + (query.Count > 0 ? "?" + string.Join("&", query) : "");
        var request = new HttpRequestMessage(
            new HttpMethod(random.Next(40) == 0 ? Pick(random, "PATCH", "HEAD", "DELETE", "POST") : operation.Method),
            new Uri(
                baseUri.GetLeftPart(UriPartial.Authority) + address,
                new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }
            )
        );
        if (operation.Method != "GET" || random.Next(10) == 0)
        {
            var body = Body(operation, random, connection);
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", random.Next(20) == 0 ? "text/plain" : "application/json");
        }

        return request;
    }

    private static string Segment(Operation operation, Random random, string connection, string part)
    {
        if (random.Next(10) == 0)
        {
            return Escape(random, Odd(random));
        }

        if (operation.Path.StartsWith("/connections", StringComparison.Ordinal) && part is "{id}" or "{elementSelector}")
        {
            return connection;
        }

        return part switch
        {
            "{dataCollectionKey}" => "contacts",
            "{nodeKey}" => "start",
            "{path*}" => Pick(random, "contacts", "v1/contacts/1", "x"),
            _ => operation.Path.Split('/')[1] switch
            {
                "actions" => Pick(random, "create-contact", "list-contacts", "get-contact", "update-contact", "list-issues"),
                "flows" => "welcome",
                "field-mappings" => "mapping",
                _ => Pick(random, "hubspot", "slack", "create-contact", "list-contacts", "welcome", connection),
            },
        };
    }

    private static async Task<Operation[]> Built(TestWorkspace workspace)
    {
        var built = new List<Operation>();
        foreach (var operation in OperationTable.Default.Operations)
        {
            // Archiving the one connection would end the game; a changed secret or clock would too.
            if (
                operation.Id
                is "archiveConnection"
                    or "disconnectConnection"
                    or "reconnectConnection"
                    or "rotateOrgWorkspaceSecret"
                    or "updateOrgWorkspace"
                    or "patchWorkspace"
            )
            {
                continue;
            }

            var path = string.Join("/", operation.Path.Split('/').Select(part => part.StartsWith('{') ? "x" : part));
            if ((int)(await workspace.Manager.Send(new HttpMethod(operation.Method), path)).Status != 501)
            {
                built.Add(operation);
            }
        }

        return built.ToArray();
    }

    private static byte[] Body(Operation operation, Random random, string connection)
    {
        switch (random.Next(16))
        {
            case 0:
                return Array.Empty<byte>();
            case 1:
                var noise = new byte[random.Next(200)];
                random.NextBytes(noise);
                return noise;
            case 2:
                var depth = random.Next(1, 3000);
                return Encoding.UTF8.GetBytes(
                    string.Concat(Enumerable.Repeat("{\"a\":[", depth)) + string.Concat(Enumerable.Repeat("]}", depth))
                );
            case 3:
                return Encoding.UTF8.GetBytes("{\"name\":\"\\ud800\",\"name\":1,\"x\":\"\\udc00\"}");
            default:
                var json =
                    "{"
                    + string.Join(
                        ",",
                        Members(operation)
                            .Where(_ => random.Next(3) > 0)
                            .Select(name =>
                                $"\"{name}\":{(random.Next(6) == 0 ? Value(random, connection, 0) : Usual(random, name, connection))}"
                            )
                    )
                    + "}";
                var bytes = Encoding.UTF8.GetBytes(json);
                if (random.Next(12) == 0 && bytes.Length > 0)
                {
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                }

                return bytes;
        }
    }

    private static string[] Members(Operation operation) =>
        (operation.RequestSchema ?? "") switch
        {
            "" => operation.RawBody ? new[] { "email", "id" } : Array.Empty<string>(),
            "RunActionRequest" => new[] { "input", "meta" },
            "ActRequest" => new[] { "id", "key", "api", "connectionId", "input" },
            "CreateAgentSession" => new[] { "prompt", "agentName" },
            "AgentSessionInputSchema" => new[] { "input" },
            "EnsureConnectionRequest" => new[] { "appUrl", "name" },
            "UpdateOrgWorkspace" => new[] { "publicKeys", "jwksUri" },
            { } name when name.StartsWith("DataCollection", StringComparison.Ordinal) => new[]
            {
                "id",
                "fields",
                "query",
                "filter",
                "cursor",
            },
            { } name when name.Contains("Flow", StringComparison.Ordinal) => new[]
            {
                "name",
                "key",
                "nodes",
                "input",
                "nodeKey",
                "connectionId",
                "parametersSchema",
            },
            _ => new[]
            {
                "name",
                "key",
                "connectionId",
                "integrationKey",
                "input",
                "intent",
                "meta",
                "inputSchema",
                "parentId",
                "fields",
                "connectorId",
                "credentials",
                "uuid",
                "config",
            },
        };

    /// <summary>What the member usually holds.</summary>
    private static string Usual(Random random, string name, string connection) =>
        name switch
        {
            "input" or "fields" or "meta" or "config" or "query" or "filter" => Pick(
                random,
                """{"email":"a@b.c"}""",
                """{"id":"x","email":"a@b.c"}""",
                "{}",
                Value(random, connection, 1)
            ),
            "connectionId" => $"\"{connection}\"",
            "nodes" => """{"start":{"type":"api-trigger"}}""",
            "inputSchema" or "parametersSchema" => """{"type":"object","properties":{"a":{"type":"string"}}}""",
            "api" => """{"method":"GET","path":"/contacts"}""",
            "integrationKey" => "\"hubspot\"",
            "credentials" => """{"apiKey":"k"}""",
            "appUrl" => "\"https://slack.com\"",
            "prompt" => Pick(
                random,
                "\"Build a connector for X (https://x.example)\"",
                $"\"Create an action to list things for connection {connection}\"",
                $"\"Create a flow to list contacts then create contact for connection {connection}\""
            ),
            "agentName" => "\"membrane\"",
            "cursor" => "\"0\"",
            "id" => "\"create-contact\"",
            "parentId" or "connectorId" => "\"slack\"",
            _ => System.Text.Json.JsonSerializer.Serialize(Pick(random, "Some Name", "contact", Odd(random))),
        };

    private static string Value(Random random, string connection, int depth) =>
        random.Next(depth > 3 ? 7 : 10) switch
        {
            0 => "null",
            1 => Pick(random, "0", "-1", "1e308", "1e999", "123456789012345678901234567890", "0.1"),
            2 => Pick(random, "true", "false"),
            3 => $"\"{connection}\"",
            4 => Pick(
                random,
                "\"hubspot\"",
                "\"create-contact\"",
                "\"Build a connector for X (https://x.example)\"",
                $"\"Create an action to list things for connection {connection}\""
            ),
            5 or 6 => System.Text.Json.JsonSerializer.Serialize(Odd(random)),
            7 => "[" + string.Join(",", Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, connection, depth + 1))) + "]",
            _ => "{"
                + string.Join(
                    ",",
                    Enumerable
                        .Range(0, random.Next(4))
                        .Select(_ =>
                            $"\"{Pick(random, "type", "properties", "id", "email", "a", "links", "config", "$var", "required", "$ref", "items", "method", "path")}\":{Value(random, connection, depth + 1)}"
                        )
                )
                + "}",
        };

    private static string Odd(Random random) => OddTexts[random.Next(OddTexts.Length)];

    private static string Escape(Random random, string text) =>
        random.Next(6) == 0 && text.All(character => character is > ' ' and < '\u007f' and not '#' and not '?')
            ? text
            : Uri.EscapeDataString(text);

    private static string Pick(Random random, params string[] choices) => choices[random.Next(choices.Length)];
}
