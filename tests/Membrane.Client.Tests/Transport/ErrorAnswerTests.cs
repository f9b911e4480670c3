using System;
using System.Net;
using System.Threading.Tasks;
using Membrane.Client.Tests.Support;
using Xunit;

namespace Membrane.Client.Tests.Transport;

public sealed class ErrorAnswerTests
{
    private static readonly Func<MembraneClient, Task>[] ChangesWithoutAnswer =
    [
        static client => client.Connections.ArchiveAsync("c1"),
        static client => client.Tenants.RestoreAsync("t1"),
        static client => client.FlowRuns.StopAsync("r1"),
    ];

    [Theory]
    [InlineData(400, "bad_request", null, ErrorIds.BadRequest)]
    [InlineData(400, "bad_request", "already_exists", ErrorIds.AlreadyExists)]
    [InlineData(409, "bad_request", "already_exists", ErrorIds.AlreadyExists)]
    [InlineData(401, "bad_request", "not_authenticated", ErrorIds.NotAuthenticated)]
    [InlineData(403, "bad_request", "access_denied", ErrorIds.AccessDenied)]
    [InlineData(404, "bad_request", "not_found", ErrorIds.NotFound)]
    [InlineData(429, "bad_request", "rate_limit_exceeded", ErrorIds.RateLimitExceeded)]
    [InlineData(400, "connection", "connection_is_defunct", ErrorIds.ConnectionProblem)]
    [InlineData(401, "connection", "access_token_expired", ErrorIds.ConnectionProblem)]
    [InlineData(403, "connection", null, ErrorIds.ConnectionProblem)]
    [InlineData(400, "action_run", null, ErrorIds.ActionRunFailed)]
    [InlineData(404, "action_run", null, ErrorIds.ActionRunFailed)]
    [InlineData(500, "action_run", null, ErrorIds.ActionRunFailed)]
    [InlineData(422, "unit_run", null, ErrorIds.ActionRunFailed)]
    [InlineData(400, "custom_code", null, ErrorIds.ActionRunFailed)]
    [InlineData(400, "configuration", null, ErrorIds.RequestFailed)]
    [InlineData(400, "dependency_error", null, ErrorIds.RequestFailed)]
    [InlineData(400, "flow_run", null, ErrorIds.RequestFailed)]
    [InlineData(400, "concurrency", "lock_timeout", ErrorIds.RequestFailed)]
    [InlineData(402, "insufficient_credit", null, ErrorIds.RequestFailed)]
    [InlineData(400, "a_type_of_tomorrow", null, ErrorIds.RequestFailed)]
    [InlineData(500, "internal", null, ErrorIds.ServerError)]
    [InlineData(501, "internal", null, ErrorIds.ServerError)]
    public async Task Status_type_and_key_choose_the_error(int status, string type, string? key, string expected)
    {
        using var server = new ScriptedServer { Otherwise = _ => Answer.Error(status, type, key, "what went wrong") };
        using var client = Make.Client(server);

        var error = await Assert.ThrowsAsync<MembraneApiException>(() =>
            client.Actions.RunAsync(new ActionSelector("send"), null).Within()
        );

        Assert.Equal(expected, error.ErrorId);
        Assert.Equal((HttpStatusCode)status, error.StatusCode);
        Assert.Equal(type, error.Type);
        Assert.Equal(key, error.Key);
        Assert.Equal("what went wrong", error.Message);
        Assert.Equal("POST /actions/send/run", error.Operation);
    }

    [Fact]
    public async Task A_token_that_has_ended_is_told_apart_from_one_that_is_wrong()
    {
        using var server = new ScriptedServer(Answer.Error(401, "bad_request", "not_authenticated"));
        using var client = Make.Client(server, new FixedTokenSource(Make.Jwt("""{"id":"t","exp":1000000000}""")));

        var error = await Assert.ThrowsAsync<MembraneApiException>(() => client.Connections.GetAsync("c1").Within());

        Assert.Equal(ErrorIds.TokenExpired, error.ErrorId);
        Assert.Contains("2001-09-09 01:46:40Z", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"action_run","message":"m","actionRunId":"run-7"}""")]
    [InlineData("""{"type":"action_run","message":"m","data":{"actionRunId":"run-7"}}""")]
    [InlineData("""{"actionRunId":"run-7","message":"m"}""")]
    public async Task The_run_log_is_named_wherever_the_service_names_it(string body)
    {
        using var server = new ScriptedServer(Answer.Json(body, 400));
        using var client = Make.Client(server);

        var error = await Assert.ThrowsAsync<MembraneApiException>(() =>
            client.Actions.RunAsync(new ActionSelector("send"), null).Within()
        );

        Assert.Equal("run-7", error.ActionRunId);
    }

    [Fact]
    public async Task The_whole_chain_of_causes_is_kept_and_read()
    {
        using var server = new ScriptedServer(
            Answer.Json(
                """
                {"type":"action_run","message":"The action failed.","data":{"code":"E1","lineNumber":3,"codes":[1,2]},"newField":{"x":1},
                 "causedByError":{"type":"unit_run","key":"k","causedByError":{"type":"connection","message":"Slack said no","data":{"status":403}}}}
                """,
                400
            )
        );
        using var client = Make.Client(server);

        var error = await Assert.ThrowsAsync<MembraneApiException>(() =>
            client.Actions.RunAsync(new ActionSelector("send"), null).Within()
        );

        Assert.Equal("The action failed. Caused by: k Caused by: Slack said no", error.Message);
        Assert.Equal("connection", error.CausedBy!.CausedByError!.Type);
        var data = Assert.IsAssignableFrom<System.Collections.Generic.IReadOnlyDictionary<string, object?>>(error.Details);
        Assert.Equal(3L, data["lineNumber"]);
        Assert.True(error.Error.GetUnknownFields().ContainsKey("newField"));
    }

    [Theory]
    [InlineData("""{"type":"internal","message":"m","data":{"errorId":"e-1"}}""", "e-1")]
    [InlineData("""{"type":"internal","message":"m"}""", "r-1")]
    public async Task What_to_quote_to_the_support_is_kept(string body, string expected)
    {
        using var server = new ScriptedServer(Answer.Json(body, 500, "X-Request-Id: r-1"));
        using var client = Make.Client(server);

        Assert.Equal(
            expected,
            (await Assert.ThrowsAsync<MembraneApiException>(() => client.Connections.GetAsync("c1").Within())).RequestId
        );
    }

    [Theory]
    [InlineData("Bad Gateway", "text/plain", "Bad Gateway")]
    [InlineData("\"just text\"", "application/json", "\"just text\"")]
    [InlineData("[1,2]", "application/json", "[1,2]")]
    [InlineData("{\"type\":", "application/json", "{\"type\":")]
    [InlineData("", null, "GET /connections/c1 was answered with status 500 InternalServerError.")]
    [InlineData("  ", null, "GET /connections/c1 was answered with status 500 InternalServerError.")]
    [InlineData("{}", "application/json", "GET /connections/c1 was answered with status 500 InternalServerError.")]
    [InlineData("{\"message\":{\"a\":1}}", "application/json", "GET /connections/c1 was answered with status 500 InternalServerError.")]
    [InlineData("{\"message\":\"half \\ud83d emoji\"}", "application/json", "half \\ud83d emoji")]
    [InlineData("{\"message\":\"fine\"} trailing", "application/json", "fine")]
    public async Task An_error_with_any_body_is_an_error_of_the_service(string body, string? contentType, string expected)
    {
        using var server = new ScriptedServer(Answer.Text(body, contentType, 500));
        using var client = Make.Client(server);

        var error = await Assert.ThrowsAsync<MembraneApiException>(() => client.Connections.GetAsync("c1").Within());

        Assert.Equal(ErrorIds.ServerError, error.ErrorId);
        Assert.Equal(Make.Cut(expected), error.Message);
    }

    [Fact]
    public async Task An_error_whose_text_is_no_UTF8_is_an_error_of_the_service()
    {
        byte[] body = [.. "{\"message\":\"caf"u8, 0xE9, .. "\"}"u8];
        using var server = new ScriptedServer(Answer.Bytes(body, "application/json", 500));
        using var client = Make.Client(server);

        var error = await Assert.ThrowsAsync<MembraneApiException>(() => client.Connections.GetAsync("c1").Within());

        Assert.Equal(ErrorIds.ServerError, error.ErrorId);
        Assert.Contains("caf", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_body_of_another_kind_is_cut()
    {
        using var server = new ScriptedServer(Answer.Text(new string('é', 100_000), "text/plain", 500));
        using var client = Make.Client(server);

        Assert.Equal(
            500,
            (await Assert.ThrowsAsync<MembraneApiException>(() => client.Connections.GetAsync("c1").Within())).Message.Length
        );
    }

    [Theory]
    [InlineData(200)]
    [InlineData(404)]
    [InlineData(407)]
    [InlineData(502)]
    public async Task A_web_page_is_called_a_web_page(int status)
    {
        using var server = new ScriptedServer { Otherwise = _ => Answer.Html(status) };
        using var client = Make.Client(server);

        var error = await Assert.ThrowsAsync<MembraneResponseException>(() =>
            client.Actions.RunAsync(new ActionSelector("send"), null).Within()
        );

        Assert.Equal(ErrorIds.HtmlResponse, error.ErrorId);
        Assert.Equal((HttpStatusCode)status, error.StatusCode);
        Assert.Equal("text/html", error.ContentType);
        Assert.Contains("Please sign in to the proxy", error.BodyStart, StringComparison.Ordinal);
        Assert.NotNull(error.RecommendedAction);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("<!DOCTYPE html><html></html>", "text/html", ErrorIds.HtmlResponse)]
    [InlineData("<html></html>", "application/json", ErrorIds.HtmlResponse)]
    [InlineData("Please sign in", "text/plain", ErrorIds.MalformedResponse)]
    [InlineData("{} and more", "application/json", ErrorIds.MalformedResponse)]
    public async Task A_change_that_something_else_answers_for_is_not_done(string body, string contentType, string errorId)
    {
        foreach (var change in ChangesWithoutAnswer)
        {
            using var server = new ScriptedServer(Answer.Text(body, contentType));
            using var client = Make.Client(server);

            var error = await Assert.ThrowsAsync<MembraneResponseException>(() => change(client).Within());

            Assert.Equal(errorId, error.ErrorId);
            Assert.Equal(RequestOutcome.Unknown, error.Outcome);
            Assert.Single(server.Requests);
        }
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("", "text/html")]
    [InlineData("null", "application/json")]
    [InlineData("true", "text/plain")]
    [InlineData("""{"id":"c1","more":[1,{"a":null}]}""", "application/json")]
    public async Task A_change_is_done_whatever_JSON_says_so_or_nothing(string body, string? contentType)
    {
        foreach (var change in ChangesWithoutAnswer)
        {
            using var server = new ScriptedServer(Answer.Text(body, contentType));
            using var client = Make.Client(server);

            await change(client).Within();
        }
    }

    [Fact]
    public async Task A_web_page_under_another_content_type_is_a_web_page_too()
    {
        using var server = new ScriptedServer(Answer.Text("\r\n  <html></html>", "application/json"));
        using var client = Make.Client(server);

        Assert.Equal(
            ErrorIds.HtmlResponse,
            (await Assert.ThrowsAsync<MembraneResponseException>(() => client.Connections.GetAsync("c1").Within())).ErrorId
        );
    }

    [Theory]
    [InlineData(200)]
    [InlineData(204)]
    public async Task An_empty_answer_is_called_empty(int status)
    {
        using var server = new ScriptedServer(Answer.Status(status));
        using var client = Make.Client(server);

        var error = await Assert.ThrowsAsync<MembraneResponseException>(() =>
            client.Actions.RunAsync(new ActionSelector("send"), null).Within()
        );

        Assert.Equal(ErrorIds.EmptyResponse, error.ErrorId);
        Assert.Equal(RequestOutcome.Unknown, error.Outcome);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{\"id\":\"c1\"")]
    [InlineData("{\"id\":\"c1\"} {")]
    [InlineData("{\"id\":\"c1\"}]")]
    [InlineData("{\"id\":\"c1\"}{}")]
    [InlineData("[]")]
    [InlineData("[{\"id\":\"c1\"}]")]
    [InlineData("\"c1\"")]
    [InlineData("null")]
    [InlineData("42")]
    [InlineData("not json")]
    [InlineData("{'id':'c1'}")]
    [InlineData("{\"id\":\"c1\",}")]
    [InlineData("   ")]
    public async Task An_answer_that_is_not_the_JSON_of_the_API_is_called_malformed(string body)
    {
        using var server = new ScriptedServer(Answer.Json(body), Answer.Json(body));
        using var client = Make.Client(server);

        var read = await Assert.ThrowsAsync<MembraneResponseException>(() => client.Connections.GetAsync("c1").Within());
        var run = await Assert.ThrowsAsync<MembraneResponseException>(() =>
            client.Actions.RunAsync(new ActionSelector("send"), null).Within()
        );

        Assert.Equal(ErrorIds.MalformedResponse, read.ErrorId);
        Assert.Equal(RequestOutcome.Failed, read.Outcome);
        Assert.Equal(ErrorIds.MalformedResponse, run.ErrorId);
        Assert.Equal(RequestOutcome.Unknown, run.Outcome);
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"items\":null}")]
    [InlineData("{\"items\":{}}")]
    [InlineData("{\"items\":[null]}")]
    [InlineData("{\"items\":[\"c1\"]}")]
    [InlineData("{\"items\":[],\"cursor\":{}}")]
    [InlineData("\"items\"")]
    public async Task A_list_that_is_none_is_called_malformed(string body)
    {
        using var server = new ScriptedServer(Answer.Json(body));
        using var client = Make.Client(server);

        Assert.Equal(
            ErrorIds.MalformedResponse,
            (await Assert.ThrowsAsync<MembraneResponseException>(() => client.Connections.List().ToListAsync().Within())).ErrorId
        );
    }

    [Fact]
    public async Task Text_that_is_no_UTF8_is_called_malformed()
    {
        byte[] body = [.. "{\"id\":\"caf"u8, 0xE9, .. "\"}"u8];
        using var server = new ScriptedServer(Answer.Bytes(body, "application/json"));
        using var client = Make.Client(server);

        Assert.Equal(
            ErrorIds.MalformedResponse,
            (await Assert.ThrowsAsync<MembraneResponseException>(() => client.Connections.GetAsync("c1").Within())).ErrorId
        );
    }

    [Fact]
    public async Task An_answer_without_end_is_given_up()
    {
        using var server = new ScriptedServer { Otherwise = static _ => Answer.Endless("application/json") };
        using var client = Make.Client(server);

        var error = await Assert.ThrowsAsync<MembraneNetworkException>(() => client.Connections.GetAsync("c1").Within());

        Assert.Equal(ErrorIds.ResponseTooLarge, error.ErrorId);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task An_answer_that_announces_too_much_is_given_up()
    {
        using var server = new ScriptedServer(Answer.HalfBody("{}", 300_000_000));
        using var client = Make.Client(server);

        Assert.Equal(
            ErrorIds.ResponseTooLarge,
            (await Assert.ThrowsAsync<MembraneNetworkException>(() => client.Connections.GetAsync("c1").Within())).ErrorId
        );
    }

    [Theory]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("text/plain")]
    [InlineData("text/html")]
    [InlineData("nonsense")]
    [InlineData(null)]
    public async Task JSON_is_read_whatever_the_content_type_says(string? contentType)
    {
        using var server = new ScriptedServer(Answer.Text("""{"id":"c1"}""", contentType));
        using var client = Make.Client(server);

        Assert.Equal("c1", (await client.Connections.GetAsync("c1").Within()).Id);
    }

    [Fact]
    public async Task A_byte_order_mark_is_passed_over()
    {
        byte[] body = [0xEF, 0xBB, 0xBF, .. "{\"id\":\"c1\"}"u8];
        using var server = new ScriptedServer(Answer.Bytes(body, "application/json"), Answer.Bytes(body, "application/json", 404));
        using var client = Make.Client(server);

        Assert.Equal("c1", (await client.Connections.GetAsync("c1").Within()).Id);
        Assert.Equal(
            ErrorIds.NotFound,
            (await Assert.ThrowsAsync<MembraneApiException>(() => client.Connections.GetAsync("c1").Within())).ErrorId
        );
    }

    [Fact]
    public async Task Chunked_and_large_answers_are_read_whole()
    {
        string name = new('x', 3_000_000);
        using var server = new ScriptedServer(
            Answer.Chunked("""{"na""", "me\":\"Slack\"", "}"),
            Answer.Json($$"""{"name":"{{name}}"}"""),
            Answer.Chunked("{\"name\":\"", name, "\"}")
        );
        using var client = Make.Client(server);

        Assert.Equal("Slack", (await client.Connections.GetAsync("c1").Within()).Name);
        Assert.Equal(name, (await client.Connections.GetAsync("c1").Within()).Name);
        Assert.Equal(name, (await client.Connections.GetAsync("c1").Within()).Name);
    }
}
