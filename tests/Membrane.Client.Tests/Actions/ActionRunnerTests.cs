using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Actions;
using Membrane.Client.Blobs;
using Membrane.Client.Json;
using Membrane.Client.Tests.Support;
using Xunit;

namespace Membrane.Client.Tests.Actions;

public sealed class ActionRunnerTests
{
    private const string Send =
        """{"id":"a1","key":"send","inputSchema":{"type":"object","properties":{"to":{"type":"string"}},"required":["to"]}}""";

    private static readonly ActionSelector Selector = new("send") { ConnectionId = "c1" };

    [Fact]
    public async Task An_input_that_does_not_match_the_schema_is_not_sent()
    {
        using var server = new ScriptedServer(Answer.Json(Send));
        using var client = Make.Client(server);
        using var runner = MakeRunner(client, new ActionRunOptions());

        var error = await Assert.ThrowsAsync<MembraneActionInputException>(() => RunAsync(runner, Input("subject", "x")));

        Assert.Contains("to", Assert.Single(error.Problems).ToString(), StringComparison.Ordinal);
        Assert.Equal("/actions/send?connectionId=c1", server.OnlyRequest.Target);
    }

    [Fact]
    public async Task The_schema_is_asked_for_once_for_all_inputs()
    {
        using var server = new ScriptedServer(Answer.Json(Send)) { Otherwise = static _ => Answer.Json("""{"output":1}""") };
        using var client = Make.Client(server);
        using var runner = MakeRunner(client, new ActionRunOptions());

        await RunAsync(runner, Input("to", "a"));
        await RunAsync(runner, Input("to", "b"));

        Assert.Equal(3, server.Requests.Count);
        Assert.Equal("b", server.Requests[2].Json.GetProperty("input").GetProperty("to").GetString());
    }

    [Fact]
    public async Task Without_a_check_the_input_alone_is_sent()
    {
        using var server = new ScriptedServer(Answer.Json("""{"output":"done"}"""));
        using var client = Make.Client(server);
        using var runner = MakeRunner(client, new ActionRunOptions { SkipsCheck = true, Meta = Input("run", "7") });

        var finished = await RunAsync(runner, Input("subject", "x"));

        Assert.Equal("done", finished.Run.Output);
        Assert.Equal("send", finished.Run.ActionId);
        Assert.Equal("/actions/send/run?connectionId=c1", server.OnlyRequest.Target);
        Assert.Equal("7", server.OnlyRequest.Json.GetProperty("meta").GetProperty("run").GetString());
    }

    [Fact]
    public async Task Act_names_an_action_by_the_id_that_the_service_shows()
    {
        using var server = new ScriptedServer(Answer.Json(Send), Answer.Json("""{"output":1}"""));
        using var client = Make.Client(server);
        using var runner = MakeRunner(client, new ActionRunOptions { UsesAct = true, SkipsCheck = true });

        await RunAsync(runner, Input("to", "a"));

        Assert.Equal("/act", server.Requests[1].Target);
        Assert.Equal("a1", server.Requests[1].Json.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Act_takes_a_name_that_the_service_does_not_show_for_a_key()
    {
        using var server = new ScriptedServer(Answer.Error(404, "bad_request", "not_found"), Answer.Json("""{"output":1}"""));
        using var client = Make.Client(server);
        using var runner = MakeRunner(client, new ActionRunOptions { UsesAct = true, SkipsCheck = true });

        await RunAsync(runner, Input("to", "a"));

        Assert.Equal("send", server.Requests[1].Json.GetProperty("key").GetString());
    }

    [Fact]
    public async Task Each_page_is_asked_for_with_the_cursor_of_the_one_before()
    {
        using var server = new ScriptedServer(
            Answer.Json("""{"output":{"items":[1],"paging":{"next":{"after":"p2"}}}}"""),
            Answer.Json("""{"output":{"items":[2],"paging":{}}}""")
        );
        using var client = Make.Client(server);
        using var runner = MakeRunner(
            client,
            new ActionRunOptions
            {
                SkipsCheck = true,
                CursorProperty = "paging.next.after",
                CursorInput = "after",
            }
        );

        var first = await RunAsync(runner, Input("to", "a"));
        var page = runner.FindNextPage(first);
        var second = await runner.RunAsync(runner.Prepare(page!), CancellationToken.None).Within();

        Assert.Equal("the source", page!.Source);
        Assert.Equal("""{"input":{"to":"a","after":"p2"}}""", server.Requests[1].BodyText);
        Assert.Null(runner.FindNextPage(second));
    }

    [Fact]
    public async Task A_page_that_names_itself_as_the_next_is_the_last()
    {
        using var server = new ScriptedServer { Otherwise = static _ => Answer.Json("""{"output":{"next":"p2"}}""") };
        using var client = Make.Client(server);
        using var runner = MakeRunner(
            client,
            new ActionRunOptions
            {
                SkipsCheck = true,
                CursorProperty = "next",
                CursorInput = "after",
            }
        );

        var first = await RunAsync(runner, Input("to", "a"));
        var second = await runner.RunAsync(runner.Prepare(runner.FindNextPage(first)!), CancellationToken.None).Within();

        Assert.Null(runner.FindNextPage(second));
    }

    [Fact]
    public async Task A_checkpoint_file_skips_what_was_done_and_reports_what_failed()
    {
        using var folder = new Folder();
        using var server = new ScriptedServer(
            Answer.Json("""{"output":1}"""),
            Answer.Error(400, "bad_request"),
            Answer.Json("""{"output":2}""")
        );
        using var client = Make.Client(server);
        using (var runner = MakeRunner(client, Checkpoint(folder)))
        {
            await RunAsync(runner, Input("to", "a"));
            await Assert.ThrowsAsync<MembraneApiException>(() => RunAsync(runner, Input("to", "b")));
        }

        using (var again = MakeRunner(client, Checkpoint(folder)))
        {
            Assert.Equal(CheckpointDecision.Skip, (await DecideAsync(again, Input("to", "a"))).Decision);
            (var item, var decision) = await DecideAsync(again, Input("to", "b"));
            Assert.Equal(CheckpointDecision.Report, decision);
            Assert.Equal(ErrorIds.FailedBefore, item.Entry!.Report().ErrorId);
        }

        using var resumed = MakeRunner(client, Checkpoint(folder, resumeFailed: true));
        await RunAsync(resumed, Input("to", "b"));
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_run_whose_answer_is_lost_is_repeated_only_when_that_does_no_harm()
    {
        using var server = new ScriptedServer(Answer.Drop, Answer.Drop, Answer.Json("""{"output":1}"""));
        using var client = Make.Client(server);
        using var once = MakeRunner(client, new ActionRunOptions { SkipsCheck = true });
        using var repeated = MakeRunner(client, new ActionRunOptions { SkipsCheck = true, RetryUnknown = true });

        var error = await Assert.ThrowsAnyAsync<MembraneException>(() => RunAsync(once, Input("to", "a")));
        await RunAsync(repeated, Input("to", "a"));

        Assert.Equal(RequestOutcome.Unknown, error.Outcome);
        Assert.Equal(3, server.Requests.Count);
    }

    private static ActionRunner MakeRunner(MembraneClient client, ActionRunOptions options) =>
        new(client.Actions, DictionaryObjectAdapter.Instance, options);

    private static ActionRunOptions Checkpoint(Folder folder, bool resumeFailed = false) =>
        new()
        {
            SkipsCheck = true,
            Checkpoint = new CheckpointFilePlace(Path.Combine(folder.Path, "run.checkpoint")),
            ResumeFailed = resumeFailed,
            FindOwner = static _ => Task.FromResult(new CheckpointOwner(new Uri("https://api.example"), "w", "t")),
        };

    private static Dictionary<string, object?> Input(string name, object? value) => new() { [name] = value };

    private static async Task<FinishedRun> RunAsync(ActionRunner runner, object input)
    {
        (var item, var decision) = await DecideAsync(runner, input);
        Assert.Equal(CheckpointDecision.Run, decision);
        return await runner.RunAsync(item, CancellationToken.None).Within();
    }

    private static async Task<(ActionItem Item, CheckpointDecision Decision)> DecideAsync(ActionRunner runner, object input)
    {
        var target = await runner.ResolveAsync(Selector, null, Selector.ConnectionId, CancellationToken.None).Within();
        var item = runner.Prepare(target, input, "the source");
        await runner.OpenCheckpointAsync(target, CancellationToken.None);
        return (item, runner.Decide(item));
    }
}
