using System.Net;
using System.Net.Http;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Membrane.Emulator.Tests.Support;
using Xunit;

namespace Membrane.Emulator.Tests;

public sealed class TokenTests
{
    [Theory]
    [InlineData("""{"iss":"emulator-workspace","id":"t1"}""")]
    [InlineData("""{"workspaceKey":"emulator-workspace","id":"t1"}""")]
    [InlineData("""{"workspaceKey":"emulator-workspace","tenantKey":"t1"}""")]
    public async Task Every_documented_claim_form_is_the_same_tenant(string claims)
    {
        using var workspace = new TestWorkspace();

        var self = (await workspace.As(Token.Sign(WithExpiry(claims))).Get("/self")).Ok();

        Assert.Equal("t1", self["internalId"]);
        Assert.Equal("emulator-workspace", self["workspaceKey"]);
    }

    [Theory]
    [InlineData("HS256")]
    [InlineData("HS384")]
    [InlineData("HS512")]
    public async Task Every_symmetric_algorithm_is_accepted_with_a_secret_shorter_than_its_hash(string algorithm)
    {
        using var workspace = new TestWorkspace(options => options.WorkspaceSecret = "short");
        var claims = WithExpiry("""{"iss":"emulator-workspace","id":"t1"}""");

        var right = await workspace.As(Token.Sign(claims, "short", algorithm)).Get("/self");
        var wrong = await workspace.As(Token.Sign(claims, "other", algorithm)).Get("/self");

        Assert.Equal(HttpStatusCode.OK, right.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.Status);
    }

    [Fact]
    public async Task A_secret_longer_than_a_hash_block_is_accepted()
    {
        string secret = new('x', 300);
        using var workspace = new TestWorkspace(options => options.WorkspaceSecret = secret);

        Assert.Equal(HttpStatusCode.OK, (await workspace.Alice.Get("/self")).Status);
    }

    [Theory]
    [InlineData("""{"iss":"emulator-workspace","id":"t1","exp":1000}""", "expired")]
    [InlineData("""{"iss":"emulator-workspace","id":"t1"}""", "'exp' is missing")]
    [InlineData("""{"iss":"emulator-workspace","id":"t1","exp":"soon"}""", "'exp' is not a number")]
    [InlineData("""{"iss":"elsewhere","id":"t1","exp":99999999999}""", "'elsewhere'")]
    [InlineData("""{"id":"t1","exp":99999999999}""", "names no workspace")]
    [InlineData("""{"iss":"emulator-workspace","exp":99999999999}""", "names no tenant")]
    [InlineData("""{"iss":"emulator-workspace","id":"","exp":99999999999}""", "names no tenant")]
    [InlineData("""{"iss":"emulator-workspace","id":"t1","isAdmin":true,"exp":99999999999}""", "at once")]
    [InlineData("""{"iss":"emulator-workspace","id":"t1","nbf":99999999998,"exp":99999999999}""", "not valid before")]
    public async Task A_token_that_says_something_wrong_is_refused_with_the_reason(string claims, string reason)
    {
        using var workspace = new TestWorkspace();

        var answer = await workspace.As(Token.Sign(JsonNode.Parse(claims)!.AsObject())).Get("/self");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal("bad_request", answer["type"]);
        Assert.Equal("not_authenticated", answer["key"]);
        Assert.Contains(reason, answer.Message, System.StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unsigned_token_is_refused()
    {
        using var workspace = new TestWorkspace();
        var claims = WithExpiry("""{"iss":"emulator-workspace","id":"t1"}""");

        var answer = await workspace.As(Token.Sign(claims, algorithm: "none")).Get("/self");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Contains("'none'", answer.Message, System.StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_was_changed_is_refused()
    {
        using var workspace = new TestWorkspace();
        var parts = Token.Tenant("t1").Split('.');
        parts[1] = Token.Part(WithExpiry("""{"iss":"emulator-workspace","id":"t2"}"""));

        var answer = await workspace.As(string.Join('.', parts)).Get("/self");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Contains("signature", answer.Message, System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "no token")]
    [InlineData("Basic abc", "Bearer")]
    [InlineData("Bearer x.y", "not a JSON Web Token")]
    [InlineData("Bearer pat-unknown", "account token")]
    public async Task A_header_that_is_no_bearer_token_is_refused(string? header, string reason)
    {
        using var workspace = new TestWorkspace();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/connections");
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", header);
        }

        var answer = await workspace.Nobody.Send(request);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Contains(reason, answer.Message, System.StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tenant_keeps_its_id_and_takes_over_new_names_and_fields()
    {
        using var workspace = new TestWorkspace();
        var first = (await workspace.As(Token.Tenant("t1", "First")).Get("/self")).Ok();
        var claims = WithExpiry("""{"iss":"emulator-workspace","id":"t1","name":"Second","fields":{"plan":"pro"}}""");

        var second = (await workspace.As(Token.Sign(claims)).Get("/self")).Ok();

        Assert.Equal(first["id"], second["id"]);
        Assert.Equal("Second", second["name"]);
        Assert.Equal("pro", second.Json.GetProperty("fields").GetProperty("plan").GetString());
    }

    [Fact]
    public async Task A_payload_that_is_not_JSON_is_refused()
    {
        using var workspace = new TestWorkspace();
        var token = Token.Part(new JsonObject { ["alg"] = "HS256" }) + "." + Token.Encode(Encoding.UTF8.GetBytes("hello")) + ".AAAA";

        Assert.Equal(HttpStatusCode.Unauthorized, (await workspace.As(token).Get("/self")).Status);
    }

    [Fact]
    public async Task A_tenant_is_refused_where_a_manager_is_needed()
    {
        using var workspace = new TestWorkspace();

        var answer = await workspace.Alice.Get("/customers");

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Equal("access_denied", answer["key"]);
    }

    private static JsonObject WithExpiry(string claims)
    {
        var json = JsonNode.Parse(claims)!.AsObject();
        json["exp"] = Token.InSeconds(3600);
        return json;
    }
}
