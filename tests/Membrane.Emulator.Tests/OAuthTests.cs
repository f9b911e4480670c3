using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using Membrane.Emulator.Tests.Support;
using Xunit;

namespace Membrane.Emulator.Tests;

public sealed class OAuthTests : IDisposable
{
    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private const string Loopback = "http://127.0.0.1:49152/callback";

    private readonly TestWorkspace workspace = new();

    private Caller Nobody => workspace.Nobody;

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task The_server_describes_itself()
    {
        var answer = (await Nobody.Get("/.well-known/oauth-authorization-server")).Ok();
        var issuer = workspace.Host.BaseUri.AbsoluteUri.TrimEnd('/');
        Assert.Equal(issuer, answer["issuer"]);
        Assert.Equal(issuer + "/oauth/authorize", answer["authorization_endpoint"]);
        Assert.Equal(issuer + "/oauth/token", answer["token_endpoint"]);
        Assert.Equal("[\"S256\"]", answer["code_challenge_methods_supported"]);
        Assert.Equal("[\"none\"]", answer["token_endpoint_auth_methods_supported"]);
        Assert.False(answer.Json.TryGetProperty("scopes_supported", out _));

        var resource = (await Nobody.Get("/.well-known/oauth-protected-resource/mcp/integrate-anything")).Ok();
        Assert.Equal(issuer + "/mcp/integrate-anything", resource["resource"]);
        var bare = await Nobody.Get("/.well-known/oauth-protected-resource");
        Assert.Equal(HttpStatusCode.NotFound, bare.Status);
        Assert.Equal("not_found", bare["key"]);
    }

    [Fact]
    public async Task A_person_signs_in_step_by_step()
    {
        var page = Authorize("tenant");
        var first = (await Nobody.Get(page)).Ok();
        Assert.Contains("<label for=\"email\">", first.Text, StringComparison.Ordinal);
        var second = (await Nobody.Submit(page, ("email", "ada@example.com"))).Ok();
        Assert.Contains("ada@example.com", second.Text, StringComparison.Ordinal);
        Assert.Contains("<label for=\"tenantKey\">", second.Text, StringComparison.Ordinal);
        var last = await Nobody.Submit(
            page,
            ("email", "ada@example.com"),
            ("workspaceKey", EmulatorOptions.DefaultWorkspaceKey),
            ("tenantKey", "ada"),
            ("decision", "allow")
        );
        Assert.Equal(HttpStatusCode.SeeOther, last.Status);
        var landed = Query(last);
        Assert.Equal("a state & more", landed["state"]);

        var tokens = (await Exchange(landed["code"])).Ok();
        Assert.Equal("Bearer", tokens["token_type"]);
        Assert.Equal(
            ("ada", EmulatorOptions.DefaultWorkspaceKey, "ada@example.com"),
            (tokens["default_tenant_key"], tokens["default_workspace_key"], tokens["email"])
        );
        Assert.Equal("ada", (await workspace.As(tokens["access_token"]).Get("/self")).Ok()["internalId"]);
    }

    [Theory]
    [InlineData("https://evil.example", null, false)]
    [InlineData("http://evil.example", null, false)]
    [InlineData("null", "cross-site", false)]
    [InlineData("null", null, false)]
    [InlineData(null, null, true)]
    [InlineData("own", null, true)]
    [InlineData("http://localhost:3000", "cross-site", true)]
    [InlineData("null", "same-origin", true)]
    public async Task Pages_of_other_origins_may_neither_consent_nor_register(string? origin, string? site, bool isTaken)
    {
        var consent = new HttpRequestMessage(HttpMethod.Post, new Uri(workspace.Host.BaseUri, Authorize("tenant")))
        {
            Content = new FormUrlEncodedContent(
                new Dictionary<string, string>
                {
                    ["email"] = "ada@example.com",
                    ["workspaceKey"] = EmulatorOptions.DefaultWorkspaceKey,
                    ["tenantKey"] = "ada",
                    ["decision"] = "allow",
                }
            ),
        };
        var register = new HttpRequestMessage(HttpMethod.Post, new Uri(workspace.Host.BaseUri, "/oauth/register"))
        {
            Content = new StringContent("{\"redirect_uris\":[\"" + Loopback + "\"]}", Encoding.UTF8, "application/json"),
        };
        foreach (var request in new[] { consent, register })
        {
            request.Headers.TryAddWithoutValidation(
                "Origin",
                origin == "own" ? [workspace.Host.BaseUri.GetLeftPart(UriPartial.Authority)]
                    : origin is null ? []
                    : [origin]
            );
            request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", site is null ? [] : [site]);
        }

        Assert.Equal(isTaken ? HttpStatusCode.SeeOther : HttpStatusCode.Forbidden, (await Nobody.Send(consent)).Status);
        Assert.Equal(isTaken ? HttpStatusCode.Created : HttpStatusCode.Forbidden, (await Nobody.Send(register)).Status);
    }

    [Theory]
    [InlineData("scope=tenant", "scope=tenant%20platform-user", "invalid_scope")]
    [InlineData("scope=tenant", "scope=openid", "invalid_scope")]
    [InlineData("&scope=tenant", "", "invalid_scope")]
    [InlineData("code_challenge_method=S256", "code_challenge_method=plain", "invalid_request")]
    [InlineData("code_challenge=", "ignored=", "invalid_request")]
    [InlineData("response_type=code", "response_type=token", "unsupported_response_type")]
    public async Task Wrong_requests_are_sent_back_with_the_error(string right, string wrong, string error)
    {
        var answer = await Nobody.Get(Authorize("tenant").Replace(right, wrong, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        var landed = Query(answer);
        Assert.Equal((error, "a state & more"), (landed["error"], landed["state"]));
    }

    [Theory]
    [InlineData("membrane-cli", "https://evil.example.com/callback")]
    [InlineData("membrane-cli", "http://127.0.0.1.evil.example.com/callback")]
    [InlineData("membrane-cli", "http://127.0.0.1@evil.example.com/callback")]
    [InlineData("membrane-cli", "http://127.0.0.1:1/callback#fragment")]
    [InlineData("membrane-cli", "javascript:alert(1)")]
    [InlineData("somebody", Loopback)]
    public async Task Nobody_is_sent_to_an_unknown_place(string clientId, string redirectUri)
    {
        var answer = await Nobody.Get(Authorize("tenant", redirectUri, clientId));
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Null(answer.Response.Headers.Location);
    }

    [Fact]
    public async Task The_page_says_what_is_missing()
    {
        var page = Authorize("tenant");
        var email = await Nobody.Submit(page, ("email", "nobody"));
        Assert.Equal(HttpStatusCode.BadRequest, email.Status);
        Assert.Contains("role=\"alert\"", email.Text, StringComparison.Ordinal);
        var tenant = await Nobody.Submit(page, ("email", "a@b.c"), ("decision", "allow"));
        Assert.Equal(HttpStatusCode.BadRequest, tenant.Status);
        Assert.Contains("tenant", tenant.Text, StringComparison.Ordinal);
        var text = (await Nobody.Submit(page, ("email", "<script>@b.c"))).Ok();
        Assert.DoesNotContain("<script>@", text.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_is_good_once_and_for_who_has_the_verifier()
    {
        var code = await Code("tenant");
        Assert.Equal("invalid_grant", (await Exchange(code, verifier: "another-verifier-another-verifier-another-ve"))["error"]);
        Assert.Equal("invalid_grant", (await Exchange(code, redirectUri: "http://127.0.0.1:1/callback"))["error"]);
        var tokens = (await Exchange(code)).Ok();
        var ada = workspace.As(tokens["access_token"]);
        (await ada.Get("/self")).Ok();
        Assert.Equal("invalid_grant", (await Exchange(code))["error"]);
        Assert.Equal(HttpStatusCode.Unauthorized, (await ada.Get("/self")).Status);
    }

    [Fact]
    public async Task A_refresh_token_is_good_once_and_using_it_twice_ends_the_sign_in()
    {
        var tokens = (await Exchange(await Code("tenant"))).Ok();
        var renewed = (await Refresh(tokens["refresh_token"])).Ok();
        Assert.NotEqual(tokens["refresh_token"], renewed["refresh_token"]);
        Assert.NotEqual(tokens["access_token"], renewed["access_token"]);
        var ada = workspace.As(renewed["access_token"]);
        (await ada.Get("/self")).Ok();
        Assert.Equal("invalid_grant", (await Refresh(tokens["refresh_token"]))["error"]);
        Assert.Equal("invalid_grant", (await Refresh(renewed["refresh_token"]))["error"]);
        Assert.Equal(HttpStatusCode.Unauthorized, (await ada.Get("/self")).Status);
    }

    [Theory]
    [InlineData("access_token")]
    [InlineData("refresh_token")]
    public async Task Revoking_either_token_ends_the_sign_in(string which)
    {
        var tokens = (await Exchange(await Code("tenant"))).Ok();
        var ada = workspace.As(tokens["access_token"]);
        (await ada.Get("/self")).Ok();
        (await Nobody.Submit("/oauth/revoke", ("token", tokens[which]))).Ok();
        Assert.Equal(HttpStatusCode.Unauthorized, (await ada.Get("/self")).Status);
        Assert.Equal("invalid_grant", (await Refresh(tokens["refresh_token"]))["error"]);
        (await Nobody.Submit("/oauth/revoke", ("token", "whatever"))).Ok();
    }

    [Fact]
    public async Task An_account_sees_its_workspaces_and_a_tenant_does_not()
    {
        var account = (await Exchange(await Code("platform-user"))).Ok();
        Assert.Single((await workspace.As(account["access_token"]).Get("/org-workspaces")).Ok().Items);
        var tenant = (await Exchange(await Code("tenant"))).Ok();
        Assert.Equal(HttpStatusCode.Forbidden, (await workspace.As(tenant["access_token"]).Get("/org-workspaces")).Status);
    }

    [Fact]
    public async Task The_workspace_secret_makes_no_sign_ins()
    {
        var forged = Token.Sign(
            new System.Text.Json.Nodes.JsonObject
            {
                ["grantId"] = "grant_1",
                ["scope"] = "platform-user",
                ["exp"] = Token.InSeconds(3600),
            }
        );
        Assert.Equal(HttpStatusCode.Unauthorized, (await workspace.As(forged).Get("/org-workspaces")).Status);
    }

    [Fact]
    public async Task Programs_register_themselves()
    {
        var client = await Nobody.Post(
            "/oauth/register",
            new { client_name = "A test", redirect_uris = new[] { "https://app.example.com/back", "http://localhost/back" } }
        );
        Assert.Equal(HttpStatusCode.Created, client.Status);
        (await Nobody.Get(Authorize("tenant", "https://app.example.com/back", client["client_id"]))).Ok();
        (await Nobody.Get(Authorize("tenant", "http://localhost:5000/back", client["client_id"]))).Ok();
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await Nobody.Get(Authorize("tenant", "https://app.example.com/other", client["client_id"]))).Status
        );
        Assert.Equal(HttpStatusCode.BadRequest, (await Nobody.Get(Authorize("tenant", Loopback, client["client_id"]))).Status);
        Assert.Equal(
            "invalid_redirect_uri",
            (await Nobody.Post("/oauth/register", new { redirect_uris = new[] { "http://app.example.com/back" } }))["error"]
        );
        Assert.Equal("invalid_client_metadata", (await Nobody.Post("/oauth/register", "not json"))["error"]);
    }

    [Theory]
    [InlineData("grant_type=password")]
    [InlineData("client_id=somebody&grant_type=refresh_token&refresh_token=x")]
    [InlineData("client_id=membrane-cli&grant_type=device_code")]
    [InlineData("client_id=membrane-cli&grant_type=refresh_token&refresh_token=rt-x")]
    [InlineData("")]
    public async Task Rubbish_at_the_token_endpoint_gets_an_error_of_the_standard(string form)
    {
        var answer = await Nobody.Submit(
            "/oauth/token",
            form.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(static pair => (pair.Split('=')[0], pair.Split('=')[1])).ToArray()
        );
        Assert.InRange((int)answer.Status, 400, 401);
        Assert.NotEmpty(answer["error"]);
    }

    [Fact]
    public async Task The_code_page_shows_the_code()
    {
        var page = Authorize("tenant", workspace.Host.BaseUri.AbsoluteUri + "oauth/code");
        var landed = await Nobody.Submit(page, ("email", "a@b.c"), ("tenantKey", "ada"), ("decision", "allow"));
        var shown = (await Nobody.Get(landed.Response.Headers.Location!.PathAndQuery)).Ok();
        Assert.Contains(Query(landed)["code"], shown.Text, StringComparison.Ordinal);
        var refused = await Nobody.Submit(page, ("decision", "refuse"));
        Assert.Contains(
            "Not signed in",
            (await Nobody.Get(refused.Response.Headers.Location!.PathAndQuery)).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_sign_in_outlives_the_emulator()
    {
        var file = System.IO.Path.GetTempFileName();
        try
        {
            System.IO.File.Delete(file);
            string refreshToken;
            using (var first = new TestWorkspace(options => options.StatePath = file))
            {
                refreshToken = (await Exchange(first.Nobody, await Code(first.Nobody, "tenant"))).Ok()["refresh_token"];
            }

            using var second = new TestWorkspace(options => options.StatePath = file);
            var renewed = (await Refresh(second.Nobody, refreshToken)).Ok();
            Assert.Equal("ada", (await second.As(renewed["access_token"]).Get("/self")).Ok()["internalId"]);
        }
        finally
        {
            System.IO.File.Delete(file);
        }
    }

    private static string Authorize(string scope, string redirectUri = Loopback, string clientId = "membrane-cli") =>
        $"/oauth/authorize?response_type=code&client_id={Uri.EscapeDataString(clientId)}&redirect_uri={Uri.EscapeDataString(redirectUri)}&scope={scope}"
        + $"&state={Uri.EscapeDataString("a state & more")}&code_challenge={Token.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)))}&code_challenge_method=S256";

    private static Dictionary<string, string> Query(Answer answer) =>
        answer
            .Response.Headers.Location!.Query.TrimStart('?')
            .Split('&')
            .ToDictionary(static pair => pair.Split('=')[0], static pair => Uri.UnescapeDataString(pair.Split('=')[1]));

    private static async Task<string> Code(Caller person, string scope) =>
        Query(await person.Submit(Authorize(scope), ("email", "a@b.c"), ("tenantKey", "ada"), ("decision", "allow")))["code"];

    private static Task<Answer> Exchange(Caller program, string code, string verifier = Verifier, string redirectUri = Loopback) =>
        program.Submit(
            "/oauth/token",
            ("grant_type", "authorization_code"),
            ("client_id", "membrane-cli"),
            ("code", code),
            ("redirect_uri", redirectUri),
            ("code_verifier", verifier)
        );

    private static Task<Answer> Refresh(Caller program, string refreshToken) =>
        program.Submit("/oauth/token", ("grant_type", "refresh_token"), ("client_id", "membrane-cli"), ("refresh_token", refreshToken));

    private Task<string> Code(string scope) => Code(Nobody, scope);

    private Task<Answer> Exchange(string code, string verifier = Verifier, string redirectUri = Loopback) =>
        Exchange(Nobody, code, verifier, redirectUri);

    private Task<Answer> Refresh(string refreshToken) => Refresh(Nobody, refreshToken);
}
