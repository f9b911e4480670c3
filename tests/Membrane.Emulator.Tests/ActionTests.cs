using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading.Tasks;
using Membrane.Emulator.Tests.Support;
using Xunit;

namespace Membrane.Emulator.Tests;

public sealed class ActionTests
{
    [Fact]
    public async Task A_list_is_read_page_by_page_without_loss_or_repetition()
    {
        using var workspace = new TestWorkspace();
        var all = new List<string>();
        var cursor = "0";
        do
        {
            var page = (await workspace.Alice.Get($"/actions?limit=7&cursor={cursor}")).Ok();
            Assert.InRange(page.Items.Count, 1, 7);
            all.AddRange(page.Items.Select(item => item.GetProperty("id").GetString()!));
            cursor = page.Cursor;
        } while (cursor is not null);

        Assert.Equal(38, all.Count);
        Assert.Equal(38, all.Distinct().Count());
    }

    [Fact]
    public async Task Ten_actions_come_when_nobody_says_how_many()
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("hubspot");

        Assert.Equal(10, (await workspace.Alice.Get($"/actions?connectionId={connection}")).Ok().Items.Count);
    }

    [Theory]
    [InlineData("send a message", "post-message")]
    [InlineData("find messages about something", "search-messages")]
    [InlineData("get all the users", "list-users")]
    [InlineData("remove a message", "delete-message")]
    [InlineData("edit message", "update-message")]
    [InlineData("add a reminder", "create-reminder")]
    public async Task An_intent_finds_the_action_that_is_meant(string intent, string expected)
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("slack");

        var found = (await workspace.Alice.Get($"/actions?connectionId={connection}&intent={intent.Replace(' ', '+')}&limit=3")).Ok();

        Assert.Equal(expected, found.Items[0].GetProperty("key").GetString());
    }

    [Fact]
    public async Task An_intent_that_no_action_answers_finds_nothing()
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("slack");

        Assert.Empty((await workspace.Alice.Get($"/actions?connectionId={connection}&intent=list+invoices")).Ok().Items);
    }

    [Fact]
    public async Task Ranked_actions_can_be_paged()
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("slack");
        var whole = (await workspace.Alice.Get($"/actions?connectionId={connection}&intent=message&limit=100")).Ok();

        var first = (await workspace.Alice.Get($"/actions?connectionId={connection}&intent=message&limit=2")).Ok();
        var second = (await workspace.Alice.Get($"/actions?connectionId={connection}&intent=message&limit=2&cursor={first.Cursor}")).Ok();

        Assert.Equal(TestWorkspace.Names(whole).Take(4), TestWorkspace.Names(first).Concat(TestWorkspace.Names(second)));
    }

    [Fact]
    public async Task An_action_carries_its_schemas()
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("slack");

        var action = (await workspace.Alice.Get($"/actions?connectionId={connection}&intent=send+message&limit=1")).Ok().Items[0];

        Assert.Equal("object", action.GetProperty("inputSchema").GetProperty("type").GetString());
        Assert.True(action.GetProperty("inputSchema").GetProperty("properties").TryGetProperty("text", out _));
        Assert.True(action.GetProperty("outputSchema").GetProperty("properties").TryGetProperty("id", out _));
    }

    [Fact]
    public async Task Actions_of_an_app_work_on_the_same_records()
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("hubspot");

        var created = await workspace.Run(
            "create-contact",
            connection,
            new
            {
                email = "ada@example.com",
                firstName = "Ada",
                custom = new[] { 1, 2 },
            }
        );
        var id = created.GetProperty("id").GetString()!;
        var read = await workspace.Run("get-contact", connection, new { id });
        Assert.Equal("Ada", read.GetProperty("firstName").GetString());
        Assert.Equal(2, read.GetProperty("custom").GetArrayLength());

        await workspace.Run("update-contact", connection, new { id, firstName = "Augusta" });
        var found = await workspace.Run("search-contacts", connection, new { query = "august" });
        Assert.Equal(id, Assert.Single(found.GetProperty("items").EnumerateArray()).GetProperty("id").GetString());

        await workspace.Run("delete-contact", connection, new { id });
        Assert.Empty((await workspace.Run("list-contacts", connection)).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Connections_of_one_app_have_records_of_their_own()
    {
        using var workspace = new TestWorkspace();
        var first = await workspace.Connect("hubspot");
        var second = await workspace.Connect("hubspot");
        Assert.NotEqual(first, second);

        await workspace.Run("create-contact", first, new { email = "ada@example.com" });

        Assert.Empty((await workspace.Run("list-contacts", second)).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Records_are_listed_in_pages()
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("hubspot");
        for (var number = 0; number < 5; number++)
        {
            await workspace.Run("create-contact", connection, new { email = $"{number}@example.com" });
        }

        var first = await workspace.Run("list-contacts", connection, new { limit = 3 });
        var second = await workspace.Run("list-contacts", connection, new { limit = 3, cursor = first.GetProperty("cursor").GetString() });

        Assert.Equal(3, first.GetProperty("items").GetArrayLength());
        Assert.Equal(2, second.GetProperty("items").GetArrayLength());
        Assert.False(second.TryGetProperty("cursor", out _));
    }

    [Theory]
    [InlineData("""{"input":{"firstName":"Ada"}}""", "'email' is required")]
    [InlineData("""{"input":{"email":5}}""", "'email' must be a string")]
    [InlineData("""{"input":"text"}""", "The value must be an object")]
    [InlineData("""{"input":{"email":"a@b.c"},"extra":1}""", "'extra' is not a known field. Known here: input and meta.")]
    [InlineData("""{"input":{"email":"a@b.c"},"meta":1}""", "'meta' must be an object")]
    public async Task Input_that_does_not_fit_is_refused_naming_the_field(string body, string message)
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("hubspot");

        var answer = await workspace.Alice.Post($"/actions/create-contact/run?connectionId={connection}", body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.StartsWith(message, answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_app_says_no_the_error_tells_the_run()
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("hubspot");

        var answer = await workspace.Alice.Post(
            $"/actions/get-contact/run?connectionId={connection}",
            new { input = new { id = "rec_none" } }
        );

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("action_run", answer["type"]);
        Assert.StartsWith("run_", answer.Json.GetProperty("data").GetProperty("actionRunId").GetString(), StringComparison.Ordinal);
        Assert.Equal("not_found", answer.Json.GetProperty("causedByError").GetProperty("key").GetString());
    }

    [Fact]
    public async Task An_action_runs_on_connections_of_its_app_only()
    {
        using var workspace = new TestWorkspace();
        var slack = await workspace.Connect("slack");
        var contact = (await workspace.Alice.Get("/actions/create-contact")).Ok();

        var answer = await workspace.Alice.Post(
            $"/actions/{contact["id"]}/run?connectionId={slack}",
            new { input = new { email = "a@b.c" } }
        );

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
    }

    [Fact]
    public async Task Without_a_connection_the_only_one_of_the_app_is_taken()
    {
        using var workspace = new TestWorkspace();
        Assert.Equal(HttpStatusCode.BadRequest, (await workspace.Alice.Post("/actions/list-contacts/run", new { })).Status);
        await workspace.Connect("hubspot");

        Assert.Equal(HttpStatusCode.OK, (await workspace.Alice.Post("/actions/list-contacts/run", new { })).Status);
    }

    [Fact]
    public async Task A_key_of_several_apps_needs_narrowing()
    {
        using var workspace = new TestWorkspace(options =>
            options.CatalogPath = TestFiles.Write(
                """
                [
                  { "slug": "one", "name": "One", "url": null, "categories": ["x"], "actions": [{ "name": "List Things", "key": "list-things" }, { "name": "List Things", "key": "list-things" }] },
                  { "slug": "two", "name": "Zwei ä", "url": "https://two.example", "categories": [], "actions": [{ "name": "List Things", "key": "list-things" }] }
                ]
                """
            )
        );

        var vague = await workspace.Alice.Get("/actions/list-things");
        var exact = await workspace.Alice.Get("/actions/list-things?integrationKey=two");
        var second = await workspace.Alice.Get("/actions/list-things-2");

        Assert.Equal(HttpStatusCode.BadRequest, vague.Status);
        Assert.Equal(HttpStatusCode.OK, exact.Status);
        Assert.Equal(HttpStatusCode.OK, second.Status);
    }

    [Theory]
    [InlineData("create-api", "list-apis")]
    [InlineData("create-sku", "list-skus")]
    [InlineData("create-ad", "list-ads")]
    [InlineData("create-analysis", "list-analyses")]
    [InlineData("create-movie", "list-movies")]
    public async Task What_one_action_makes_another_lists(string create, string list)
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("hubspot");
        foreach (var key in new[] { create, list })
        {
            (
                await workspace.Alice.Post(
                    "/actions",
                    new
                    {
                        key,
                        name = key,
                        connectionId = connection,
                    }
                )
            ).Ok();
        }

        (await workspace.Alice.Post($"/actions/{create}/run?connectionId={connection}", new { input = new { name = "New" } })).Ok();
        var listed = await workspace.Alice.Post($"/actions/{list}/run?connectionId={connection}", new { input = new { } });

        Assert.Contains("\"New\"", listed.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upserting_an_id_makes_one_record_of_it()
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("hubspot");
        (
            await workspace.Alice.Post(
                "/actions",
                new
                {
                    key = "upsert-gadget",
                    name = "Upsert Gadget",
                    connectionId = connection,
                }
            )
        ).Ok();
        (
            await workspace.Alice.Post(
                "/actions",
                new
                {
                    key = "list-gadgets",
                    name = "List Gadgets",
                    connectionId = connection,
                }
            )
        ).Ok();

        var first = await workspace.Run("upsert-gadget", connection, new { id = "g-1", name = "One" });
        await Task.WhenAll(
            Enumerable.Range(0, 10).Select(number => workspace.Run("upsert-gadget", connection, new { id = "g-2", name = $"{number}" }))
        );
        await workspace.Run("upsert-gadget", connection, new { id = "g-1", name = "Two" });

        Assert.Equal("g-1", first.GetProperty("id").GetString());
        var items = (await workspace.Run("list-gadgets", connection)).GetProperty("items");
        Assert.Equal(new[] { "g-1", "g-2" }, items.EnumerateArray().Select(item => item.GetProperty("id").GetString()));
        Assert.Equal("Two", items[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task The_log_keeps_no_large_outputs()
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("hubspot");
        for (var number = 0; number < 30; number++)
        {
            (
                await workspace.Alice.Post(
                    "/act",
                    new
                    {
                        connectionId = connection,
                        api = new
                        {
                            method = "POST",
                            path = "/v1/gadgets",
                            body = new { name = "gadget" },
                        },
                    }
                )
            ).Ok();
        }

        var page = (
            await workspace.Alice.Post("/act", new { connectionId = connection, api = new { method = "GET", path = "/v1/gadgets" } })
        ).Ok();
        var large = (
            await workspace.Alice.Post(
                "/act",
                new
                {
                    connectionId = connection,
                    api = new
                    {
                        method = "POST",
                        path = "/v1/gadgets",
                        body = new { text = new string('x', 100_000) },
                    },
                }
            )
        ).Ok();
        var run = (
            await workspace.Alice.Post(
                $"/actions/create-contact/run?connectionId={connection}",
                new { input = new { email = "a@b.c", about = new string('x', 100_000) } }
            )
        ).Ok();

        Assert.Equal(30, page.Json.GetProperty("output").GetProperty("items").GetArrayLength());
        foreach (var answer in new[] { page, large, run })
        {
            var kept = (await workspace.Alice.Get("/action-run-logs/" + answer["actionRunId"])).Ok();
            Assert.False(kept.Json.TryGetProperty("output", out _));
            Assert.Equal("success", kept["status"]);
            Assert.InRange(kept.Text.Length, 1, 20_000);
        }
    }
}
