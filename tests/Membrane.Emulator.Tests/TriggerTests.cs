using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Membrane.Emulator.Flows;
using Membrane.Emulator.Tests.Support;
using Xunit;

namespace Membrane.Emulator.Tests;

/// <summary>Flows that are launched by a schedule or by changes of records, and pulls that are due.</summary>
public sealed class TriggerTests
{
    [Theory]
    [InlineData("""{"intervalMinutes":15}""", 3600, 4)]
    [InlineData("""{"intervalSeconds":1200}""", 3600, 3)]
    [InlineData("""{"cron":"*/10 * * * *"}""", 3600, 6)]
    [InlineData("""{"intervalMinutes":1}""", 86_400, 100)]
    [InlineData("""{"intervalMinutes":120}""", 3600, 0)]
    public async Task A_schedule_launches_its_flow_as_often_as_the_clock_says(string config, int seconds, int count)
    {
        using var workspace = new TestWorkspace();
        await workspace.Connect("hubspot");
        await Launched(workspace, "schedule-trigger", config);

        await Advance(workspace, seconds);

        var runs = await Runs(workspace);
        Assert.Equal(count, runs.Count);
        Assert.All(runs, static run => Assert.Equal("schedule-trigger", run.GetProperty("launchedBy").GetProperty("type").GetString()));
        await Advance(workspace, 1);
        Assert.Equal(count, (await Runs(workspace)).Count);
    }

    [Fact]
    public async Task A_short_schedule_needs_no_hand_at_the_clock()
    {
        using var workspace = new TestWorkspace();
        await workspace.Connect("hubspot");
        await Launched(workspace, "schedule-trigger", """{"intervalSeconds":1}""");

        for (var end = DateTime.UtcNow.AddSeconds(30); (await Runs(workspace)).Count == 0 && DateTime.UtcNow < end; )
        {
            await Task.Delay(50);
        }

        Assert.NotEmpty(await Runs(workspace));
    }

    [Fact]
    public async Task A_schedule_stands_still_while_nothing_can_run()
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("hubspot");
        var flow = await Launched(workspace, "schedule-trigger", """{"intervalMinutes":1}""");
        (await workspace.Manager.Patch("/flows/" + flow, """{"enabled":false}""")).Ok();
        await Advance(workspace, 120);
        Assert.Empty(await Runs(workspace));

        (await workspace.Manager.Patch("/flows/" + flow, """{"enabled":true}""")).Ok();
        (await workspace.Alice.Delete("/connections/" + connection)).Ok();
        await Advance(workspace, 120);

        Assert.Empty(await Runs(workspace));
    }

    [Theory]
    [InlineData("{}", "cron")]
    [InlineData("""{"cron":"61 * * * *"}""", "0 to 59")]
    [InlineData("""{"cron":"* * *"}""", "five")]
    [InlineData("""{"cron":"5-1 * * * *"}""", "0 to 59")]
    [InlineData("""{"cron":"*/0 * * * *"}""", "0 to 59")]
    [InlineData("""{"cron":7}""", "five")]
    [InlineData("""{"intervalMinutes":"5"}""", "intervalMinutes")]
    [InlineData("""{"intervalSeconds":0}""", "intervalSeconds")]
    [InlineData("""{"intervalSeconds":1e300}""", "intervalSeconds")]
    public async Task A_schedule_that_is_not_understood_is_reported_once(string config, string named)
    {
        using var workspace = new TestWorkspace();
        await workspace.Connect("hubspot");
        await Launched(workspace, "schedule-trigger", config);

        await Advance(workspace, 3600);
        await Advance(workspace, 3600);

        Assert.Contains(named, Assert.Single(workspace.Reports, static one => one.Contains("schedule")), StringComparison.Ordinal);
        Assert.Empty(await Runs(workspace));
    }

    // Wednesday, 25 February 2026, 23:50; the expected times were worked out with a calendar.
    [Theory]
    [InlineData("*/5 * * * *", "2026-02-25T23:55Z 2026-02-26T00:00Z 2026-02-26T00:05Z")]
    [InlineData("0 9 * * mon-fri", "2026-02-26T09:00Z 2026-02-27T09:00Z 2026-03-02T09:00Z")]
    [InlineData("30 6,18 1 * *", "2026-03-01T06:30Z 2026-03-01T18:30Z 2026-04-01T06:30Z")]
    [InlineData("0 0 31 * *", "2026-03-31T00:00Z 2026-05-31T00:00Z 2026-07-31T00:00Z")]
    [InlineData("0 0 29 feb *", "2028-02-29T00:00Z 2032-02-29T00:00Z 2036-02-29T00:00Z")]
    [InlineData("0 12 13 * 5", "2026-02-27T12:00Z 2026-03-06T12:00Z 2026-03-13T12:00Z")]
    [InlineData("0 12 * * 7", "2026-03-01T12:00Z 2026-03-08T12:00Z 2026-03-15T12:00Z")]
    [InlineData("50/5 23 * * *", "2026-02-25T23:55Z 2026-02-26T23:50Z 2026-02-26T23:55Z")]
    [InlineData("0-10/5 1 * Mar,DEC *", "2026-03-01T01:00Z 2026-03-01T01:05Z 2026-03-01T01:10Z")]
    public void Cron_knows_its_times(string expression, string times)
    {
        var after = DateTimeOffset.Parse("2026-02-25T23:50:30Z", CultureInfo.InvariantCulture);
        var expected = times.Split(' ').Select(static time => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture));

        Assert.Equal(expected, CronExpression.Parse(expression).Between(after, after.AddYears(12)).Take(3));
    }

    [Fact]
    public async Task Changes_of_records_launch_the_flows_that_wait_for_them()
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("hubspot");
        foreach (var what in new[] { "created", "updated", "deleted" })
        {
            await Launched(workspace, $"data-record-{what}-trigger", """{"dataSource":{"collectionKey":"contacts"}}""");
        }

        // Once by each way to a record: an action, the data collection, the API of the app.
        var made = await workspace.Run("create-contact", connection, new { email = "a@example.com" });
        var id = made.GetProperty("id").GetString();
        (
            await workspace.Alice.Post(
                $"/connections/{connection}/data/contacts/update",
                new { id, fields = new { email = "b@example.com" } }
            )
        ).Ok();
        (await workspace.Alice.Delete($"/connections/{connection}/proxy/contacts/{id}")).Ok();
        await workspace.Run("create-company", connection, new { name = "Of another collection" });

        var runs = await Runs(workspace);
        Assert.Equal(
            ["data-record-created-trigger", "data-record-deleted-trigger", "data-record-updated-trigger"],
            runs.Select(static run => run.GetProperty("startNodeKey").GetString()!).Order(StringComparer.Ordinal)
        );
        var events = (await workspace.Alice.Get("/external-event-log-records")).Ok().Items;
        Assert.Equal(
            runs.Select(static run => run.GetProperty("id").GetString()!).Order(StringComparer.Ordinal),
            events
                .SelectMany(static one => one.GetProperty("launchedFlowRunIds").EnumerateArray())
                .Select(static run => run.GetString()!)
                .Order(StringComparer.Ordinal)
        );
        Assert.All(events, one => Assert.Equal(id, one.GetProperty("payload").GetProperty("record").GetProperty("id").GetString()));
        Assert.Equal(3, (await workspace.Alice.Get("/external-event-subscriptions")).Ok().Items.Count);
        Assert.Empty((await workspace.Bob.Get("/external-event-log-records")).Ok().Items);
    }

    [Fact]
    public async Task A_flow_that_launches_itself_comes_to_an_end()
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("hubspot");
        (
            await workspace.Manager.Post(
                "/flows",
                """
                { "key": "again", "nodes": {
                    "trigger": { "type": "data-record-created-trigger", "config": { "collectionKey": "contacts" }, "links": [{ "key": "make" }] },
                    "make": { "type": "create-data-record", "config": { "collectionKey": "contacts", "fields": { "email": "again@example.com" } } } } }
                """
            )
        ).Ok();
        (
            await workspace.Alice.Post($"/connections/{connection}/data/contacts/create", new { fields = new { email = "a@example.com" } })
        ).Ok();

        for (var end = DateTime.UtcNow.AddSeconds(30); !workspace.Reports.Any() && DateTime.UtcNow < end; )
        {
            await Task.Delay(20);
        }

        Assert.Contains("contacts", Assert.Single(workspace.Reports), StringComparison.Ordinal);
        Assert.Equal(10, (await Runs(workspace)).Count);
    }

    [Fact]
    public async Task A_subscription_is_pulled_when_it_is_due_and_launches_each_flow_once()
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("hubspot");
        await Launched(workspace, "data-record-created-trigger", """{"collectionKey":"contacts"}""");
        (
            await workspace.Alice.Post(
                "/external-event-subscriptions",
                new
                {
                    connectionId = connection,
                    config = new { type = "data-record-created", dataSource = new { collectionKey = "contacts" } },
                }
            )
        ).Ok();
        await workspace.Run("create-contact", connection, new { email = "a@example.com" });
        Assert.Empty(await Runs(workspace));

        await Advance(workspace, 301);

        Assert.Single(await Runs(workspace));
        var pull = Assert.Single((await workspace.Alice.Get("/external-event-pulls")).Ok().Items);
        Assert.Equal("success", pull.GetProperty("status").GetString());
        Assert.Equal(1, pull.GetProperty("collectedEventIds").GetArrayLength());
        await Advance(workspace, 301);
        Assert.Equal(2, (await workspace.Alice.Get("/external-event-pulls")).Ok().Items.Count);
        Assert.Single(await Runs(workspace));
    }

    [Fact]
    public async Task A_pull_that_cannot_be_made_is_kept_with_its_error_and_made_later()
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("hubspot");
        (
            await workspace.Alice.Post(
                "/external-event-subscriptions",
                new
                {
                    connectionId = connection,
                    config = new { type = "data-record-created", dataSource = new { collectionKey = "contacts" } },
                }
            )
        ).Ok();
        (await workspace.Alice.Post($"/connections/{connection}/disconnect")).Ok();

        await Advance(workspace, 301);

        var pull = Assert.Single((await workspace.Alice.Get("/external-event-pulls?status=error")).Ok().Items);
        Assert.NotEmpty(pull.GetProperty("error").GetProperty("message").GetString()!);
        Assert.Empty(workspace.Reports);
    }

    private static async Task<string> Launched(TestWorkspace workspace, string trigger, string config) =>
        (
            await workspace.Manager.Post(
                "/flows",
                $$"""{ "key": "{{trigger}}", "nodes": { "{{trigger}}": { "type": "{{trigger}}", "config": {{config}}, "links": [] } } }"""
            )
        ).Ok()["id"];

    private static async Task Advance(TestWorkspace workspace, int seconds) =>
        (await workspace.Nobody.Post("/_emulator/clock", new { advanceSeconds = seconds })).Ok();

    private static async Task<IReadOnlyList<JsonElement>> Runs(TestWorkspace workspace)
    {
        // By a token that outlives what the clock is moved by.
        var manager = workspace.As(
            Token.Sign(
                new JsonObject
                {
                    ["workspaceKey"] = EmulatorOptions.DefaultWorkspaceKey,
                    ["isAdmin"] = true,
                    ["exp"] = Token.InSeconds(1_000_000),
                }
            )
        );
        return (await manager.Get("/flow-runs?limit=1000")).Ok().Items;
    }
}
