using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Emulator.Tests.Support;
using Xunit.Abstractions;

namespace Membrane.Emulator.Tests;

/// <summary>How the emulator stands under load: 10,000 connections, 13,000 actions, 100,000 records.</summary>
public sealed class LoadFigures(ITestOutputHelper output)
{
    private static readonly string[] Verbs = { "List", "Get", "Create", "Update", "Delete", "Search", "Send", "Archive" };
    private static readonly string[] Nouns =
    {
        "Contact",
        "Message",
        "Invoice",
        "Task",
        "Deal",
        "Ticket",
        "Order",
        "Page",
        "File",
        "Event",
        "Note",
        "User",
        "Channel",
    };

    [LoadFact]
    public Task In_memory() => Measure();

    [LoadFact]
    public Task With_state() => Measure("--state", TestFiles.Path());

    private async Task Measure(params string[] arguments)
    {
        using var program = new EmulatorProgram(new[] { "--catalog", Catalog() }.Concat(arguments).ToArray());
        using var caller = new Caller(program.BaseUri, Token.Tenant("load"));
        var large = await Connected(caller, "app-0");
        var small = await Connected(caller, "app-1");
        var clock = Stopwatch.StartNew();
        await Parallel(
            10_000 - 2,
            async number =>
                (
                    await caller.Post(
                        "/connections",
                        new
                        {
                            integrationKey = $"app-{1 + (number % 600)}",
                            name = $"Connection {number}",
                            credentials = new { apiKey = "k" },
                        }
                    )
                ).Ok()
        );
        output.WriteLine($"10,000 connections made in {clock.Elapsed.TotalSeconds:F1} s");
        clock.Restart();
        await Parallel(
            100_000,
            async number =>
                (
                    await caller.Post(
                        $"/connections/{small}/data/contacts/create",
                        new
                        {
                            fields = new
                            {
                                email = $"p{number}@example.com",
                                firstName = "Ada",
                                lastName = "Lovelace",
                                company = "Analytical Engines",
                            },
                        }
                    )
                ).Ok()
        );
        output.WriteLine(
            $"100,000 records made in {clock.Elapsed.TotalSeconds:F1} s: {100_000 / clock.Elapsed.TotalSeconds:F0} per second"
        );
        Memory(program);
        await Median("GET /connections?limit=1000", () => caller.Get("/connections?limit=1000"));
        await Median("GET /actions?limit=1000", () => caller.Get("/actions?limit=1000"));
        await Median(
            "list-contacts, limit 1000",
            () => caller.Post($"/actions/list-contacts/run?connectionId={small}", new { input = new { limit = 1000 } })
        );
        await Median(
            "intent over 7,000 actions of one connection",
            () => caller.Get($"/actions?connectionId={large}&intent=send+a+message+to+a+customer&limit=10")
        );
        await Median(
            "semantic search over everything",
            () => caller.Get("/semantic-search?q=create+an+invoice&elementType=action&limit=10")
        );
        await Median("GET /search?q=invoice", () => caller.Get("/search?q=invoice&limit=10"));
        var there = (
            await caller.Post($"/connections/{small}/data/contacts/create", new { fields = new { email = "there@example.com" } })
        ).Ok()["id"];
        await Runs(caller, "get-contact", small, new { id = there });
        await Runs(caller, "get-contact", small, new { id = "none" });
        Memory(program);

        // Only now: each of these runs makes one record more than the figures are for.
        await Runs(caller, "create-task", small, new { title = "Write" });
        Memory(program);
    }

    private void Memory(EmulatorProgram program)
    {
        program.Process.Refresh();
        output.WriteLine(
            $"working set {program.Process.WorkingSet64 / 1_048_576} MB, peak {program.Process.PeakWorkingSet64 / 1_048_576} MB"
        );
    }

    private async Task Runs(Caller caller, string action, string connection, object input)
    {
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(6));
        var count = 0;
        var body = JsonSerializer.Serialize(new { input });
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(
            Enumerable
                .Range(0, 64)
                .Select(async _ =>
                {
                    while (!end.IsCancellationRequested)
                    {
                        await caller.Post($"/actions/{action}/run?connectionId={connection}", body);
                        Interlocked.Increment(ref count);
                    }
                })
        );
        output.WriteLine($"{action}: {count / clock.Elapsed.TotalSeconds:F0} runs per second of {JsonSerializer.Serialize(input)}");
    }

    private async Task Median(string what, Func<Task<Answer>> call)
    {
        var times = new List<double>();
        var bytes = 0;
        for (var number = 0; number < 31; number++)
        {
            var clock = Stopwatch.StartNew();
            bytes = (await call()).Ok().Text.Length;
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        times.Sort();
        output.WriteLine($"{what}: median {times[15]:F1} ms, slowest {times[30]:F1} ms, {bytes:N0} characters");
    }

    private static async Task<string> Connected(Caller caller, string app) =>
        (await caller.Post("/connections", new { integrationKey = app, credentials = new { apiKey = "k" } })).Ok()["id"];

    private static Task Parallel(int count, Func<int, Task> work)
    {
        var numbers = new ConcurrentQueue<int>(Enumerable.Range(0, count));
        return Task.WhenAll(
            Enumerable
                .Range(0, 32)
                .Select(async _ =>
                {
                    while (numbers.TryDequeue(out var number))
                    {
                        await work(number);
                    }
                })
        );
    }

    private static string Catalog()
    {
        object App(int number, int actions) =>
            new
            {
                slug = $"app-{number}",
                name = $"App {number}",
                url = $"https://app-{number}.example",
                categories = new[] { "Test" },
                actions = Enumerable
                    .Range(0, actions)
                    .Select(action =>
                    {
                        var verb = Verbs[action % Verbs.Length];
                        var noun = Nouns[action / Verbs.Length % Nouns.Length];
                        var kind = action < Verbs.Length * Nouns.Length ? "" : $"Kind {action / (Verbs.Length * Nouns.Length)} ";
                        var many = verb is "List" or "Search" ? "s" : "";
                        var name = $"{verb} {kind}{noun}{many}";
                        return new
                        {
                            name,
                            key = name.ToLowerInvariant().Replace(' ', '-'),
                            description = $"{verb}s the {noun.ToLowerInvariant()} records of the account.",
                        };
                    }),
            };
        return TestFiles.Write(
            JsonSerializer.Serialize(
                new[] { App(0, 7_000) }.Concat(Enumerable.Range(1, 600).Select(number => App(number, number == 1 ? 104 : 10)))
            )
        );
    }
}
