using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using Membrane.Emulator.Tests.Support;
using Xunit;

namespace Membrane.Emulator.Tests;

public sealed class StateTests
{
    [Fact]
    public async Task Everything_is_there_after_a_restart()
    {
        var state = TestFiles.Path();
        string connection;
        string session;
        string ids;
        using (var workspace = new TestWorkspace(options => options.StatePath = state))
        {
            connection = await workspace.Connect("slack");
            await workspace.Run("post-message", connection, new { channel = "#a", text = "hi" });
            session = (await workspace.Ask($"Create an action to list Slack channels for connection {connection}"))["id"];
            (await workspace.Manager.Delete("/integrations/gmail")).Ok();
            ids = await Ids(workspace);
        }

        using var again = new TestWorkspace(options => options.StatePath = state);
        Assert.Equal(ids, await Ids(again));
        Assert.Equal("hi", (await again.Run("list-messages", connection)).GetProperty("items")[0].GetProperty("text").GetString());
        Assert.Empty((await again.Run("list-channels", connection)).GetProperty("items").EnumerateArray());
        Assert.Equal("completed", (await again.Alice.Get("/agent/sessions/" + session)).Ok()["status"]);
        Assert.True((await again.Alice.Get("/integrations/gmail")).Ok().Json.TryGetProperty("archivedAt", out _));
    }

    [Fact]
    public async Task Ids_are_repeatable_with_a_seed_and_never_come_twice()
    {
        var state = TestFiles.Path();
        async Task<string> Make(string? path, int seed)
        {
            using var workspace = new TestWorkspace(options =>
            {
                options.StatePath = path;
                options.Seed = seed;
            });
            return await workspace.Connect("slack");
        }

        var first = await Make(null, 5);
        Assert.Equal(first, await Make(state, 5));
        Assert.NotEqual(first, await Make(null, 6));
        Assert.NotEqual(first, await Make(state, 5));
    }

    [Fact]
    public void A_second_emulator_on_the_same_state_gets_a_clear_error()
    {
        var state = TestFiles.Path();
        using var first = new TestWorkspace(options => options.StatePath = state);

        var error = Assert.Throws<IOException>(() => EmulatorHost.Start(new EmulatorOptions { StatePath = state }));

        Assert.Contains("in use by another emulator", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_something_else_is_left_as_it_is()
    {
        var path = TestFiles.Write("""{"precious":true}""");

        Assert.Throws<InvalidDataException>(() => EmulatorHost.Start(new EmulatorOptions { StatePath = path }));

        Assert.Equal("""{"precious":true}""", File.ReadAllText(path));
    }

    [Fact]
    public async Task Wherever_the_file_ends_it_opens_with_whole_changes_only()
    {
        var state = TestFiles.Path();
        using (var workspace = new TestWorkspace(options => options.StatePath = state))
        {
            var connection = await workspace.Connect("slack");
            for (var number = 0; number < 5; number++)
            {
                await workspace.Run("post-message", connection, new { channel = "#a", text = $"{number}" });
            }
        }

        var whole = File.ReadAllBytes(state);
        var before = -1;
        for (var length = "membrane-emulator-state 1\n".Length; length <= whole.Length; length += Math.Max(1, whole.Length / 150))
        {
            var cut = TestFiles.Path();
            await File.WriteAllBytesAsync(cut, whole.AsMemory(0, length).ToArray());
            using var workspace = new TestWorkspace(options => options.StatePath = cut);
            var connections = (await workspace.Alice.Get("/connections")).Ok();
            var messages =
                connections.Items.Count == 0
                    ? 0
                    : (await workspace.Run("list-messages", connections.Items[0].GetProperty("id").GetString()!))
                        .GetProperty("items")
                        .GetArrayLength();
            Assert.True(messages >= before, $"{messages} messages with {length} bytes, {before} with fewer");
            before = messages;
        }

        Assert.Equal(5, before);
    }

    [Fact]
    public async Task A_damaged_last_record_is_cut_off_and_set_aside()
    {
        var state = TestFiles.Path();
        string connection;
        using (var workspace = new TestWorkspace(options => options.StatePath = state))
        {
            connection = await workspace.Connect("slack");
            await workspace.Run("post-message", connection, new { channel = "#a", text = "last" });
        }

        var bytes = File.ReadAllBytes(state);
        bytes[^20] ^= 0xFF;
        File.WriteAllBytes(state, bytes);

        using var again = new TestWorkspace(options => options.StatePath = state);
        Assert.Single((await again.Alice.Get("/connections")).Ok().Items);
        Assert.True(File.Exists(state + ".torn-1"));
    }

    [Fact]
    public async Task Killed_at_any_moment_it_keeps_every_change_that_was_answered()
    {
        var state = TestFiles.Path();
        var random = new Random(11);
        string? connection = null;
        var acknowledged = new HashSet<string>();
        for (var round = 0; round < 4; round++)
        {
            var before = Count(acknowledged);
            using var program = new EmulatorProgram("--state", state);
            using var caller = new Caller(program.BaseUri, Token.Tenant("alice"));
            connection ??= await TestWorkspace.Connect(caller, "slack");
            var writers = Enumerable
                .Range(0, 8)
                .Select(writer =>
                    Task.Run(async () =>
                    {
                        for (var number = 0; ; number++)
                        {
                            var text = $"{round}-{writer}-{number}";
                            try
                            {
                                (
                                    await caller.Post(
                                        $"/actions/post-message/run?connectionId={connection}",
                                        new { input = new { channel = "#a", text } }
                                    )
                                ).Ok();
                            }
                            catch (Exception error)
                                when (error is HttpRequestException or InvalidOperationException or TaskCanceledException)
                            {
                                return;
                            }

                            lock (acknowledged)
                            {
                                acknowledged.Add(text);
                            }
                        }
                    })
                )
                .ToArray();
            // However slow the machine is, something was answered before the end.
            while (Count(acknowledged) == before && !writers.All(writer => writer.IsCompleted))
            {
                await Task.Delay(5);
            }

            await Task.Delay(random.Next(0, 400));
            program.Process.Kill();
            await program.Process.WaitForExitAsync();
            await Task.WhenAll(writers);
        }

        using var workspace = new TestWorkspace(options => options.StatePath = state);
        var kept = new HashSet<string>();
        string? cursor = null;
        do
        {
            var page = await workspace.Run(
                "list-messages",
                connection!,
                cursor is null ? new { limit = 1000 } : new { limit = 1000, cursor }
            );
            kept.UnionWith(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("text").GetString()!));
            cursor = page.TryGetProperty("cursor", out var next) ? next.GetString() : null;
        } while (cursor is not null);

        Assert.NotEmpty(acknowledged);
        Assert.Empty(acknowledged.Except(kept));
    }

    private static int Count(HashSet<string> answered)
    {
        lock (answered)
        {
            return answered.Count;
        }
    }

    private static async Task<string> Ids(TestWorkspace workspace) =>
        string.Join(
            ",",
            (await workspace.Alice.Get("/connections"))
                .Ok()
                .Items.Concat((await workspace.Alice.Get("/actions?limit=1000")).Ok().Items)
                .Select(item => item.GetProperty("id").GetString())
        );

    [Fact]
    public async Task A_flow_that_nests_its_output_deeper_and_deeper_fails_and_the_state_opens_again()
    {
        var state = TestFiles.Path();
        string id;
        using (var workspace = new TestWorkspace(options => options.StatePath = state))
        {
            var connection = await workspace.Connect("hubspot");
            (
                await workspace.Manager.Post(
                    "/flows",
                    """{"key":"deeper","nodes":{"a":{"type":"transform-data","config":{"value":{"w":{"$var":"$.current"}}},"links":[{"key":"a"}]}}}"""
                )
            ).Ok();
            var run = (await workspace.Alice.Post($"/flows/deeper/run?connectionId={connection}", new { input = new { } })).Ok();
            id = run["id"];
            while (run["state"] is "queued" or "running")
            {
                await Task.Delay(20);
                run = (await workspace.Alice.Get("/flow-runs/" + id)).Ok();
            }

            Assert.Equal("failed", run["state"]);
            Assert.Contains("deep", run.Json.GetProperty("errors")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
            Assert.Empty(workspace.Reports);
        }

        using var again = new TestWorkspace(options => options.StatePath = state);
        Assert.Equal("failed", (await again.Alice.Get("/flow-runs/" + id)).Ok()["state"]);
    }

    [Fact]
    public async Task What_was_made_is_listed_beside_a_larger_catalog()
    {
        var state = TestFiles.Path();
        var large = TestFiles.Write(
            "["
                + string.Join(
                    ",",
                    Enumerable
                        .Range(1, 400)
                        .Select(number =>
                            $$"""{"slug":"app-{{number}}","name":"App {{number}}","actions":[{"name":"List Things","key":"list-things"}]}"""
                        )
                )
                + "]"
        );
        var small = TestFiles.Write("""[{"slug":"app-1","name":"App 1","actions":[{"name":"List Things","key":"list-things"}]}]""");
        using (var workspace = new TestWorkspace(options => Use(options, state, small)))
        {
            for (var number = 0; number < 20; number++)
            {
                (await workspace.Manager.Post("/actions", new { key = $"own-{number}", name = $"Own {number}" })).Ok();
            }
        }

        using var again = new TestWorkspace(options => Use(options, state, large));
        var keys = await Keys(again);
        Assert.Equal(400, keys.Count(key => key == "list-things"));
        Assert.Equal(Enumerable.Range(0, 20).Select(number => $"own-{number}"), keys.Where(key => key != "list-things"));
    }

    [Fact]
    public async Task An_element_of_the_catalog_keeps_its_changes_when_the_catalog_is_another()
    {
        var state = TestFiles.Path();
        var first = TestFiles.Write(
            """[{"slug":"a","name":"A","actions":[]},{"slug":"b","name":"B","actions":[]},{"slug":"c","name":"C","actions":[]}]"""
        );
        var second = TestFiles.Write(
            """[{"slug":"x","name":"X","actions":[]},{"slug":"c","name":"C","actions":[]},{"slug":"y","name":"Y","actions":[]},{"slug":"a","name":"A","actions":[]}]"""
        );
        using (var workspace = new TestWorkspace(options => Use(options, state, first)))
        {
            (await workspace.Manager.Patch("/integrations/a", new { name = "A changed" })).Ok();
            (await workspace.Manager.Patch("/integrations/b", new { name = "B changed" })).Ok();
        }

        using var again = new TestWorkspace(options => Use(options, state, second));
        var patched = await again.Manager.Patch("/integrations/a", new { name = "A again" });
        Assert.Equal("A again", patched.Ok()["name"]);
        (await again.Manager.Patch("/integrations/b", new { name = "B again" })).Ok();
        Assert.Equal(
            new[] { "A again", "B again", "C", "X", "Y" },
            TestWorkspace.Names((await again.Manager.Get("/integrations")).Ok()).Order()
        );
    }

    [Fact]
    public async Task When_the_file_cannot_be_written_anew_the_old_one_goes_on()
    {
        var state = TestFiles.Path();
        string connection;
        using (var workspace = new TestWorkspace(options => options.StatePath = state))
        {
            connection = await workspace.Connect("slack");
            Directory.CreateDirectory(state + ".rewriting");
            string text = new('x', 3_000_000);
            for (var number = 0; number < 10; number++)
            {
                await workspace.Run("post-message", connection, new { channel = $"#{number}", text });
            }

            Assert.Contains(workspace.Reports, report => report.Contains("rewritten", StringComparison.Ordinal));
        }

        Directory.Delete(state + ".rewriting");
        using var again = new TestWorkspace(options => options.StatePath = state);
        Assert.Equal(
            Enumerable.Range(0, 10).Select(number => $"#{number}"),
            (await again.Run("list-messages", connection))
                .GetProperty("items")
                .EnumerateArray()
                .Select(item => item.GetProperty("channel").GetString())
                .Order()
        );
    }

    private static void Use(EmulatorOptions options, string state, string catalog)
    {
        options.StatePath = state;
        options.CatalogPath = catalog;
    }

    private static async Task<string[]> Keys(TestWorkspace workspace)
    {
        var keys = new List<string>();
        string? cursor = null;
        do
        {
            var page = (await workspace.Manager.Get($"/actions?limit=150&cursor={cursor}")).Ok();
            keys.AddRange(page.Items.Select(item => item.GetProperty("key").GetString()!));
            cursor = page.Cursor;
        } while (cursor is not null);
        return keys.ToArray();
    }
}
