using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Json;
using Membrane.Emulator.Pages;
using Membrane.Emulator.Tests.Support;
using Xunit;

namespace Membrane.Emulator.Tests.Pages;

/// <summary>What every page must have for people who do not see it, and against what others put into it.</summary>
public sealed class PageMarkupTests
{
    [Theory]
    [InlineData("/screens/connect?token=ALICE")]
    [InlineData("/embed/integrations/slack/connect?token=ALICE")]
    [InlineData("/embed/integrations/weather-station/connect?token=ALICE")]
    [InlineData("/embed/integrations/nothing/connect?token=ALICE")]
    public async Task Everything_has_a_name_and_nothing_comes_from_elsewhere(string address)
    {
        using var workspace = new TestWorkspace();
        var page = await new Visitor(workspace).Open(address.Replace("ALICE", Token.Tenant("alice"), StringComparison.Ordinal));

        Assert.Contains("<html lang=\"en\"", page.Text, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(page.Text, "<h1>"));
        Assert.Single(Regex.Matches(page.Text, "<main>"));
        foreach (Match image in Regex.Matches(page.Text, "<img [^>]*>"))
        {
            Assert.Contains(" alt=\"", image.Value, StringComparison.Ordinal);
        }

        foreach (Match input in Regex.Matches(page.Text, "<(input|select|textarea) [^>]*>"))
        {
            if (!input.Value.Contains("type=\"hidden\"", StringComparison.Ordinal))
            {
                Assert.Contains(
                    $"<label for=\"{Regex.Match(input.Value, " id=\"([^\"]*)\"").Groups[1].Value}\">",
                    page.Text,
                    StringComparison.Ordinal
                );
            }
        }

        foreach (Match described in Regex.Matches(page.Text, "aria-describedby=\"([^\"]*)\""))
        {
            Assert.All(described.Groups[1].Value.Split(' '), id => Assert.Contains($" id=\"{id}\"", page.Text, StringComparison.Ordinal));
        }

        Assert.All(Regex.Matches(page.Text, " (src|href)=\"([^\"]*)\""), link => Assert.Matches("^(/|data:)", link.Groups[2].Value));
    }

    [Fact]
    public async Task Only_the_pages_own_script_may_run()
    {
        using var workspace = new TestWorkspace();
        var page = await new Visitor(workspace).Open("/embed/integrations/slack/connect?token=" + Token.Tenant("alice"));

        var script = Regex.Match(page.Text, "<script>(.*?)</script>", RegexOptions.Singleline).Groups[1].Value;
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));
        var policy = page.Response.Headers.GetValues("Content-Security-Policy").Single();

        Assert.Contains($"script-src 'sha256-{hash}';", policy, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("no-referrer", page.Response.Headers.GetValues("Referrer-Policy").Single());
        Assert.Contains("no-store", page.Response.Headers.GetValues("Cache-Control").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_from_outside_end_no_script_and_no_attribute()
    {
        const string nasty = "\"'></script><script>alert(1)</script>";
        using var workspace = new TestWorkspace();
        var visitor = new Visitor(workspace);
        await visitor.Open($"/embed/integrations/slack/connect?token={Token.Tenant("alice", nasty)}&name={Uri.EscapeDataString(nasty)}");

        var page = await visitor.Decide("allow");

        Assert.DoesNotContain("<script>alert", page.Text, StringComparison.Ordinal);
        Assert.Equal(nasty, Visitor.Outcome(page).GetProperty("connection").GetProperty("name").GetString());
    }

    [Fact]
    public void A_schema_becomes_the_form_that_it_describes()
    {
        var fields = new CredentialFields(Schema);

        var html = fields.Render(null, new Dictionary<string, string>()).Text;

        Assert.Contains("<input type=\"url\"", html, StringComparison.Ordinal);
        Assert.Contains("<input type=\"password\"", html, StringComparison.Ordinal);
        Assert.Contains("<option>eu</option>\n<option>us</option>", html, StringComparison.Ordinal);
        Assert.Contains("<input type=\"checkbox\"", html, StringComparison.Ordinal);
        Assert.Contains("inputmode=\"decimal\"", html, StringComparison.Ordinal);
        Assert.Contains("Where it &lt;runs&gt;.", html, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(html, " autofocus"));
    }

    [Fact]
    public void What_was_typed_becomes_what_the_schema_wants()
    {
        var form = QueryValues.Parse("url=https%3A%2F%2Fa.example&secret=s&region=us&port=8080&sandbox=true&extra=%7B%22a%22%3A1%7D");

        var credentials = new CredentialFields(Schema).Read(form, out var problems).ToJsonString();

        Assert.Empty(problems);
        Assert.Equal("""{"url":"https://a.example","secret":"s","region":"us","port":8080,"sandbox":true,"extra":{"a":1}}""", credentials);
    }

    [Theory]
    [InlineData("secret=s", "url", "Enter the Address.")]
    [InlineData("url=https%3A%2F%2Fa.example&secret=%20", "secret", "Enter the secret.")]
    [InlineData("url=https%3A%2F%2Fa.example&secret=Invalid1", "secret", "The app does not accept this secret.")]
    [InlineData("url=https%3A%2F%2Fa.example&secret=s&port=many", "port", "'port' must be")]
    [InlineData("url=https%3A%2F%2Fa.example&secret=s&extra=x", "extra", "'extra' must be")]
    public void What_is_wrong_is_said_at_its_field(string typed, string field, string problem)
    {
        new CredentialFields(Schema).Read(QueryValues.Parse(typed), out var problems);

        Assert.StartsWith(problem, problems[field], StringComparison.Ordinal);
    }

    [Fact]
    public void What_depends_on_another_field_is_asked_for_at_its_field()
    {
        var fields = new CredentialFields(Dependent);

        fields.Read(QueryValues.Parse("kind=key"), out var missing);
        fields.Read(QueryValues.Parse("kind=key&token=abc-secret"), out var wrong);
        fields.Read(QueryValues.Parse("kind=none"), out var good);

        Assert.Equal("'token' is required but missing.", missing["token"]);
        Assert.StartsWith("'token' must match the pattern ^pk_", wrong["token"], StringComparison.Ordinal);
        Assert.DoesNotContain("abc-secret", wrong["token"], StringComparison.Ordinal);
        Assert.Empty(good);
    }

    private static readonly JsonElement Dependent = EmulatorJson.Parse(
        """
        {
          "type": "object",
          "properties": { "kind": { "enum": ["none", "key"] }, "token": { "type": "string" } },
          "if": { "properties": { "kind": { "const": "key" } } },
          "then": { "required": ["token"], "properties": { "token": { "pattern": "^pk_" } } }
        }
        """
    );

    private static readonly JsonElement Schema = EmulatorJson.Parse(
        """
        {
          "type": "object",
          "properties": {
            "url": { "type": "string", "title": "Address", "format": "uri", "description": "Where it <runs>." },
            "secret": { "type": "string" },
            "region": { "enum": ["eu", "us"] },
            "port": { "type": "integer" },
            "sandbox": { "type": "boolean" },
            "extra": { "type": "object" }
          },
          "required": ["url", "secret"]
        }
        """
    );
}
