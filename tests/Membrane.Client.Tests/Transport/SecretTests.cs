using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Membrane.Client.Tests.Support;
using Xunit;

namespace Membrane.Client.Tests.Transport;

/// <summary>Promise 6: secrets stay secret.</summary>
public sealed class SecretTests
{
    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_not_followed_and_the_token_reaches_no_other_host(int status)
    {
        using var other = new ScriptedServer { Otherwise = static _ => Answer.Json("""{"id":"stolen"}""") };
        using var server = new ScriptedServer { Otherwise = _ => Answer.Status(status, "Location: " + other.Uri + "connections/c1") };
        using var client = Make.Client(server);

        var read = await Assert.ThrowsAsync<MembraneResponseException>(() => client.Connections.GetAsync("c1").Within());
        var run = await Assert.ThrowsAsync<MembraneResponseException>(() =>
            client.Actions.RunAsync(new ActionSelector("send"), null).Within()
        );

        Assert.Equal(ErrorIds.UnexpectedRedirect, read.ErrorId);
        Assert.Contains(other.Uri.Host, read.Message, StringComparison.Ordinal);
        Assert.Equal(ErrorIds.UnexpectedRedirect, run.ErrorId);
        Assert.Equal(2, server.Requests.Count);
        Assert.Equal(0, other.Connections);
    }

    [Fact]
    public async Task A_redirect_to_the_same_host_is_not_followed_either()
    {
        using var server = new ScriptedServer(Answer.Status(302, "Location: /elsewhere"), Answer.Status(302));
        using var client = Make.Client(server);

        await Assert.ThrowsAsync<MembraneResponseException>(() => client.Connections.GetAsync("c1").Within());
        await Assert.ThrowsAsync<MembraneResponseException>(() => client.Connections.GetAsync("c1").Within());

        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData("{\"id\":nul\"TOKEN\",\"x\":1}")]
    [InlineData("{\"id\":tru TOKEN}")]
    [InlineData("[fals,\"TOKEN\"]")]
    public async Task What_a_reader_of_JSON_quotes_of_an_answer_is_in_no_error(string body)
    {
        using var server = new ScriptedServer(Answer.Json(body.Replace("TOKEN", Make.AccountToken, StringComparison.Ordinal)));
        using var client = Make.Client(server);

        var error = await Assert.ThrowsAsync<MembraneResponseException>(() => client.Connections.GetAsync("c1").Within());

        Assert.Equal(ErrorIds.MalformedResponse, error.ErrorId);
        Assert.DoesNotContain(Make.AccountToken, error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTX TOKEN\r\n\r\n")]
    [InlineData("HTTX proxy tunnel 'TOKEN' '502'\r\n\r\n")]
    [InlineData("HTTP/1.1 TOKEN\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nBad TOKEN\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nBad TOKEN: x\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nTOKEN\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}TOKEN\r\n")]
    public async Task What_the_framework_quotes_of_an_answer_that_is_no_HTTP_is_in_no_error(string answer)
    {
        using var server = new ScriptedServer
        {
            Otherwise = _ => Answer.Bytes(answer.Replace("TOKEN", Make.AccountToken, StringComparison.Ordinal)),
        };
        using var client = Make.Client(server);
        var observer = new RecordingObserver();

        var error = await Assert.ThrowsAsync<MembraneNetworkException>(() =>
            client.WithObserver(observer).Connections.GetAsync("c1").Within()
        );
        var run = await Assert.ThrowsAsync<MembraneNetworkException>(() =>
            client.WithObserver(observer).Actions.RunAsync(new ActionSelector("send"), null).Within()
        );

        Assert.Equal(ErrorIds.ConnectionLost, error.ErrorId);
        Assert.Contains("not a whole, valid answer of HTTP", error.Message, StringComparison.Ordinal);
        Assert.Equal(RequestOutcome.Unknown, run.Outcome);
        Assert.Equal(5, server.Requests.Count);
        AssertHidden(Make.AccountToken, Everything(error) + Everything(run) + string.Join('\n', observer.Lines));
    }

    [Theory]
    [InlineData("http://api.getmembrane.com")]
    [InlineData("http://192.168.0.1:8080")]
    [InlineData("http://localhost.evil.example")]
    [InlineData("http://127.0.0.1.evil.example")]
    [InlineData("http://0.0.0.0")]
    [InlineData("ftp://localhost")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ws://localhost")]
    [InlineData("https://api.getmembrane.com?token=x")]
    [InlineData("https://api.getmembrane.com#x")]
    [InlineData("https://user:hunter2@api.getmembrane.com")]
    [InlineData("https://user@api.getmembrane.com")]
    [InlineData("http://user:hunter2@localhost")]
    public void An_unsafe_address_is_refused(string address)
    {
        var error = Assert.Throws<MembraneInputException>(() => Make.Client(new Uri(address)));

        Assert.Equal(ErrorIds.InvalidInput, error.ErrorId);
        Assert.Equal("ApiUri", error.ParameterName);
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("token=x", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_relative_address_is_refused() =>
        Assert.Throws<MembraneInputException>(() => Make.Client(new Uri("api/v1", UriKind.Relative)));

    [Theory]
    [InlineData("http://localhost:1")]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("http://127.9.9.9")]
    [InlineData("http://[::1]:1")]
    [InlineData("https://api.getmembrane.com")]
    [InlineData("https://10.0.0.1:8443/api/")]
    public void A_safe_address_is_taken(string address) => Make.Client(new Uri(address)).Dispose();

    [Fact]
    public async Task A_path_of_the_address_is_kept()
    {
        foreach (var path in new[] { "api/v1", "api/v1/" })
        {
            using var server = new ScriptedServer(Answer.Json("{}"));
            using var client = Make.Client(new Uri(server.Uri, path));

            await client.Connections.GetAsync("c1").Within();

            Assert.Equal("/api/v1/connections/c1", server.OnlyRequest.Target);
        }
    }

    [Fact]
    public async Task Every_request_carries_what_the_API_wants_and_nothing_else()
    {
        using var server = new ScriptedServer(Answer.Json("{}"), Answer.Json("{}"));
        using var client = Make.Client(server);

        await client.Connections.GetAsync("c1").Within();
        await client.Actions.RunAsync(new ActionSelector("send"), 1).Within();

        foreach (var request in server.Requests)
        {
            Assert.Equal("Bearer " + Make.AccountToken, request.Header("Authorization"));
            Assert.Equal("application/json, text/plain, */*", request.Header("Accept"));
            Assert.StartsWith("Membrane.Client/", request.Header("User-Agent"), StringComparison.Ordinal);
            Assert.Equal("2025-10-21", request.Header("membrane-api-version"));
            Assert.Null(request.Header("Cookie"));
        }

        Assert.Null(server.Requests[0].Header("Content-Type"));
        Assert.Equal("application/json", server.Requests[1].Header("Content-Type"));
    }

    [Fact]
    public async Task Cookies_are_not_kept()
    {
        using var server = new ScriptedServer(Answer.Json("{}", 200, "Set-Cookie: session=1; Path=/"), Answer.Json("{}"));
        using var client = Make.Client(server);

        await client.Connections.GetAsync("c1").Within();
        await client.Connections.GetAsync("c1").Within();

        Assert.Null(server.Requests[1].Header("Cookie"));
    }

    public static TheoryData<string> WhatCanGoWrong =>
        [
            "error text",
            "error object",
            "nested error",
            "plain text",
            "html 502",
            "html 200",
            "malformed",
            "redirect",
            "request id",
            "drop",
            "stall",
            "refused",
        ];

    [Theory]
    [MemberData(nameof(WhatCanGoWrong))]
    public async Task No_error_shows_the_token_even_when_the_server_echoes_it(string what)
    {
        var jwt = Make.Jwt("""{"id":"tenant","exp":9999999999}""");
        foreach (var token in new[] { Make.AccountToken, jwt })
        {
            var answer = what switch
            {
                "error text" => Answer.Error(401, "bad_request", "not_authenticated", "jwt malformed: " + token),
                "error object" => Answer.Json(
                    $$"""{"type":"bad_request","message":"no","data":{"errorId":"{{token}}","token":"{{token}}"},"headers":["Bearer {{token}}"]}""",
                    400
                ),
                "nested error" => Answer.Json(
                    $$$"""{"type":"bad_request","message":"no","causedByError":{"message":"token {{{token}}}"}}""",
                    400
                ),
                "plain text" => Answer.Text("Authorization: Bearer " + token, "text/plain", 500),
                "html 502" => Answer.Text("<html>Authorization: Bearer " + token, "text/html", 502),
                "html 200" => Answer.Text("<html>Authorization: Bearer " + token, "text/html"),
                "malformed" => Answer.Text("Authorization: Bearer " + token, "application/json"),
                "redirect" => Answer.Status(302, "Location: https://login.example/?token=" + token),
                "request id" => Answer.Json("""{"type":"internal","message":"no"}""", 500, "X-Request-Id: " + token),
                "drop" => Answer.Drop,
                _ => Answer.Stall,
            };
            using var server = new ScriptedServer(listens: what != "refused") { Otherwise = _ => answer };
            using var client = Make.Client(
                server,
                new FixedTokenSource(token),
                timeout: what == "stall" ? TimeSpan.FromMilliseconds(200) : null
            );
            var observer = new RecordingObserver();

            var error = await Assert.ThrowsAnyAsync<MembraneException>(() =>
                client.WithObserver(observer).Actions.RunAsync(new ActionSelector("send"), null).Within()
            );

            var everything = Everything(error) + string.Join('\n', observer.Lines);
            Assert.DoesNotContain(token, everything, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("pat-ok\r\nX-Injected: 1")]
    [InlineData("pat-\u00e9")]
    [InlineData("pat- space")]
    [InlineData("")]
    public async Task A_token_source_that_hands_out_what_no_header_can_carry_is_an_error_without_a_request(string token)
    {
        using var server = new ScriptedServer { Otherwise = static _ => Answer.Json("{}") };
        using var client = Make.Client(server, new TokensInTurn(token));

        var error = await Assert.ThrowsAsync<MembraneSignInException>(() => client.Connections.GetAsync("c1").Within());

        Assert.Equal(ErrorIds.InvalidToken, error.ErrorId);
        Assert.Empty(server.Requests);
        Assert.True(token.Length == 0 || !error.ToString().Contains(token, StringComparison.Ordinal));
    }

    public static TheoryData<string> WhatShowsCredentials =>
        ["self", "list", "get", "create", "update", "element list", "element get", "element create"];

    [Theory]
    [MemberData(nameof(WhatShowsCredentials))]
    public async Task No_error_shows_the_credentials_of_a_tenant(string what)
    {
        foreach (
            var answer in new[]
            {
                Answer.Json("""{"id":"t1","credentials":{"apiKey":"sesame"""),
                Answer.Json("""{"items":[{"id":"t1","credentials":{"apiKey":"sesame"""),
                Answer.Text("<html>sesame", "text/html"),
                Answer.Text("sesame", "text/plain", 400),
            }
        )
        {
            using var server = new ScriptedServer { Otherwise = _ => answer };
            using var client = Make.Client(server);
            var tenant = new TenantChange { Name = "Ada" };
            var customer = ElementTypes.Find("customer");
            var definition = new Dictionary<string, object?> { ["name"] = "Ada" };

            var error = await Assert.ThrowsAnyAsync<MembraneException>(() =>
                (
                    what switch
                    {
                        "self" => client.Identity.GetAsync(),
                        "list" => client.Tenants.List().ToListAsync(),
                        "get" => client.Tenants.GetAsync("t1"),
                        "create" => client.Tenants.CreateAsync(tenant),
                        "update" => client.Tenants.UpdateAsync("t1", tenant),
                        "element list" => client.Elements.List(customer).ToListAsync(),
                        "element get" => client.Elements.GetAsync(customer, "t1"),
                        _ => (Task)client.Elements.CreateAsync(customer, definition),
                    }
                ).Within()
            );

            Assert.DoesNotContain("sesame", Everything(error), StringComparison.Ordinal);
        }
    }

    // Not in any form that the framework has for what it quotes, and no part of it.
    private static void AssertHidden(string secret, string text)
    {
        Assert.DoesNotContain(secret[..12], text, StringComparison.Ordinal);
        Assert.DoesNotContain(BitConverter.ToString(Encoding.ASCII.GetBytes(secret[..4])), text, StringComparison.Ordinal);
    }

    private static string Everything(Exception exception)
    {
        var text = new StringBuilder();
        for (var each = exception; each is not null; each = each.InnerException)
        {
            text.AppendLine(each.ToString());
            foreach (var property in each.GetType().GetProperties().Where(static property => property.GetIndexParameters().Length == 0))
            {
                text.AppendLine(System.Text.Json.JsonSerializer.Serialize(Show(property.GetValue(each))));
            }
        }

        return text.ToString();
    }

    private static object? Show(object? value) =>
        value switch
        {
            ErrorData error => new
            {
                error.Type,
                error.Key,
                error.Message,
                error.Data,
                Cause = Show(error.CausedByError),
                Unknown = error.GetUnknownFields(),
            },
            System.Collections.IDictionary or System.Collections.Generic.IReadOnlyDictionary<string, object?> => value,
            _ => value?.ToString(),
        };
}
