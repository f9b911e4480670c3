using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Tests.Support;
using Xunit;

namespace Membrane.Client.Tests.Transport;

/// <summary>A caller lends a client or a handler of its own.</summary>
public sealed class LentTransportTests
{
    private static readonly Uri Address = new("https://membrane.example");

    [Fact]
    public async Task A_handler_of_a_test_stands_in_for_the_service()
    {
        using var handler = new FakeHandler(static _ => Json("""{"id":"c1","name":"Ada"}"""));
        using var membrane = new MembraneClient(Options(handler));

        var connection = await membrane.Connections.GetAsync("c1").Within();

        Assert.Equal("Ada", connection.Name);
        Assert.Equal(["GET https://membrane.example/connections/c1 Bearer " + Make.AccountToken], handler.Requests);
    }

    [Fact]
    public async Task A_client_is_used_with_its_own_headers_and_without_its_address()
    {
        using var handler = new FakeHandler(static request =>
            Json($$"""{"id":"{{string.Join(",", request.Headers.GetValues("X-Team"))}}"}""")
        );
        using var http = new HttpClient(handler) { BaseAddress = new Uri("https://elsewhere.example/") };
        http.DefaultRequestHeaders.Add("X-Team", "sales");
        using var membrane = new MembraneClient(Options(http));

        Assert.Equal("sales", (await membrane.Connections.GetAsync("c1").Within()).Id);
        Assert.StartsWith("GET https://membrane.example/", handler.Requests[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_lent_is_not_disposed_of()
    {
        using var handler = new FakeHandler(static _ => Json("""{"id":"c1"}"""));
        using var http = new HttpClient(handler);
        new MembraneClient(Options(handler)).Dispose();
        new MembraneClient(Options(http)).Dispose();
        Assert.False(handler.IsDisposed);

        using var membrane = new MembraneClient(Options(http));
        Assert.Equal("c1", (await membrane.Connections.GetAsync("c1").Within()).Id);
    }

    [Fact]
    public async Task A_request_is_tried_again_through_a_lent_client()
    {
        using var handler = new FakeHandler(static request => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable));
        using var http = new HttpClient(handler);
        using var membrane = new MembraneClient(Options(http));

        await Assert.ThrowsAsync<MembraneApiException>(() => membrane.Connections.GetAsync("c1").Within());

        Assert.Equal(Make.FastPolicy.MaxAttempts, handler.Requests.Count);
    }

    [Fact]
    public async Task A_change_that_the_clients_own_time_limit_ends_may_have_run_and_is_not_sent_again()
    {
        using var server = new ScriptedServer(Answer.Stall, Answer.Json("""{"id":"t1"}"""));
        using var http = new HttpClient { Timeout = TimeSpan.FromMilliseconds(300) };
        var options = Options(http);
        options.ApiUri = server.Uri;
        using var membrane = new MembraneClient(options);

        var error = await Assert.ThrowsAsync<MembraneNetworkException>(() =>
            membrane.Tenants.CreateAsync(new TenantChange { Name = "One", InternalId = "t1" }).Within()
        );

        Assert.Equal(RequestOutcome.Unknown, error.Outcome);
        Assert.Contains("Timeout", error.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task The_token_goes_to_no_other_host_and_a_followed_redirect_is_an_error()
    {
        using var other = new ScriptedServer { Otherwise = static _ => Answer.Json("""{"id":"c1"}""") };
        using var server = new ScriptedServer { Otherwise = _ => Answer.Json("{}", 307, $"Location: {other.Uri}connections/c1") };
        using var http = new HttpClient();
        var options = Options(http);
        options.ApiUri = server.Uri;
        options.RetryPolicy = new RetryPolicy { MaxAttempts = 1 };
        using var membrane = new MembraneClient(options);

        var error = await Assert.ThrowsAsync<MembraneNetworkException>(() => membrane.Connections.GetAsync("c1").Within());

        Assert.Contains("AllowAutoRedirect", error.Message, StringComparison.Ordinal);
        Assert.Null(Assert.Single(other.Requests).Header("Authorization"));
    }

    [Fact]
    public void What_cannot_work_is_refused_with_the_name_of_the_option()
    {
        using var handler = new FakeHandler(static _ => Json("{}"));
        using var http = new HttpClient(handler);
        using var signed = new HttpClient(handler);
        signed.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "other");

        AssertRefused(
            nameof(MembraneClientOptions.HttpMessageHandler),
            options => (options.HttpClient, options.HttpMessageHandler) = (http, handler)
        );
        AssertRefused(nameof(MembraneClientOptions.HttpClient), options => options.HttpClient = signed);
        AssertRefused(
            nameof(MembraneClientOptions.Proxy),
            options => (options.HttpClient, options.Proxy) = (http, new WebProxy("http://proxy.example"))
        );
        AssertRefused(nameof(MembraneClientOptions.TokenSource), static options => options.TokenSource = null);
        AssertRefused(nameof(MembraneClientOptions.Token), static options => options.Token = Make.AccountToken);
        AssertRefused(nameof(MembraneClientOptions.Token), static options => (options.TokenSource, options.Token) = (null, "nonsense"));
    }

    [Fact]
    public async Task A_later_change_of_the_options_has_no_effect()
    {
        using var handler = new FakeHandler(static _ => Json("""{"id":"c1"}"""));
        var options = Options(handler);
        options.RetryPolicy = new RetryPolicy { MaxAttempts = 2 };
        using var membrane = new MembraneClient(options);
        options.ApiUri = new Uri("https://elsewhere.example");
        options.ApiVersion = "other";
        options.RetryPolicy.MaxAttempts = 9;
        options.TokenSource = null;
        options.HttpMessageHandler = null;

        await membrane.Connections.GetAsync("c1").Within();

        Assert.StartsWith("GET https://membrane.example/", Assert.Single(handler.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Claims_are_those_of_the_options_when_the_source_was_made()
    {
        var claims = new WorkspaceTokenOptions
        {
            WorkspaceKey = "w",
            WorkspaceSecret = "s",
            TenantKey = "ada",
        };
        using var handler = new FakeHandler(static _ => Json("""{"id":"c1"}"""));
        var options = Options(handler);
        (options.TokenSource, options.WorkspaceToken) = (null, claims);
        using var membrane = new MembraneClient(options);
        claims.TenantKey = "grace";

        var payload = (await membrane.GetTokenAsync()).Split('.')[1].Replace('-', '+').Replace('_', '/');
        var text = Encoding.UTF8.GetString(Convert.FromBase64String(payload.PadRight((payload.Length + 3) / 4 * 4, '=')));

        Assert.Contains("\"ada\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_observer_of_the_options_and_a_further_one_are_both_told()
    {
        using var handler = new FakeHandler(static _ => Json("""{"id":"c1"}"""));
        var options = Options(handler);
        var first = new RecordingObserver();
        var second = new RecordingObserver();
        options.Observer = first;
        using var membrane = new MembraneClient(options);

        await membrane.Connections.GetAsync("c1").Within();
        await membrane.WithObserver(second).Connections.GetAsync("c1").Within();

        Assert.Equal((2, 1), (first.Lines.Count, second.Lines.Count));
    }

    private static void AssertRefused(string option, Action<MembraneClientOptions> change)
    {
        var options = new MembraneClientOptions { ApiUri = Address, TokenSource = new FixedTokenSource(Make.AccountToken) };
        change(options);
        var error = Assert.Throws<MembraneInputException>(() => new MembraneClient(options));
        Assert.Equal(option, error.ParameterName);
    }

    private static MembraneClientOptions Options(HttpMessageHandler handler) =>
        new()
        {
            ApiUri = Address,
            TokenSource = new FixedTokenSource(Make.AccountToken),
            RetryPolicy = Make.FastPolicy,
            HttpMessageHandler = handler,
        };

    private static MembraneClientOptions Options(HttpClient http) =>
        new()
        {
            ApiUri = Address,
            TokenSource = new FixedTokenSource(Make.AccountToken),
            RetryPolicy = Make.FastPolicy,
            HttpClient = http,
        };

    private static HttpResponseMessage Json(string body) =>
        new(HttpStatusCode.OK) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    private sealed class FakeHandler(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        public List<string> Requests { get; } = [];

        public bool IsDisposed { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests.Add($"{request.Method} {request.RequestUri} {request.Headers.Authorization}");
            return Task.FromResult(answer(request));
        }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
