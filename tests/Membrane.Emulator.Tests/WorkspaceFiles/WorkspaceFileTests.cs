using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using Membrane.Emulator.Tests.Support;
using Xunit;

namespace Membrane.Emulator.Tests.WorkspaceFiles;

public sealed class WorkspaceFileTests
{
    private const string Pin = "membrane/integrations/slack/actions/pin/pin.yaml";
    private const string Post = "membrane/integrations/slack/actions/post-message/post-message.yaml";

    private static readonly string[] Kinds =
    {
        "actions",
        "flows",
        "data-sources",
        "field-mappings",
        "packages",
        "app-event-types",
        "connectors",
        "external-apps",
        "integrations",
    };

    /// <summary>A workspace with something of every kind.</summary>
    private static async Task<TestWorkspace> Full()
    {
        var workspace = new TestWorkspace();
        var manager = workspace.Manager;
        (
            await manager.Post(
                "/actions",
                new
                {
                    key = "pin",
                    name = "Pin: it's #1\nreally",
                    integrationKey = "slack",
                    type = "api-request-to-external-app",
                    config = new { request = new { method = "POST", path = "/pins" } },
                    inputSchema = new
                    {
                        type = "object",
                        properties = new
                        {
                            id = new { type = "string", pattern = "^[a-z]+: .*$" },
                            n = new { type = "number", minimum = 0.50 },
                        },
                    },
                }
            )
        ).Ok();
        (
            await manager.Post(
                "/actions",
                new
                {
                    key = "no",
                    name = "null",
                    description = "Lines\n  indented\n\nand more \n",
                    meta = new
                    {
                        a = new object?[]
                        {
                            1,
                            "1",
                            true,
                            "true",
                            null,
                            "~",
                            "",
                            " x",
                            "1e3",
                            12345678901234567890m,
                            "007",
                            "0x1F",
                            "2026-01-01",
                            "- a",
                            "é😀",
                            "a: b",
                            "key #x",
                            "*star",
                            "&amp",
                            "!tag",
                            "%x",
                            "@x",
                            "`x",
                        },
                        empty = new { },
                        none = Array.Empty<int>(),
                    },
                }
            )
        ).Ok();
        (
            await manager.Post(
                "/data-sources",
                new
                {
                    key = "contacts",
                    name = "Contacts",
                    collectionKey = "contacts",
                }
            )
        ).Ok();
        (
            await manager.Post(
                "/field-mappings",
                new
                {
                    key = "names",
                    name = "Names",
                    dataSourceKey = "contacts",
                    importValue = new { name = "$.name" },
                }
            )
        ).Ok();
        (
            await manager.Post(
                "/flows",
                new
                {
                    key = "sync",
                    name = "Sync",
                    nodes = new { start = new { type = "manual", links = Array.Empty<object>() } },
                }
            )
        ).Ok();
        (
            await manager.Post(
                "/packages",
                new
                {
                    key = "all",
                    name = "All",
                    elements = Array.Empty<object>(),
                }
            )
        ).Ok();
        (
            await manager.Post(
                "/app-event-types",
                new
                {
                    key = "changed",
                    name = "Changed",
                    schema = new { type = "object" },
                }
            )
        ).Ok();
        (
            await manager.Post(
                "/external-apps",
                new
                {
                    key = "own-app",
                    name = "Own app",
                    appUri = "https://own.example",
                }
            )
        ).Ok();
        (await manager.Post("/connectors", new { key = "own", name = "Own" })).Ok();
        (
            await manager.Post(
                "/integrations",
                new
                {
                    key = "own",
                    name = "Own",
                    connectorKey = "own",
                    parameters = new { region = "eu" },
                }
            )
        ).Ok();
        return workspace;
    }

    [Fact]
    public async Task What_is_exported_is_everything_of_the_workspace_itself_and_importing_it_changes_nothing()
    {
        using var workspace = await Full();
        var connection = await workspace.Connect("slack");
        (
            await workspace.Alice.Post(
                "/actions",
                new
                {
                    key = "mine",
                    name = "Mine",
                    connectionId = connection,
                    type = "run-javascript",
                }
            )
        ).Ok();

        var files = await Files.Export(workspace);

        Assert.Equal(Kinds.Order(), files.Texts.Keys.SelectMany(name => name.Split('/')).Intersect(Kinds).Order());
        Assert.DoesNotContain(
            files.Texts.Keys,
            name => name.Contains("mine", StringComparison.Ordinal) || name.Contains("connections", StringComparison.Ordinal)
        );
        Assert.Empty(Files.Changes(await files.Import()));
        Assert.Equal(files.Texts, (await Files.Export(workspace)).Texts);
    }

    [Fact]
    public async Task An_export_goes_into_another_workspace_whole()
    {
        using var source = await Full();
        using var target = new TestWorkspace();
        var files = await Files.Export(source);

        var job = await Files.Import(target, "?diff=true", files.Zip());

        Assert.Contains("created " + Pin, Files.Changes(job));
        Assert.Equal(files.Texts, (await Files.Export(target)).Texts);
    }

    [Fact]
    public async Task A_simplified_export_names_by_key_and_is_imported_as_well()
    {
        using var workspace = await Full();

        var files = await Files.Export(workspace, "?simplified=true");

        Assert.DoesNotContain(files.Texts.Values, text => text.Contains("uuid", StringComparison.OrdinalIgnoreCase));
        Assert.Contains("connectorKey: own", files.Texts["membrane/integrations/own/own.yaml"], StringComparison.Ordinal);
        Assert.Empty(Files.Changes(await files.Import()));
    }

    [Fact]
    public async Task A_change_of_one_field_is_shown_as_just_that_then_made_and_then_gone()
    {
        using var workspace = await Full();
        var files = await Files.Export(workspace);
        files.Replace(Pin, "path: /pins", "path: /pins/add");

        var rehearsed = Files.Changes(await files.Import("?dryRun=true&diff=true"));
        var untouched = (await workspace.Manager.Get("/actions/pin?integrationKey=slack")).Ok().Json;
        var made = Files.Changes(await files.Import());
        var changed = (await workspace.Manager.Get("/actions/pin?integrationKey=slack")).Ok().Json;

        Assert.Equal(new[] { $"updated {Pin}: config.request.path" }, rehearsed);
        Assert.Equal("/pins", untouched.GetProperty("config").GetProperty("request").GetProperty("path").GetString());
        Assert.Equal(rehearsed, made);
        Assert.Equal("/pins/add", changed.GetProperty("config").GetProperty("request").GetProperty("path").GetString());
        Assert.Equal(untouched.GetProperty("id").GetString(), changed.GetProperty("id").GetString());
        Assert.Empty(Files.Changes(await files.Import("?dryRun=true&diff=true")));
    }

    [Fact]
    public async Task What_the_files_lack_is_archived_unless_the_import_is_partial_and_comes_back_with_its_file()
    {
        using var workspace = await Full();
        var files = await Files.Export(workspace);
        var text = files.Texts[Pin];
        files.Texts.Remove(Pin);
        var id = (await workspace.Manager.Get("/actions/pin?integrationKey=slack")).Ok()["id"];

        Assert.Empty(Files.Changes(await files.Import("?diff=true&partial=true")));
        Assert.Equal(new[] { "archived " + Pin }, Files.Changes(await files.Import()));
        Assert.NotEqual("", (await workspace.Manager.Get("/actions/" + id)).Ok()["archivedAt"]);
        files.Texts[Pin] = text;
        Assert.Equal(new[] { "created " + Pin }, Files.Changes(await files.Import()));
        Assert.False((await workspace.Manager.Get("/actions/" + id)).Ok().Json.TryGetProperty("archivedAt", out _));
    }

    [Fact]
    public async Task An_integration_with_connections_is_archived_by_force_alone()
    {
        using var workspace = await Full();
        await workspace.Connect("slack");
        var files = await Files.Export(workspace);
        foreach (
            var name in files.Texts.Keys.Where(name => name.StartsWith("membrane/integrations/slack/", StringComparison.Ordinal)).ToArray()
        )
        {
            files.Texts.Remove(name);
        }

        var problem = Files.Problem(await files.Import());
        var after = (await Files.Export(workspace)).Texts.Keys.ToArray();
        var forced = Files.Changes(await files.Import("?force=true"));

        Assert.StartsWith("membrane/integrations/slack/slack.yaml: ", problem, StringComparison.Ordinal);
        Assert.Contains(Pin, after);
        Assert.Contains("archived membrane/integrations/slack/slack.yaml", forced);
        Assert.Contains("archived " + Pin, forced);
    }

    [Fact]
    public async Task A_new_file_makes_an_element_that_runs()
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("slack");
        var files = await Files.Export(workspace);
        files.Texts["membrane/integrations/slack/actions/create-pin/create-pin.yaml"] =
            "name: Create pin\ntype: run-javascript\nconfig: {}\n";

        Assert.Equal(
            new[] { "created membrane/integrations/slack/actions/create-pin/create-pin.yaml" },
            Files.Changes(await files.Import())
        );

        Assert.Empty(Files.Changes(await files.Import()));
        Assert.Equal(HttpStatusCode.OK, (await workspace.Alice.Get("/actions/create-pin?connectionId=" + connection)).Status);
    }

    [Fact]
    public async Task The_source_files_of_a_connector_come_and_go_with_it()
    {
        const string Source = "membrane/connectors/own/1.0.0/src/main.js";
        using var workspace = await Full();
        var files = await Files.Export(workspace);
        files.Texts[Source] = "export default () => 1\n";

        Assert.Equal(new[] { "updated membrane/connectors/own/own.yaml: 1.0.0/src/main.js" }, Files.Changes(await files.Import()));
        Assert.Equal(files.Texts, (await Files.Export(workspace)).Texts);
        files.Texts.Remove(Source);
        Assert.Empty(Files.Changes(await files.Import("?partial=true&diff=true")));
        Assert.Single(Files.Changes(await files.Import()));
        Assert.DoesNotContain(Source, (await Files.Export(workspace)).Texts.Keys);
    }

    [Theory]
    [InlineData(Pin, "key: other\n", "the key is 'other'")]
    [InlineData(Pin, "name: [1]\n", "'name' must be a string")]
    [InlineData(Pin, "config: text\n", "'config' must be an object")]
    [InlineData(Pin, "surprise: 1\n", "no field 'surprise'")]
    [InlineData(Pin, "- a\n", "mapping")]
    [InlineData(Pin, "", "nothing in it")]
    [InlineData(Pin, "a: [", "line ")]
    [InlineData(Pin, "name: a\nname: b\n", "twice")]
    [InlineData(Pin, "meta: &x {a: 1}\nconfig: *x\n", "anchor")]
    [InlineData(Pin, "meta: !!binary aGk=\n", "tag")]
    [InlineData(Pin, "meta: {a: .inf}\n", "not a JSON number")]
    [InlineData(Pin, "meta: {<<: {a: 1}}\n", "merging")]
    [InlineData(Pin, "name: a\n---\nname: b\n", "more than one document")]
    [InlineData(Pin, "parentUuid: 00000000-0000-0000-0000-000000000000\n", "There is no action")]
    [InlineData("membrane/things/a/a.yaml", "name: a\n", "no element type 'things'")]
    [InlineData("membrane/connections/a/a.yaml", "name: a\n", "no element type 'connections'")]
    [InlineData("membrane/integrations/slack/connectors/a/a.yaml", "name: a\n", "does not belong to an integration")]
    [InlineData("membrane/integrations/nobody/actions/a/a.yaml", "name: a\n", "membrane/integrations/nobody/nobody.yaml")]
    [InlineData("membrane/actions/p%69n/p%69n.yaml", "name: a\n", "not written as the key")]
    [InlineData("membrane/connectors/nobody/1.0.0/src/a.js", "x", "membrane/connectors/nobody/nobody.yaml")]
    [InlineData("membrane/readme.md", "x", "not a file of a workspace")]
    [InlineData("readme.md", "x", "not a file of a workspace")]
    public async Task A_wrong_file_is_named_and_nothing_is_imported(string name, string text, string expected)
    {
        using var workspace = await Full();
        var files = await Files.Export(workspace);
        files.Texts[Post] += "meta:\n  note: Changed.\n";
        files.Texts[name] = text;

        var problem = Files.Problem(await files.Import());

        Assert.StartsWith(name + ": ", problem, StringComparison.Ordinal);
        Assert.Contains(expected, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("Changed.", (await Files.Export(workspace)).Texts[Post], StringComparison.Ordinal);
        Assert.Empty(workspace.Reports);
    }

    [Theory]
    [InlineData("../a.yaml")]
    [InlineData("membrane/../../a.yaml")]
    [InlineData("/a.yaml")]
    [InlineData("membrane/actions/a\\..\\b/a.yaml")]
    public async Task A_hostile_name_is_refused(string name)
    {
        using var workspace = new TestWorkspace();
        var files = await Files.Export(workspace);
        files.Texts[name] = "name: a\n";

        Assert.Contains("Nothing of it is used", Files.Problem(await files.Import()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nesting_without_end_is_refused()
    {
        using var workspace = new TestWorkspace();
        var files = new Files(workspace)
        {
            Texts = { ["membrane/actions/a/a.yaml"] = "meta: " + new string('[', 5000) + new string(']', 5000) },
        };

        Assert.Contains("nested deeper", Files.Problem(await files.Import("?partial=true")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_form_or_no_zip_is_refused()
    {
        using var workspace = new TestWorkspace();

        Assert.Equal(HttpStatusCode.BadRequest, (await workspace.Manager.Post("/import?dryRun=true", new { })).Status);
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (
                await workspace.Manager.Send(
                    new HttpRequestMessage(HttpMethod.Post, "/import")
                    {
                        Content = new MultipartFormDataContent { { new StringContent("x"), "other" } },
                    }
                )
            ).Status
        );
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (
                await workspace.Manager.Send(
                    new HttpRequestMessage(HttpMethod.Post, "/import")
                    {
                        Content = new MultipartFormDataContent { { new StringContent("true"), "dryRun" } },
                    }
                )
            ).Status
        );
        Assert.Contains(
            "zip",
            Files.Problem(await Files.Import(workspace, "", Encoding.ASCII.GetBytes("no zip at all"))),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_form_may_ask_for_the_rehearsal_too()
    {
        using var workspace = await Full();
        var files = await Files.Export(workspace);
        files.Replace(Pin, "path: /pins", "path: /x");
        var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(files.Zip()), "file", "w.zip" },
            { new StringContent("true"), "dryRun" },
        };

        var trigger = (
            await workspace.Manager.Send(new HttpRequestMessage(HttpMethod.Post, "/import?dryRun=false") { Content = form })
        ).Ok();

        Answer job;
        do
        {
            job = (await workspace.Nobody.Get($"/async-requests/{trigger["jobId"]}?accessKey={trigger["accessKey"]}")).Ok();
        } while (job["status"] is "pending" or "active");

        Assert.Single(Files.Changes(job));
        Assert.Contains("path: /pins", (await Files.Export(workspace)).Texts[Pin], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_managers_may_and_only_who_has_the_access_key_sees_a_job()
    {
        using var workspace = new TestWorkspace();
        var trigger = (await workspace.Manager.Get("/export")).Ok();

        Assert.Equal(HttpStatusCode.Forbidden, (await workspace.Alice.Get("/export")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Files.Post(workspace.Alice, "", new Files(workspace).Zip())).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await workspace.Manager.Get($"/async-requests/{trigger["jobId"]}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await workspace.Manager.Get($"/async-requests/{trigger["jobId"]}?accessKey=x")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await workspace.Manager.Get($"/async-requests/{trigger["jobId"]}/file?accessKey=x")).Status);
        Assert.DoesNotContain(
            workspace.Host.GetRequests(),
            request => request.Query?.Contains(trigger["accessKey"], StringComparison.Ordinal) == true
        );
    }

    [Fact]
    public async Task What_was_imported_outlives_the_process()
    {
        var state = TestFiles.Path(".state");
        using (var workspace = new TestWorkspace(options => options.StatePath = state))
        {
            var files = await Files.Export(workspace);
            files.Texts["membrane/flows/kept/kept.yaml"] = "name: Kept\n";
            Assert.Single(Files.Changes(await files.Import()));
        }

        using var again = new TestWorkspace(options => options.StatePath = state);

        Assert.Contains("membrane/flows/kept/kept.yaml", (await Files.Export(again)).Texts.Keys);
    }
}
