using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using Membrane.Emulator.Tests.Support;
using Xunit;

namespace Membrane.Emulator.Tests;

public sealed class ControlTests
{
    [Fact]
    public async Task A_fault_answers_in_place_of_the_work_as_often_as_it_says()
    {
        using var workspace = new TestWorkspace();
        (
            await workspace.Nobody.Post(
                "/_emulator/faults",
                """{"match":{"method":"get","path":"/conn*"},"status":503,"headers":{"Retry-After":"2"},"times":2}"""
            )
        ).Ok();

        var first = await workspace.Alice.Get("/connections");
        var other = await workspace.Alice.Get("/self");
        var second = await workspace.Alice.Get("/connections");
        var third = await workspace.Alice.Get("/connections");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, first.Status);
        Assert.Equal("2", first.Response.Headers.GetValues("Retry-After").Single());
        Assert.Equal("internal", first["type"]);
        Assert.Equal(HttpStatusCode.OK, other.Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, second.Status);
        Assert.Equal(HttpStatusCode.OK, third.Status);
    }

    [Fact]
    public async Task A_fault_can_send_any_body()
    {
        using var workspace = new TestWorkspace();
        workspace.Host.AddFault(new Fault { Status = 502, Body = "<html>proxy</html>" });

        var answer = await workspace.Alice.Get("/connections");

        Assert.Equal("<html>proxy</html>", answer.Text);
        Assert.Equal("text/html", answer.Response.Content.Headers.ContentType!.MediaType);
        workspace.Host.ClearFaults();
        Assert.Equal(HttpStatusCode.OK, (await workspace.Alice.Get("/connections")).Status);
    }

    [Theory]
    [InlineData(FaultDrop.Before, 0)]
    [InlineData(FaultDrop.After, 1)]
    [InlineData(FaultDrop.MidBody, 1)]
    public async Task A_cut_connection_has_done_the_work_or_not(FaultDrop drop, int sessions)
    {
        using var workspace = new TestWorkspace();
        workspace.Host.AddFault(
            new Fault
            {
                Method = "POST",
                Drop = drop,
                Times = 1,
            }
        );

        await Assert.ThrowsAsync<HttpRequestException>(() =>
            workspace.Alice.Post("/agent/sessions", new { prompt = "Build a connector for Notion" })
        );

        Assert.Equal(sessions, (await workspace.Alice.Get("/agent/sessions")).Ok().Items.Count);
    }

    [Fact]
    public async Task A_delay_ends_by_itself()
    {
        using var workspace = new TestWorkspace();
        workspace.Host.AddFault(
            new Fault
            {
                DelayMilliseconds = 1,
                JitterMilliseconds = 1,
                Times = 1,
            }
        );

        (await workspace.Alice.Get("/self")).Ok();
    }

    [Fact]
    public async Task A_request_that_is_held_back_goes_on_when_the_faults_are_cleared()
    {
        using var workspace = new TestWorkspace();
        workspace.Host.AddFault(
            new Fault
            {
                Path = "/self",
                DelayMilliseconds = 600_000,
                Times = 1,
            }
        );

        var held = workspace.Alice.Get("/self");
        var other = (await workspace.Alice.Get("/connections")).Ok();
        Assert.Empty(other.Items);
        Assert.False(held.IsCompleted);
        workspace.Host.ClearFaults();

        (await held).Ok();
    }

    [Theory]
    [InlineData(RetryAfterForm.Seconds)]
    [InlineData(RetryAfterForm.Date)]
    public async Task A_rate_limit_lets_so_many_through(RetryAfterForm form)
    {
        using var workspace = new TestWorkspace();
        await workspace.Alice.Get("/self");
        workspace.Host.AddFault(new Fault { RequestsPerSecond = 3, RetryAfter = form });

        var admitted = -1;
        Answer answer;
        do
        {
            answer = await workspace.Alice.Get("/self");
            admitted++;
        } while (answer.Status == HttpStatusCode.OK && admitted < 1000);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.Status);
        Assert.InRange(admitted, 3, 999);
        Assert.Equal("rate_limit_exceeded", answer["key"]);
        Assert.Equal(form == RetryAfterForm.Date, answer.Response.Headers.RetryAfter!.Date is not null);
    }

    [Fact]
    public async Task A_slow_body_arrives_whole_and_a_wrong_content_type_is_sent()
    {
        using var workspace = new TestWorkspace();
        workspace.Host.AddFault(
            new Fault
            {
                Path = "/self",
                BodyBytesPerSecond = 400,
                ContentType = "text/plain",
                Times = 1,
            }
        );

        var answer = await workspace.Alice.Get("/self");

        Assert.Equal("alice", answer["internalId"]);
        Assert.Equal("text/plain", answer.Response.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("""{"status":99}""")]
    [InlineData("""{"drop":"sometimes"}""")]
    [InlineData("""{"unknown":1}""")]
    [InlineData("""{"probability":2}""")]
    [InlineData("nonsense")]
    public async Task A_fault_that_is_none_is_refused(string body)
    {
        using var workspace = new TestWorkspace();

        Assert.Equal(HttpStatusCode.BadRequest, (await workspace.Nobody.Post("/_emulator/faults", body)).Status);
    }

    [Fact]
    public async Task The_request_log_tells_what_arrived_without_secrets()
    {
        using var workspace = new TestWorkspace();
        var token = Token.Tenant("alice");
        await workspace
            .As(token)
            .Post("/connections?x=1&token=secret-1", """{"integrationKey":"slack","credentials":{"apiKey":"secret-2"},"name":"seen"}""");

        var log = (await workspace.Nobody.Get("/_emulator/requests")).Ok();

        var entry = Assert.Single(log.Items);
        Assert.Equal("POST", entry.GetProperty("method").GetString());
        Assert.Equal("/connections", entry.GetProperty("path").GetString());
        Assert.Equal(200, entry.GetProperty("status").GetInt32());
        Assert.Equal("createConnection", entry.GetProperty("operationId").GetString());
        Assert.Contains("seen", entry.GetProperty("body").GetString(), StringComparison.Ordinal);
        foreach (var secret in new[] { token, token.Split('.')[2], "secret-1", "secret-2" })
        {
            Assert.DoesNotContain(secret, log.Text, StringComparison.Ordinal);
        }

        await workspace.Nobody.Delete("/_emulator/requests");
        Assert.Empty(workspace.Host.GetRequests());
    }

    [Fact]
    public async Task The_request_log_forgets_the_oldest()
    {
        using var workspace = new TestWorkspace(options => options.RequestLogCapacity = 3);
        for (var number = 0; number < 5; number++)
        {
            await workspace.Alice.Get($"/self?n={number}");
        }

        Assert.Equal(new[] { "n=2", "n=3", "n=4" }, workspace.Host.GetRequests().Select(request => request.Query));
    }

    [Fact]
    public async Task Reset_goes_back_to_the_catalog()
    {
        using var workspace = new TestWorkspace();
        await workspace.Connect("slack");
        workspace.Host.AddFault(new Fault { Path = "/nowhere", Status = 500 });

        (await workspace.Nobody.Post("/_emulator/reset")).Ok();

        Assert.Empty((await workspace.Alice.Get("/connections")).Ok().Items);
        Assert.Single((await workspace.Alice.Get("/search?q=slack&elementType=connector")).Ok().Items);
        Assert.Empty(workspace.Host.GetFaults());
        Assert.Equal(2, workspace.Host.GetRequests().Count);
    }

    [Theory]
    [InlineData("""{"credentials":{"oauth":{"clientId":"a","value":"S3CRET"}},"name":"seen"}""", true)]
    [InlineData("""{"name":"seen","token":["one","S3CRET"]}""", true)]
    [InlineData("""{"name":"seen","credentials":{"text":"}","other":"S3CRET"}}""", true)]
    [InlineData("""{"name":"seen","deep":[{"apiKey":{"a":{"b":"S3CRET"}}}]}""", true)]
    [InlineData("""{"name":"seen","credentials":{"oauth":{"clientId":"a"},"value":"S3CRET"}""", true)]
    [InlineData("""{"credentials":{"oauth":{"clientId":"a"},"value":"S3CRET"}""", false)]
    public async Task However_deep_a_secret_is_the_request_log_does_not_tell_it(string body, bool nameIsSeen)
    {
        using var workspace = new TestWorkspace();
        await workspace.Alice.Post("/connections", body);

        var log = (await workspace.Nobody.Get("/_emulator/requests")).Ok();

        var shown = Assert.Single(log.Items).GetProperty("body").GetString()!;
        Assert.DoesNotContain("S3CRET", log.Text, StringComparison.Ordinal);
        Assert.Contains("(redacted)", shown, StringComparison.Ordinal);
        Assert.Equal(nameIsSeen, shown.Contains("seen", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("X-Api-Key: S3CRET", "", "", "headers.X-Api-Key")]
    [InlineData("X-Hub-Signature-256: S3CRET", "", "", "headers.X-Hub-Signature-256")]
    [InlineData("X-Other: Bearer S3CRET-abcdefgh", "", "", "headers.X-Other")]
    [InlineData("", "apikey=S3CRET", "", "query.apikey")]
    [InlineData("", "X-Amz-Signature=S3CRET&limit=1", "", "query.X-Amz-Signature")]
    [InlineData("", "client%5Fsecret=S3CRET", "", "query.client_secret")]
    [InlineData("", "x=pat-S3CRET", "", "query.x")]
    [InlineData("", "", "{\"dbPassword\":\"S3CRET\"}", "body.dbPassword")]
    [InlineData("", "", "{\"a\":[{\"signingKey\":\"S3CRET\"}]}", "body.a[].signingKey")]
    [InlineData("", "", "{\"passphrase\":{\"a\":\"S3CRET\"}}", "body.passphrase")]
    [InlineData("", "", "{\"note\":\"sk_live_S3CRETabcdefgh\"}", "body.note")]
    [InlineData("", "", "{\"list\":[\"ghp_S3CRETabcdefghijklmnop\"]}", "body.list[]")]
    [InlineData("", "", "{\"note\":\"S3CRETa8sdf7A9s8df7a98sdf7a98sdf7Q\"}", "body.note")]
    [InlineData("", "", "{\"refresh_token\":\"S3CRET", "body.refresh_token")]
    public async Task The_request_log_hides_secrets_by_one_rule_and_says_which(string header, string query, string body, string name)
    {
        using var workspace = new TestWorkspace();
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(workspace.Host.BaseUri, "connections?" + query));
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (header.Length > 0)
        {
            var parts = header.Split(": ");
            request.Headers.TryAddWithoutValidation(parts[0], parts[1]);
        }

        (await client.SendAsync(request)).Dispose();

        var log = (await workspace.Nobody.Get("/_emulator/requests")).Ok();
        Assert.DoesNotContain("S3CRET", log.Text, StringComparison.Ordinal);
        Assert.Equal(name, Assert.Single(Assert.Single(workspace.Host.GetRequests()).Redacted));
        Assert.Equal(name, Assert.Single(Assert.Single(log.Items).GetProperty("redacted").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task The_request_log_shows_what_is_no_secret()
    {
        using var workspace = new TestWorkspace();
        const string Body =
            """{"key":"a-key","integrationKey":"slack","maxTokens":5,"nextPageToken":"next","hasSecret":true,"token":null,"id":"0123456789abcdef0123456789abcdef"}""";
        await workspace.Nobody.Post("/connections?tenantKey=ada&cursor=c1", Body);

        var shown = Assert.Single(workspace.Host.GetRequests());
        Assert.Equal(Body, shown.Body);
        Assert.Equal("tenantKey=ada&cursor=c1", shown.Query);
        Assert.Empty(shown.Redacted);
    }

    [Fact]
    public async Task The_public_development_token_is_refused_where_the_workspace_has_a_secret_of_its_own()
    {
        using var open = new TestWorkspace();
        using var own = new TestWorkspace(options => options.WorkspaceSecret = "a-secret-of-its-own-that-is-long-enough");

        Assert.Equal(HttpStatusCode.OK, (await open.As(EmulatorOptions.DefaultAccountToken).Get("/org-workspaces")).Status);
        var refused = await own.As(EmulatorOptions.DefaultAccountToken).Get("/org-workspaces");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.Status);
        Assert.Contains("development token", refused.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await own.As(Token.Tenant("alice")).Get("/self")).Status);
        Assert.Equal(HttpStatusCode.OK, (await own.Alice.Get("/self")).Status);
    }

    [Fact]
    public async Task A_body_that_is_cut_off_tells_no_secret()
    {
        using var workspace = new TestWorkspace();
        await workspace.Alice.Post(
            "/connections",
            $$"""{"name":"seen","credentials":{"list":["S3CRET",{"a":1}],"text":"S3CRET"},"filling":"{{new string('x', 20_000)}}"}"""
        );

        var log = (await workspace.Nobody.Get("/_emulator/requests")).Ok();

        Assert.DoesNotContain("S3CRET", log.Text, StringComparison.Ordinal);
        Assert.Contains("seen", log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "reset")]
    [InlineData("POST", "clock")]
    [InlineData("GET", "requests")]
    public async Task A_page_of_another_origin_controls_nothing(string method, string operation)
    {
        using var workspace = new TestWorkspace();
        async Task<HttpStatusCode> From(string origin)
        {
            var request = new HttpRequestMessage(new HttpMethod(method), "/_emulator/" + operation);
            request.Headers.Add("Origin", origin);
            if (method == "POST")
            {
                request.Content = new StringContent("{}");
            }

            return (await workspace.Nobody.Send(request)).Status;
        }

        Assert.Equal(HttpStatusCode.Forbidden, await From("https://evil.example"));
        Assert.Equal(HttpStatusCode.Forbidden, await From("null"));
        Assert.Equal(HttpStatusCode.Forbidden, await From("http://localhost:3000"));
        Assert.NotEqual(HttpStatusCode.Forbidden, await From(workspace.Host.BaseUri.AbsoluteUri.TrimEnd('/')));
    }

    [Fact]
    public async Task Nobody_sees_a_workspace_without_its_catalog_while_it_is_reset()
    {
        using var workspace = new TestWorkspace();
        var over = false;
        var readers = Enumerable
            .Range(0, 6)
            .Select(_ =>
                Task.Run(async () =>
                {
                    var seen = new System.Collections.Generic.HashSet<HttpStatusCode>();
                    while (!System.Threading.Volatile.Read(ref over))
                    {
                        seen.Add((await workspace.Alice.Get("/integrations/slack")).Status);
                    }

                    return seen.ToArray();
                })
            )
            .ToArray();
        for (var round = 0; round < 100; round++)
        {
            (await workspace.Nobody.Post("/_emulator/reset")).Ok();
        }

        System.Threading.Volatile.Write(ref over, true);
        Assert.Equal(new[] { HttpStatusCode.OK }, (await Task.WhenAll(readers)).SelectMany(seen => seen).Distinct());
    }
}
