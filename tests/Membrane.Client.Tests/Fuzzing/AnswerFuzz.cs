using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CsCheck;
using Membrane.Client.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace Membrane.Client.Tests.Fuzzing;

/// <summary>Whatever a server answers is read, or is an error of the documented kind that shows no token.</summary>
public sealed class AnswerFuzz(ITestOutputHelper output)
{
    private const string Secret = "SECRETSECRETSECRET";

    private static readonly string[] Bodies =
    [
        """{"items":[{"id":"c1","name":"Ada","state":"READY","error":{"type":"connection","key":"x","message":"m"}},{"id":"c2","isTest":true}],"cursor":"n2"}""",
        """[{"id":"a","key":"create-contact","name":"Create","inputSchema":{"type":"object","properties":{"a":{"type":"string"}}}}]""",
        """{"id":"c1","name":"Ada","createdAt":"2026-01-02T03:04:05.678Z","disconnected":false,"integration":{"id":"i","key":"hubspot"},"new":{"a":[1,2.5,1e3,null]}}""",
        """{"output":{"a":1},"actionRunId":"r1"}""",
        """{"id":"s1","status":"idle","state":"done","summary":"x","messages":[{"role":"user","content":"hi"}]}""",
        """{"records":[{"id":"1","fields":{"email":"a@b.c"}}],"cursor":7}""",
        """{"type":"bad_request","key":"already_exists","message":"No","data":{"errorId":"e1","a":["~~T~~"]},"causedByError":{"type":"connection","key":"rate_limit_exceeded","message":"~~U~~"}}""",
        """{"type":"action_run","message":"failed ~~T~~","causedByError":{"data":{"response":{"status":429}}}}""",
        """{"status":"completed","jobId":"j","accessKey":"k","result":{"downloadUri":"https://membrane.example/x","changes":[{"type":"action","key":"a","change":"create"}]}}""",
        """{"id":"u1","name":"Ada","tenantKey":"t","workspace":{"id":"w","key":"k"},"user":{"id":"u"},"exp":1234567890}""",
        """{"user":{"id":"u","name":"Ada","meta":{"x":1}},"workspaces":[{"id":"w1","name":"W"}],"accessToken":"eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjF9.c2ln"}""",
        """<!DOCTYPE html><html><body>Bad gateway ~~T~~</body></html>""",
        "{\"requestId\":\"r\",\"url\":\"https://ui.example/x\",\"status\":\"success\",\"resultConnectionId\":\"c\"}",
        "[]",
        "",
    ];

    private static readonly string[] Types =
    [
        "application/json",
        "application/json; charset=utf-16",
        "text/html",
        "text/plain",
        "image/png",
        "application/zip",
        "",
    ];

    private static readonly int[] Statuses =
    [
        200,
        200,
        200,
        200,
        201,
        204,
        301,
        400,
        401,
        403,
        404,
        407,
        408,
        409,
        413,
        429,
        500,
        502,
        503,
        504,
        599,
    ];

    private static readonly string[] RetryAfters =
    [
        "",
        "0",
        "1",
        "-1",
        "99999999999999999999",
        "1.5",
        "Wed, 21 Oct 2015 07:28:00 GMT",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "soon",
        Make.AccountToken,
    ];

    private static readonly Func<MembraneClient, Task>[] Calls =
    [
        static client => client.Connections.GetAsync("c1"),
        static client => client.Connections.List().ToListAsync(),
        static client => client.Connections.TestAsync("c1"),
        static client => client.ConnectionRequests.GetAsync("r1"),
        static client => client.Connectors.List().ToListAsync(),
        static client => client.Integrations.GetAsync("hubspot"),
        static client => client.ExternalApps.List().ToListAsync(),
        static client => client.Search.Find("x").ToListAsync(),
        static client => client.Actions.List(new ActionFilter { ConnectionId = "c1" }).ToListAsync(),
        static client =>
            client.Actions.RunAsync(
                new ActionSelector("create-contact") { ConnectionId = "c1" },
                new Dictionary<string, object?> { ["a"] = 1 }
            ),
        static client => client.ActionRunLogs.GetDetailsAsync("l1"),
        static client => client.AgentSessions.GetAsync("s1"),
        static client => client.AgentSessions.ListMessages("s1").ToListAsync(),
        static client => client.Data.List(new CollectionPointer("c1", "contacts")).ToListAsync(),
        static client => client.Data.MatchAsync(new CollectionPointer("c1", "contacts"), new Dictionary<string, object?> { ["a"] = 1 }),
        static client => client.Flows.List().ToListAsync(),
        static client => client.FlowRuns.GetOutput("f1").ToListAsync(),
        static client => client.FlowRuns.GetAsync("f1"),
        static client => client.Tenants.List().ToListAsync(),
        static client => client.Identity.GetAsync(),
        static client => client.Workspaces.List().ToListAsync(),
        static client => client.WorkspaceFiles.ExportAsync(),
        static client => client.Requests.SendAsync(new RawRequest { Path = "/connections" }),
        static client => client.Requests.SendAsync(new RawRequest { Path = "/connections", SkipErrorCheck = true }),
        static client => client.Requests.SendToAppAsync("c1", new RawRequest { Path = "/v1/x" }),
        static client => client.Requests.List(new RawRequest { Path = "/connections" }).ToListAsync(),
        static client => client.Elements.List(ElementTypes.Known[0]).ToListAsync(),
    ];

    private static readonly HashSet<string> KnownIds =
    [
        .. typeof(ErrorIds).GetFields().Select(static field => (string)field.GetValue(null)!),
    ];

    [Fact]
    public void An_answer_is_read_or_refused_without_a_token()
    {
        var answers = Gen.Select(
            Mutations.OfUtf8(Bodies),
            Gen.Int[0, Calls.Length - 1],
            Gen.Int[0, Statuses.Length - 1],
            Gen.Int[0, Types.Length - 1],
            Gen.Int[0, RetryAfters.Length - 1],
            Gen.Int[0, 40]
        );
        Fuzz.Check(
            answers,
            output,
            static answer =>
                Try(answer.Item1, answer.Item2, answer.Item3, answer.Item4, answer.Item5, answer.Item6).GetAwaiter().GetResult()
        );
    }

    private static async Task Try(byte[] body, int call, int status, int type, int retryAfter, int padding)
    {
        // Put in afterwards: a token that was changed is none.
        body = Encoding.Latin1.GetBytes(
            Encoding
                .Latin1.GetString(body)
                .Replace("~~T~~", Make.AccountToken, StringComparison.Ordinal)
                .Replace("~~U~~", Make.AccountToken.Replace("S", "\\u0053", StringComparison.Ordinal), StringComparison.Ordinal)
        );

        // Some are as large as what is read in pieces.
        var content =
            padding == 0 ? [.. body, .. Enumerable.Repeat((byte)' ', 1_100_000)]
            : padding == 1 ? [.. Enumerable.Repeat((byte)' ', 1_100_000), .. body]
            : body;
        using var handler = new Answers(content, Statuses[status], Types[type], RetryAfters[retryAfter]);
        using var client = new MembraneClient(
            new MembraneClientOptions
            {
                ApiUri = new Uri("https://membrane.example"),
                Token = Make.AccountToken,
                HttpMessageHandler = handler,
                RetryPolicy = new RetryPolicy { MaxAttempts = 1 },
            }
        );
        try
        {
            await Calls[call](client);
        }
        catch (MembraneException exception)
        {
            Assert.Contains(exception.ErrorId, KnownIds);
            Assert.DoesNotContain(Secret, exception.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(Secret, Text((exception as MembraneApiException)?.Error.GetUnknownFields()), StringComparison.Ordinal);
            Assert.DoesNotContain(Secret, Text((exception as MembraneApiException)?.Details), StringComparison.Ordinal);
            Assert.DoesNotContain(Secret, (exception as MembraneResponseException)?.BodyStart ?? "", StringComparison.Ordinal);
        }
    }

    private static string Text(object? value) =>
        value switch
        {
            IEnumerable<KeyValuePair<string, object?>> members => string.Concat(
                members.Select(static member => member.Key + Text(member.Value))
            ),
            object?[] items => string.Concat(items.Select(Text)),
            _ => value?.ToString() ?? "",
        };

    private sealed class Answers(byte[] body, int status, string type, string retryAfter) : HttpMessageHandler
    {
        private int count;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (++count > 50)
            {
                throw new InvalidOperationException("It asks again and again.");
            }

            var answer = new HttpResponseMessage((HttpStatusCode)status)
            {
                Content = new StreamContent(new MemoryStream(body)),
                RequestMessage = request,
            };
            answer.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            answer.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
            answer.Headers.TryAddWithoutValidation("x-request-id", Make.AccountToken);
            if (status is 301)
            {
                answer.Headers.TryAddWithoutValidation("Location", "https://elsewhere.example/?t=" + Make.AccountToken);
            }

            return Task.FromResult(answer);
        }
    }
}
