using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Emulator.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace Membrane.Emulator.Tests;

/// <summary>JavaScript in the workspace: what it can do, what it is told of its faults, and what it cannot do to others.</summary>
public sealed class CodeTests(CodeTests.Fixture fixture, ITestOutputHelper output) : IClassFixture<CodeTests.Fixture>
{
    private TestWorkspace Workspace => fixture.Workspace;

    [Theory]
    [InlineData("export default async ({ input }) => input", """{"a":1}""")]
    [InlineData("export default async function ({ input }) { return input.a + 1 }", "2")]
    [InlineData("export default function main({ input }) { return [input.a] }", "[1]")]
    [InlineData("const main = ({ input }) => input.a; export { main as default }", "1")]
    [InlineData("module.exports = ({ input }) => input.a", "1")]
    [InlineData("exports.default = async () => 'text'", "\"text\"")]
    [InlineData("export default () => undefined", "null")]
    [InlineData("export default async () => { await new Promise((go) => setTimeout(go, 5)); return 'later' }", "\"later\"")]
    [InlineData("export default async () => (await Promise.all([1, Promise.resolve(2)])).concat(await 3)", "[1,2,3]")]
    [InlineData("const wait = await Promise.resolve(4); export default () => wait", "4")]
    [InlineData(
        "export default () => new Promise((go) => { const id = setTimeout(() => go('no'), 1); clearTimeout(id); setTimeout(() => go('yes'), 2) })",
        "\"yes\""
    )]
    [InlineData(
        "export default () => ({ when: new Date(0), not: NaN, none: undefined })",
        """{"when":"1970-01-01T00:00:00.000Z","not":null}"""
    )]
    public async Task Code_is_a_module_whose_function_is_called_with_the_input(string code, string expected) =>
        Assert.Equal(expected, (await Act(code, new { a = 1 })).Ok().Json.GetProperty("output").GetRawText());

    [Theory]
    [InlineData("\n\nexport default () => {\n  throw new TypeError('boom')\n}", "TypeError: boom", 4)]
    [InlineData("const help = (o) => o.x.y\n\nexport default async () => help({})", "TypeError:", 1)]
    [InlineData("export default async () => {\n  await null;\n  missing();\n}", "ReferenceError: missing is not defined", 3)]
    [InlineData("export default async (\n => 1", "SyntaxError:", 2)]
    [InlineData("throw new RangeError('at once')", "RangeError: at once", 1)]
    [InlineData("export default () => { throw 'text' }", "Error: text", 0)]
    [InlineData("export default () => { throw null }", "Error: null", 0)]
    [InlineData("export default () => Promise.reject({ message: 'an object' })", "Error: an object", 0)]
    [InlineData("export default () => { throw { get message() { throw 1 } } }", "Error: The code threw something that cannot be shown.", 0)]
    [InlineData("export default () => 1n", "TypeError: The code returned a value that is not JSON", 0)]
    [InlineData("export default () => () => 1", "TypeError: The code returned a function", 0)]
    [InlineData("export default () => Symbol('x')", "TypeError: The code returned a symbol", 0)]
    [InlineData("export default () => { const a = {}; a.a = a; return a }", "TypeError: The code returned a value that is not JSON", 0)]
    [InlineData(
        "export default () => ({ toJSON() { throw new Error('no') } })",
        "TypeError: The code returned a value that is not JSON: no",
        1
    )]
    [InlineData("export default () => '\\ud800'", "Error: The code returned JSON that is not taken", 0)]
    [InlineData(
        "export default () => { let a = 1; for (let i = 0; i < 99; i++) a = [a]; return a }",
        "Error: The code returned JSON that is not taken",
        0
    )]
    [InlineData("export default () => new Promise(() => {})", "Error: The code never ends", 0)]
    [InlineData("const x = 1", "TypeError: The code exports no function", 0)]
    [InlineData("export default { run() {} }", "TypeError: The code exports no function", 0)]
    [InlineData("import fs from 'fs'; export default () => 1", "Error: Cannot import 'fs'", 0)]
    [InlineData("export default () => import('./code.js/../../secret')", "Error: Cannot import './code.js/../../secret'", 0)]
    [InlineData(
        "export default () => { const f = () => f(); return f() }",
        "RangeError: The code was ended: its calls are nested deeper",
        0
    )]
    [InlineData(
        "export default () => /^(a+)+$/.test('a'.repeat(40) + '!')",
        "Error: The code was ended: a regular expression took longer",
        0
    )]
    [InlineData("export default () => new Uint8Array(1.9e9).length", "RangeError: The code was ended: it needs more memory", 0)]
    [InlineData("export default () => new Array(4e9).fill(0)", "RangeError: The code was ended: it made an array", 0)]
    public async Task What_code_does_wrong_is_told_with_its_place(string code, string message, int line)
    {
        var answer = await Act(code);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("custom_code", answer["type"]);
        Assert.StartsWith(message, answer.Message, StringComparison.Ordinal);
        var facts = answer.Json.GetProperty("data");
        Assert.Equal(line, facts.TryGetProperty("lineNumber", out var number) ? number.GetInt32() : 0);
        Assert.DoesNotContain("membrane.js", answer.Text, StringComparison.Ordinal);
        var log = (await Workspace.Alice.Get("/action-run-logs/" + facts.GetProperty("actionRunId").GetString())).Ok();
        Assert.Equal("error", log["status"]);
        Assert.StartsWith(message, log.Json.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stack_names_the_functions_of_the_code_and_nothing_else()
    {
        var answer = await Act(
            "const inner = () => { throw new Error('deep') }\nexport default function outer() {\n  const result = inner()\n  return result\n}"
        );

        var stack = answer["stack"].Split('\n');
        Assert.Equal("Error: deep", stack[0]);
        Assert.Contains("inner", stack[1], StringComparison.Ordinal);
        Assert.Contains("code.js:1:", stack[1], StringComparison.Ordinal);
        Assert.Contains("outer", stack[2], StringComparison.Ordinal);
        Assert.Equal(3, stack.Length);
    }

    [Fact]
    public async Task The_console_goes_to_the_log_of_the_run_and_not_beyond_its_limit()
    {
        var run = (
            await Act("export default () => { console.log('a', 1, { b: [2] }); console.warn(new Error('w').message); return 1 }")
        ).Ok();
        var log = (await Workspace.Alice.Get("/action-run-logs/" + run["actionRunId"])).Ok().Json.GetProperty("logs");
        Assert.Equal("""[{"level":"log","message":"a 1 {\"b\":[2]}"},{"level":"warn","message":"w"}]""", log.GetRawText());

        run = (await Act("export default () => { for (let i = 0; i < 5000; i++) console.log('x'.repeat(100)); return 1 }")).Ok();
        log = (await Workspace.Alice.Get("/action-run-logs/" + run["actionRunId"])).Ok().Json.GetProperty("logs");
        Assert.InRange(log.GetArrayLength(), 100, 200);
        Assert.StartsWith("The log ends here", log[log.GetArrayLength() - 1].GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_works_in_the_workspace_as_the_caller_who_runs_it()
    {
        const string Code = """
            export default async ({ input, connection, externalApiClient }) => {
              const made = await membrane.connection(connection.id).action('create-contact').run({ email: input.email });
              const same = await membrane.action('list-contacts').run({});
              const raw = await externalApiClient.get('/contacts', { limit: 5 });
              const { items } = await membrane.connections.find({ limit: 10 });
              const self = await membrane.get('/users/self').catch((error) => error.status);
              return {
                made: typeof made.actionRunId, listed: JSON.stringify(same.output).includes(input.email), raw: JSON.stringify(raw).includes(input.email),
                mine: items.every((item) => item.tenantId === connection.tenantId), count: items.length,
              };
            }
            """;
        using var workspace = new TestWorkspace();
        var bobs = await TestWorkspace.Connect(workspace.Bob, "hubspot");
        var mine = await workspace.Connect("hubspot");

        var result = (
            await workspace.Alice.Post(
                "/act",
                new
                {
                    code = Code,
                    connectionId = mine,
                    input = new { email = "eve@example.com" },
                }
            )
        ).Ok();
        Assert.Equal(
            """{"made":"string","listed":true,"raw":true,"mine":true,"count":1}""",
            result.Json.GetProperty("output").GetRawText()
        );

        var peek = await workspace.Alice.Post(
            "/act",
            new
            {
                code = "export default ({ input }) => membrane.connection(input).get()",
                connectionId = mine,
                input = bobs,
            }
        );
        Assert.Equal("custom_code", peek["type"]);
        Assert.StartsWith("MembraneError: ", peek.Message, StringComparison.Ordinal);
        var manage = await workspace.Alice.Post(
            "/act",
            new { code = "export default () => membrane.get('/_emulator/requests')", input = 1 }
        );
        Assert.Equal(HttpStatusCode.BadRequest, manage.Status);
        Assert.Equal(HttpStatusCode.NotFound, (await workspace.Alice.Post("/act", new { code = Code, connectionId = bobs })).Status);
    }

    [Fact]
    public async Task Saved_code_runs_as_an_action_and_as_a_node()
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("hubspot");
        var action = new
        {
            key = "double",
            name = "Double",
            type = "run-javascript",
            integrationKey = "hubspot",
            config = new
            {
                code = "export default ({ input }) => { console.log('n', input.n); if (input.n < 0) throw new Error('below'); return input.n * 2 }",
            },
        };
        (await workspace.Manager.Post("/actions", action)).Ok();
        Assert.Equal(42, (await workspace.Run("double", connection, new { n = 21 })).GetInt32());
        var failed = await workspace.Alice.Post($"/actions/double/run?connectionId={connection}", new { input = new { n = -1 } });
        Assert.Equal("action_run", failed["type"]);
        Assert.Equal("custom_code", failed.Json.GetProperty("causedByError").GetProperty("type").GetString());
        Assert.Equal(
            84,
            (await Act("export default async () => (await membrane.action('double').run({ n: 42 })).output", null, workspace))
                .Ok()
                .Json.GetProperty("output")
                .GetInt32()
        );

        const string Flow = """
            { "key": "count", "nodes": {
              "start": { "type": "api-trigger", "links": [{ "key": "sum" }] },
              "sum": { "type": "run-javascript", "config": { "code": "export default ({ input, variables }) => { console.log('sum'); return { sum: input.n + variables.input.n } }" } } } }
            """;
        (await workspace.Manager.Post("/flows", Flow)).Ok();
        var run = (await workspace.Alice.Post($"/flows/count/run?connectionId={connection}", """{"input":{"n":4}}""")).Ok();
        run = await FlowTests.End(workspace, run["id"]);
        Assert.Equal("completed", run["state"]);
        var node = (await workspace.Alice.Get($"/flow-runs/{run["id"]}/nodes/sum/runs")).Ok().Items[0];
        Assert.Equal("sum", node.GetProperty("logs")[0].GetProperty("message").GetString());
        Assert.Contains(
            "\\\"sum\\\":8",
            (await workspace.Alice.Get($"/flow-runs/{run["id"]}/nodes/sum/outputs")).Ok().Text.Replace(" ", "", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_code_of_a_flow_run_that_is_stopped_is_ended()
    {
        using var workspace = new TestWorkspace(static options =>
        {
            options.Code.AtOnce = 1;
            options.Code.Duration = TimeSpan.FromMinutes(10);
            options.Code.Wait = TimeSpan.FromSeconds(20);
        });
        var connection = await workspace.Connect("hubspot");
        const string Flow = """
            { "key": "endless", "nodes": {
              "start": { "type": "api-trigger", "links": [{ "key": "code" }] },
              "code": { "type": "run-javascript", "config": { "code": "export default async () => { await membrane.post('/field-mappings', { key: 'begun', connectionId: 'CONNECTION' }); for (;;) await new Promise((go) => setTimeout(go, 50)) }" } } } }
            """;
        (await workspace.Manager.Post("/flows", Flow.Replace("CONNECTION", connection, StringComparison.Ordinal))).Ok();
        var run = (await workspace.Alice.Post($"/flows/endless/run?connectionId={connection}", "{}")).Ok();
        while ((await workspace.Alice.Get($"/field-mappings/begun?connectionId={connection}")).Status != HttpStatusCode.OK)
        {
            await Task.Delay(20);
        }

        (await workspace.Alice.Post($"/flow-runs/{run["id"]}/stop")).Ok();

        Assert.Equal("stopped", (await workspace.Alice.Get("/flow-runs/" + run["id"])).Ok()["state"]);
        Assert.Equal(2, (await Act("export default () => 1 + 1", null, workspace)).Ok().Json.GetProperty("output").GetInt32());
        Assert.Empty(workspace.Reports);
    }

    [Fact]
    public async Task Code_that_runs_itself_comes_to_an_end()
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("hubspot");
        var action = new
        {
            key = "again",
            type = "run-javascript",
            integrationKey = "hubspot",
            config = new { code = "export default () => membrane.action('again').run({})" },
        };
        (await workspace.Manager.Post("/actions", action)).Ok();

        var answer = await workspace.Alice.Post($"/actions/again/run?connectionId={connection}", "{}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("goes no deeper than 4 runs", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_that_keeps_asking_takes_no_longer_than_code_may()
    {
        using var workspace = new TestWorkspace(static options => options.Code.Duration = TimeSpan.FromSeconds(1));

        var answer = await Act(
            """
            export default async () => {
              for (;;) {
                console.log('once more');
                await membrane.get('/self');
                await new Promise((go) => setTimeout(go, 20));
              }
            }
            """,
            null,
            workspace
        );

        Assert.Equal("custom_code", answer["type"]);
        Assert.StartsWith("Error: The code was ended: it took longer", answer.Message, StringComparison.Ordinal);
        Assert.InRange(answer.Json.GetProperty("logs").GetArrayLength(), 1, 60);
    }

    [Fact]
    public async Task Code_that_waits_for_an_answer_takes_no_longer_than_code_may()
    {
        using var workspace = new TestWorkspace(static options =>
        {
            options.AgentWorkMilliseconds = 600_000;
            options.Code.AtOnce = 1;
            options.Code.Duration = TimeSpan.FromSeconds(1);
            options.Code.Wait = TimeSpan.FromSeconds(20);
        });
        var session = (await workspace.Alice.Post("/agent/sessions", new { prompt = "Connect me to Notion", agentName = "membrane" })).Ok();

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 2)
                .Select(_ =>
                    Act($"export default () => membrane.get('/agent/sessions/{session["id"]}?wait=true&timeout=60')", null, workspace)
                )
        );

        Assert.All(
            answers,
            static answer => Assert.StartsWith("Error: The code was ended: it took longer", answer.Message, StringComparison.Ordinal)
        );
        Assert.Empty(workspace.Reports);
    }

    [Fact]
    public async Task Code_sends_no_larger_request_than_a_client_may() =>
        Assert.Equal(
            413,
            (await Act("export default () => membrane.post('/act', { code: '\u4e2d'.repeat(3.6e6) }).catch((error) => error.status)"))
                .Ok()
                .Json.GetProperty("output")
                .GetInt32()
        );

    [Fact]
    public async Task A_worker_whose_emulator_has_gone_ends_whatever_it_runs()
    {
        var start = new ProcessStartInfo(
            "dotnet",
            ["exec", Path.Combine(AppContext.BaseDirectory, "code", "Membrane.Emulator.CodeWorker.dll")]
        )
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var worker = Process.Start(start)!;
        await worker.StandardOutput.ReadLineAsync();
        await worker.StandardInput.WriteLineAsync(
            """{"code":"export default async () => { console.log('runs'); for (;;) await new Promise((go) => setTimeout(go, 50)) }","argument":"{}"}"""
        );
        Assert.Contains("runs", await worker.StandardOutput.ReadLineAsync(), StringComparison.Ordinal);

        worker.StandardInput.Close();

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        try
        {
            await worker.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            worker.Kill();
            Assert.Fail("The worker runs on.");
        }
    }

    [Fact]
    public async Task A_worker_gets_no_secret_of_the_workspace()
    {
        const string Variable = "MEMBRANE_SECRET_OF_A_TEST";
        Environment.SetEnvironmentVariable(Variable, "s");
        using var workspace = new TestWorkspace();
        (await Act("export default () => 1", null, workspace)).Ok();

        Assert.DoesNotContain(Workers(), worker => TextOf(worker, "environ").Contains(Variable, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Hostile_code_is_ended_and_others_are_served_meanwhile()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        using var workspace = new TestWorkspace(static options =>
        {
            options.Code.Processor = TimeSpan.FromSeconds(0.5);
            options.Code.Wait = TimeSpan.FromMinutes(10);
        });
        using var over = new CancellationTokenSource();
        var largest = Task.Run(() => LargestWorkers(over.Token));
        var attacks = Enumerable.Range(0, 6).Select(_ => Hostile.Code(random)).ToArray();

        var running = attacks.Select(code => Act(code, null, workspace)).ToArray();
        var served = 0;
        while (!running.All(static run => run.IsCompleted))
        {
            (await workspace.Alice.Get("/actions?limit=5")).Ok();
            served++;
            await Task.Delay(20);
        }

        over.Cancel();
        var ends = await Task.WhenAll(running);
        foreach ((var code, var end) in attacks.Zip(ends))
        {
            output.WriteLine($"{(int)end.Status} {code} -> {end.Text}");
            Assert.Equal(HttpStatusCode.BadRequest, end.Status);
            Assert.Equal("custom_code", end["type"]);
        }

        Assert.True(served > 10, $"Only {served} other requests were served.");
        Assert.Empty(workspace.Reports);
        Assert.Equal(2, (await Act("export default () => 1 + 1", null, workspace)).Ok().Json.GetProperty("output").GetInt32());
        (var bytes, var count) = await largest;
        output.WriteLine($"{served} others served, {count} workers at once, the largest with {bytes / 1_000_000} MB");
        Assert.InRange(bytes, 0, 700_000_000);
    }

    private Task<Answer> Act(string code, object? input = null, TestWorkspace? workspace = null) =>
        (workspace ?? Workspace).Alice.Post("/act", input is null ? new { code } : new { code, input });

    // The memory of the workers of this test's folder; other systems have no way to tell whose a process is.
    private static async Task<(long Bytes, int Count)> LargestWorkers(CancellationToken over)
    {
        (var bytes, var count) = (0L, 0);
        while (OperatingSystem.IsLinux() && !over.IsCancellationRequested)
        {
            var workers = Workers();
            count = Math.Max(count, workers.Length);
            bytes = Math.Max(bytes, workers.Select(static one => one.WorkingSet64).Append(0).Max());
            await Task.Delay(50, CancellationToken.None);
        }

        return (bytes, count);
    }

    private static Process[] Workers() =>
        !OperatingSystem.IsLinux()
            ? []
            :
            [
                .. Process
                    .GetProcessesByName("dotnet")
                    .Where(static one => TextOf(one, "cmdline").Contains(AppContext.BaseDirectory + "code", StringComparison.Ordinal)),
            ];

    private static string TextOf(Process process, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/{file}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile, or is someone else's.
            return "";
        }
    }

    /// <summary>One workspace for those tests that leave nothing in it.</summary>
    public sealed class Fixture : IDisposable
    {
        internal TestWorkspace Workspace { get; } = new();

        public void Dispose() => Workspace.Dispose();
    }

    /// <summary>Code that wants more than it may have, in many forms.</summary>
    private static class Hostile
    {
        private static readonly string[] Bodies =
        [
            "for (;;);",
            "for (;;) await null;",
            "const a = []; for (;;) a.push('NUMBER'.repeat(1000) + a.length);",
            "const a = []; for (;;) a.push({ NUMBER: a.length });",
            "let x = NUMBERn; for (;;) x *= x;",
            "let a = ['x']; for (let i = 0; i < 40; i++) a = [a, a]; return String(a);",
            "let a = []; for (let i = 0; i < NUMBER000; i++) a = [a]; return JSON.stringify(a).length > 9e9 || (() => { for (;;); })();",
            "function* g() { yield* g() } return [...g()];",
            "const o = { toString() { return `${this}` } }; return `${o}`;",
            "const p = new Proxy({}, { get: (t, k, r) => r[k] }); return p.x;",
            "return 'a'.repeat(1e6).replace(/a/g, 'b'.repeat(1e6));",
            "return /^(\\w+\\s?)*$/.test('a '.repeat(NUMBER) + '!') || /^(a|aa)+$/.test('a'.repeat(99) + '!') || (() => { for (;;); })();",
            "return Array.prototype.join.call({ length: 2 ** 53 - 1 }, '');",
            "return new Uint8Array(NUMBER * 1e7 + 1e9).length;",
            "return eval('('.repeat(NUMBER * 1e4));",
            "return [1, 2, 3].sort(() => { for (;;); });",
            "const f = () => [NUMBER].map(f); return f();",
            "for (;;) setTimeout(() => {}, 1e6);",
            "const again = () => setTimeout(again, 0); again(); for (;;) await new Promise((go) => setTimeout(go, 0));",
            "for (;;) console.log('NUMBER'.repeat(1000));",
            "const m = new Map(); for (let i = 0; ; i++) m.set(i, [i]);",
            "class A { static x = (() => { for (;;); })() } return A;",
            "while (true) { try { (() => { for (;;); })() } catch {} }",
            "for (;;) { try { null.x } catch {} finally { continue } }",
        ];

        public static string Code(Random random) =>
            "export default async () => { "
            + Bodies[random.Next(Bodies.Length)]
                .Replace("NUMBER", random.Next(2, 99).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            + " }";
    }
}
