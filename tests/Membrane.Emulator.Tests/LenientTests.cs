using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Membrane.Emulator.Tests.Support;
using Xunit;

namespace Membrane.Emulator.Tests;

/// <summary>What the service ignores is ignored here, and can be refused for those who test a client.</summary>
public sealed class LenientTests : IDisposable
{
    private readonly TestWorkspace workspace = new();

    public void Dispose() => workspace.Dispose();

    /// <summary>What is made of each kind, and where.</summary>
    public static TheoryData<string, string> Kinds =>
        new()
        {
            { "/actions", """{"name":"A","type":"run-javascript"}""" },
            { "/flows", """{"name":"F","nodes":{"start":{"type":"api-trigger"}}}""" },
            { "/field-mappings", """{"name":"M","importValue":{"a":1}}""" },
            { "/data-sources", """{"name":"D","collectionKey":"contacts"}""" },
            { "/packages", """{"name":"P"}""" },
            { "/integrations", """{"name":"I","connectorId":"slack"}""" },
            { "/connectors", """{"name":"C"}""" },
            { "/customers", """{"name":"T","internalId":"t-1"}""" },
            { "/external-apps", """{"name":"X","key":"x-app"}""" },
            { "/app-event-types", """{"name":"E"}""" },
        };

    [Theory]
    [InlineData("/connections?hash=-1234567890&limit=25", "query.hash")]
    [InlineData("/actions?hash=5&hash=6", "query.hash")]
    [InlineData("/flow-instances?hash=1&flowKey=welcome", "query.hash")]
    [InlineData("/connectors?%F0%9F%99%82=1", "query.🙂")]
    [InlineData("/integrations?toString", "query.toString")]
    [InlineData("/self?name=x", "query.name")]
    public async Task An_unknown_query_parameter_is_ignored_and_logged(string path, string logged)
    {
        workspace.Host.ClearRequests();

        (await workspace.Alice.Get(path)).Ok();

        Assert.Contains(logged, Assert.Single(workspace.Host.GetRequests()).Ignored);
        var shown = (await workspace.Nobody.Get("/_emulator/requests")).Items.Single();
        Assert.Contains(logged, shown.GetProperty("ignored").EnumerateArray().Select(static one => one.GetString()));
    }

    [Fact]
    public async Task An_ignored_parameter_filters_nothing()
    {
        var all = (await workspace.Alice.Get("/integrations?limit=100")).Ok().Items.Count;

        Assert.Equal(all, (await workspace.Alice.Get("/integrations?limit=100&hash=7&name=nobody&isTest2=1")).Ok().Items.Count);
    }

    [Fact]
    public async Task A_header_or_an_option_refuses_what_is_ignored_otherwise()
    {
        using var strict = new TestWorkspace(static options => options.IsStrict = true);

        foreach (
            var (caller, header, expected) in new (Caller, string?, int)[]
            {
                (workspace.Alice, null, 200),
                (workspace.Alice, "true", 400),
                (workspace.Alice, "1", 400),
                (workspace.Alice, "false", 200),
                (strict.Alice, null, 400),
                (strict.Alice, "true", 400),
                (strict.Alice, "false", 200),
            }
        )
        {
            var answer = await Send(caller, HttpMethod.Get, "/connections?hash=1", header);

            Assert.Equal(expected, (int)answer.Status);
            if (expected == 400)
            {
                Assert.Contains("'hash'", answer.Message, StringComparison.Ordinal);
                Assert.Equal("hash", answer.Json.GetProperty("data").GetProperty("parameter").GetString());
            }
        }

        var connection = await strict.Connect("slack");
        var refused = await strict.Alice.Patch("/connections/" + connection, new { name = "N", createdAt = "2020-01-01T00:00:00.000Z" });
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("'createdAt' is read-only", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_element_is_put_back_as_it_was_read(string path, string definition)
    {
        var made = (await workspace.Manager.Post(path, definition)).Ok();
        var address = path + "/" + made["id"];
        foreach (var method in new[] { HttpMethod.Patch, HttpMethod.Put })
        {
            // External apps are changed by PATCH alone.
            if (method == HttpMethod.Put && path == "/external-apps")
            {
                continue;
            }

            var items = (await workspace.Manager.Get(path + "?limit=1000")).Ok().Items;
            foreach (var read in new[] { (await workspace.Manager.Get(address)).Ok().Json, items.Single(one => IsSame(one, made)) })
            {
                await PutBack(workspace.Manager, method, address, read);
            }
        }
    }

    [Fact]
    public async Task A_connection_is_put_back_as_it_was_read()
    {
        var works = await workspace.Connect("slack");
        var waits = (await workspace.Alice.Post("/connections", new { integrationKey = "hubspot" })).Ok()["id"];
        var broken = await workspace.Connect("github");
        (await workspace.Alice.Post($"/connections/{broken}/disconnect")).Ok();
        foreach (var id in new[] { works, waits, broken })
        {
            foreach (var method in new[] { HttpMethod.Patch, HttpMethod.Put })
            {
                await PutBack(workspace.Alice, method, "/connections/" + id, (await workspace.Alice.Get("/connections/" + id)).Ok().Json);
            }
        }
    }

    [Fact]
    public async Task An_element_at_a_connection_is_put_back_as_it_was_read()
    {
        var connection = await workspace.Connect("slack");
        var address = $"/connections/{connection}/actions/post-message";
        (await workspace.Alice.Patch(address, new { name = "Own" })).Ok();
        (await workspace.Alice.Patch(address, new { name = "Changed" })).Ok();
        foreach (var method in new[] { HttpMethod.Patch, HttpMethod.Put })
        {
            await PutBack(workspace.Alice, method, address, (await workspace.Alice.Get(address)).Ok().Json);
        }
    }

    [Theory]
    [InlineData("PATCH", "/connections/", """{"nmae":"N"}""")]
    [InlineData("PATCH", "/connections/", """{"name":5,"id":"x"}""")]
    [InlineData("PATCH", "/connections/", """{"flowRevision":"x"}""")]
    [InlineData("POST", "/connections", """{"integrationKey":"slack","createdAt":"2020-01-01T00:00:00.000Z"}""")]
    public async Task Fields_that_no_one_knows_are_refused(string method, string path, string body)
    {
        var connection = await workspace.Connect("slack");

        var answer = await workspace.Alice.Send(new HttpMethod(method), path.EndsWith('/') ? path + connection : path, body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
    }

    /// <summary>Puts the element back and looks whether only what an update changes has changed.</summary>
    private async Task PutBack(Caller caller, HttpMethod method, string address, JsonElement read)
    {
        workspace.Host.ClearRequests();
        var changed = JsonNode.Parse(read.GetRawText())!.AsObject();
        foreach (var (name, value) in new[] { ("id", "other"), ("createdAt", "2001-01-01T00:00:00.000Z"), ("tenantId", "other") })
        {
            if (changed.ContainsKey(name))
            {
                changed[name] = value;
            }
        }

        var answer = await caller.Send(method, address, changed.ToJsonString());

        Assert.True(answer.Status == HttpStatusCode.OK, $"{method} {address}: {answer.Text}");
        var after = (await caller.Get(address)).Ok().Json;
        foreach (var member in read.EnumerateObject().Where(static one => one.Name is not ("updatedAt" or "revision" or "clientAction")))
        {
            Assert.True(
                after.TryGetProperty(member.Name, out var value) && value.GetRawText() == member.Value.GetRawText(),
                $"{method} {address}: '{member.Name}' was {member.Value.GetRawText()} and is {value}."
            );
        }

        Assert.Contains("body.id", workspace.Host.GetRequests()[0].Ignored);
    }

    private static bool IsSame(JsonElement one, Answer other) => one.GetProperty("id").GetString() == other["id"];

    private static Task<Answer> Send(Caller caller, HttpMethod method, string path, string? strict)
    {
        var request = new HttpRequestMessage(method, path);
        if (strict is not null)
        {
            request.Headers.Add("membrane-emulator-strict", strict);
        }

        return caller.Send(request);
    }
}
