using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Tests.Support;
using Xunit;

namespace Membrane.Emulator.Tests;

/// <summary>Pages of other origins that call the API from a browser.</summary>
public sealed class CrossOriginTests : IDisposable
{
    private const string Page = "http://localhost:5173";
    private const string Named = "https://app.example.com";
    private const string Foreign = "https://elsewhere.example";

    private static readonly string[] Verbs = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    private readonly TestWorkspace workspace = new(static options => options.AllowedOrigins.Add(Named));

    public void Dispose() => workspace.Dispose();

    [Theory]
    [InlineData("/connections")]
    [InlineData("/there/is/no/such/operation")]
    [InlineData("/act")]
    [InlineData("/sse/workspace")]
    [InlineData("/.well-known/oauth-authorization-server")]
    [InlineData("/oauth/token")]
    [InlineData("/oauth/register")]
    [InlineData("/async-requests/x")]
    [InlineData("/mcp/integrate-anything")]
    public async Task A_preflight_is_answered_before_token_look_up_and_faults(string path)
    {
        workspace.Host.AddFault(new Fault { Status = 503, Probability = 1 });
        foreach (var verb in Verbs)
        {
            var answer = await Preflight(path, Page, verb);

            Assert.Equal(HttpStatusCode.NoContent, answer.Status);
            Assert.Equal("", answer.Text);
            Assert.Equal(Page, Header(answer, "Access-Control-Allow-Origin"));
            Assert.Contains(verb, List(answer, "Access-Control-Allow-Methods"));
            Assert.Superset(
                new HashSet<string> { "authorization", "content-type", "membrane-api-version", "x-membrane-session-id" },
                List(answer, "Access-Control-Allow-Headers").ToHashSet()
            );
            Assert.Contains("Origin", List(answer, "Vary"));
            Assert.Null(Header(answer, "Access-Control-Allow-Credentials"));
        }

        Assert.All(workspace.Host.GetRequests(), static request => Assert.Equal(204, request.Status));
    }

    [Theory]
    [InlineData("http://localhost", true)]
    [InlineData("http://localhost:1", true)]
    [InlineData("https://localhost:8443", true)]
    [InlineData("http://127.0.0.1:3000", true)]
    [InlineData("http://[::1]:3000", true)]
    [InlineData(Named, true)]
    [InlineData("http://app.example.com", false)]
    [InlineData("https://app.example.com:8443", false)]
    [InlineData("https://sub.app.example.com", false)]
    [InlineData("http://localhost.elsewhere.example", false)]
    [InlineData("http://127.0.0.1.elsewhere.example:80", false)]
    [InlineData("http://127.0.0.1@elsewhere.example", false)]
    [InlineData("ftp://localhost", false)]
    [InlineData("null", false)]
    [InlineData("localhost:3000", false)]
    [InlineData(Foreign, false)]
    public async Task Pages_of_this_machine_and_named_ones_are_let_in_and_no_others(string origin, bool isAllowed)
    {
        var preflight = await Preflight("/connections", origin, "GET");
        var answer = await Send(workspace.Alice, HttpMethod.Get, "/connections", origin);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(isAllowed ? origin : null, Header(answer, "Access-Control-Allow-Origin"));
        Assert.Equal(isAllowed ? origin : null, Header(preflight, "Access-Control-Allow-Origin"));
        Assert.Equal(isAllowed ? HttpStatusCode.NoContent : HttpStatusCode.Forbidden, preflight.Status);
        if (!isAllowed)
        {
            Assert.Contains("--allow-origin", preflight.Message, StringComparison.Ordinal);
            Assert.Contains(origin, preflight.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_page_can_read_every_answer()
    {
        var tooLarge = new string('x', (10 * 1024 * 1024) + 1);
        var answers = new Dictionary<int, Answer>
        {
            [200] = await Send(workspace.Alice, HttpMethod.Get, "/connections", Page),
            [400] = await Send(workspace.Alice, HttpMethod.Get, "/connections?limit=none", Page),
            [401] = await Send(workspace.Nobody, HttpMethod.Get, "/connections", Page),
            [403] = await Send(workspace.Alice, HttpMethod.Get, "/customers", Page),
            [404] = await Send(workspace.Alice, HttpMethod.Get, "/no/such/path", Page),
            [405] = await Send(workspace.Alice, HttpMethod.Get, "/mcp/integrate-anything", Page),
            [413] = await Send(workspace.Alice, HttpMethod.Post, "/act", Page, tooLarge),
            [501] = await NotBuilt(),
        };
        workspace.Host.AddFault(new Fault { RequestsPerSecond = 1, Path = "/connectors" });
        await Send(workspace.Alice, HttpMethod.Get, "/connectors", Page);
        answers[429] = await Send(workspace.Alice, HttpMethod.Get, "/connectors", Page);
        workspace.Host.AddFault(
            new Fault
            {
                Status = 502,
                Body = "<h1>Bad gateway</h1>",
                Path = "/integrations",
            }
        );
        answers[502] = await Send(workspace.Alice, HttpMethod.Get, "/integrations", Page);

        Assert.All(
            answers,
            static answer =>
            {
                Assert.Equal(answer.Key, (int)answer.Value.Status);
                Assert.Equal(Page, Header(answer.Value, "Access-Control-Allow-Origin"));
                Assert.Contains("Origin", List(answer.Value, "Vary"));
                Assert.Equal(["Retry-After", "WWW-Authenticate"], List(answer.Value, "Access-Control-Expose-Headers"));
                Assert.Null(Header(answer.Value, "Access-Control-Allow-Credentials"));
            }
        );
        Assert.NotNull(Header(answers[429], "Retry-After"));
    }

    [Fact]
    public async Task Pages_and_control_of_the_emulator_are_read_by_no_page()
    {
        var request = (await workspace.Alice.Post("/connection-requests", new { integrationKey = "slack" })).Ok();
        foreach (var origin in new[] { Page, Named, Foreign })
        {
            foreach (var path in new[] { new Uri(request["url"]).PathAndQuery, "/_emulator/requests", "/_emulator/clock" })
            {
                Assert.Null(Header(await Send(workspace.Nobody, HttpMethod.Get, path, origin), "Access-Control-Allow-Origin"));
            }
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await Preflight("/_emulator/reset", Page, "POST")).Status);
    }

    [Fact]
    public async Task Answers_to_no_page_say_that_pages_get_others()
    {
        var answer = (await workspace.Alice.Get("/connections")).Ok();

        Assert.Contains("Origin", List(answer, "Vary"));
        Assert.Null(Header(answer, "Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_page_of_a_named_origin_speaks_MCP_and_one_of_another_does_not()
    {
        const string Ping = """{"jsonrpc":"2.0","id":1,"method":"ping"}""";

        var preflight = await Preflight("/mcp/integrate-anything", Named, "POST");
        Assert.Contains("mcp-protocol-version", List(preflight, "Access-Control-Allow-Headers"));
        Assert.Equal(HttpStatusCode.OK, (await Send(workspace.Alice, HttpMethod.Post, "/mcp/integrate-anything", Named, Ping)).Status);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await Send(workspace.Alice, HttpMethod.Post, "/mcp/integrate-anything", Foreign, Ping)).Status
        );
    }

    [Fact]
    public async Task A_page_of_a_named_origin_can_neither_consent_nor_register()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await Send(workspace.Nobody, HttpMethod.Post, "/oauth/register", Named, "{}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Send(workspace.Nobody, HttpMethod.Post, "/oauth/authorize", Named, "{}")).Status);
    }

    [Fact]
    public async Task A_page_of_the_Internet_may_call_this_machine_where_its_origin_is_named()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/connections");
        request.Headers.Add("Origin", Named);
        request.Headers.Add("Access-Control-Request-Method", "GET");
        request.Headers.Add("Access-Control-Request-Private-Network", "true");

        Assert.Equal("true", Header(await workspace.Nobody.Send(request), "Access-Control-Allow-Private-Network"));
        Assert.Null(Header(await Preflight("/connections", Named, "GET"), "Access-Control-Allow-Private-Network"));
    }

    [Theory]
    [InlineData("https://app.example.com/", "write 'https://app.example.com'")]
    [InlineData("https://app.example.com/page?x=1#y", "write 'https://app.example.com'")]
    [InlineData("https://ann:secret@app.example.com", "write 'https://app.example.com'")]
    [InlineData("http://[::2]:8080/page", "write 'http://[::2]:8080'")]
    [InlineData("app.example.com", "is not an origin")]
    [InlineData("*", "is not an origin")]
    [InlineData("https://*.example.com", "is not an origin")]
    [InlineData("https://", "is not an origin")]
    [InlineData("", "is not an origin")]
    public void What_is_no_origin_is_refused_with_the_right_form(string text, string advice)
    {
        var options = new EmulatorOptions();
        options.AllowedOrigins.Add(text);

        var error = Assert.Throws<ArgumentException>(() => EmulatorHost.Start(options));

        Assert.Contains(advice, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTPS://App.Example.COM:443", "https://app.example.com")]
    [InlineData("https://bücher.example", "https://xn--bcher-kva.example")]
    [InlineData("chrome-extension://abcdefghijklmnop", "chrome-extension://abcdefghijklmnop")]
    [InlineData("capacitor://localhost", "capacitor://localhost")]
    [InlineData("http://192.168.0.7:5173", "http://192.168.0.7:5173")]
    [InlineData("null", "null")]
    public async Task An_origin_is_known_in_the_form_in_which_browsers_send_it(string named, string sent)
    {
        using var other = new TestWorkspace(options => options.AllowedOrigins.Add(named));

        Assert.Equal(sent, Header(await Send(other.Alice, HttpMethod.Get, "/self", sent), "Access-Control-Allow-Origin"));
    }

    private async Task<Answer> NotBuilt()
    {
        foreach (var operation in OperationTable.Default.Operations)
        {
            var path = string.Join("/", operation.Path.Split('/').Select(static part => part.StartsWith('{') ? "x" : part));
            var answer = await Send(workspace.Manager, new HttpMethod(operation.Method), path, Page);
            if (answer.Status == HttpStatusCode.NotImplemented)
            {
                return answer;
            }
        }

        throw new InvalidOperationException("Every operation is built.");
    }

    private static string? Header(Answer answer, string name) =>
        answer.Response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    private static string[] List(Answer answer, string name) => Header(answer, name)?.Split(", ") ?? [];

    private Task<Answer> Preflight(string path, string origin, string verb)
    {
        var request = new HttpRequestMessage(HttpMethod.Options, path);
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", verb);
        request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type");
        return workspace.Nobody.Send(request);
    }

    private static Task<Answer> Send(Caller caller, HttpMethod method, string path, string origin, string? body = null)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Origin", origin);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        return caller.Send(request);
    }
}
