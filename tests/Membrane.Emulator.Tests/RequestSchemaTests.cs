using System;
using System.Net;
using System.Threading.Tasks;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Tests.Support;
using Xunit;

namespace Membrane.Emulator.Tests;

/// <summary>Request bodies are checked by the client's JSON Schema engine, so that both sides of the wire mean the same.</summary>
public sealed class RequestSchemaTests
{
    [Theory]
    [InlineData("""{"if":{"required":["a"]},"then":{"required":["b"]}}""", """{"a":1,"b":1}""", """{"a":1}""", "/b")]
    [InlineData("""{"dependentRequired":{"a":["b"]}}""", """{"b":1}""", """{"a":1}""", "/b")]
    [InlineData("""{"properties":{"a":{"contains":{"const":1}}}}""", """{"a":[0,1]}""", """{"a":[0]}""", "/a")]
    [InlineData("""{"properties":{"a":{"$ref":"#/$defs/x"}},"$defs":{"x":{"type":"string"}}}""", """{"a":""}""", """{"a":1}""", "/a")]
    [InlineData(
        """{"properties":{"a":{"$ref":"#x"}},"$defs":{"x":{"$anchor":"x","type":"string"}}}""",
        """{"a":""}""",
        """{"a":1}""",
        "/a"
    )]
    [InlineData("""{"patternProperties":{"^a":{"type":"string"}}}""", """{"ab":""}""", """{"ab":1}""", "/ab")]
    [InlineData("""{"propertyNames":{"maxLength":1}}""", """{"a":1}""", """{"ab":1}""", "/ab")]
    [InlineData("""{"properties":{"a":{"not":{"type":"null"}}}}""", """{"a":1}""", """{"a":null}""", "/a")]
    [InlineData("""{"properties":{"a":{"uniqueItems":true}}}""", """{"a":[1,2]}""", """{"a":[1,1.0]}""", "/a")]
    [InlineData("""{"properties":{"a":{"multipleOf":0.1}}}""", """{"a":0.3}""", """{"a":0.35}""", "/a")]
    [InlineData("""{"properties":{"a":{"format":"uri"}}}""", """{"a":"https://a.example/"}""", """{"a":"a.example"}""", "/a")]
    public void A_body_meets_every_keyword_of_its_schema(string schema, string valid, string invalid, string place)
    {
        var check = new RequestSchema(EmulatorJson.Parse(schema));

        check.Check(EmulatorJson.Parse(valid), "The body");
        var refusal = Assert.Throws<ApiException>(() => check.Check(EmulatorJson.Parse(invalid), "The body"));

        Assert.Equal(400, refusal.Status);
        Assert.Equal(place, (string?)refusal.Facts!["path"]);
        Assert.StartsWith($"'{place.Split('/')[1]}", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "The body must be an object, but is an array of 0 items.")]
    [InlineData("""{"prompt":""}""", "'prompt' must have at least 1 character, but has 0.")]
    [InlineData("""{"prompt":"a","modelId":"abacus"}""", "'modelId' must be one of ")]
    [InlineData("""{"prompt":"a","surprise":1}""", "'surprise' is not a known field. Known here: ")]
    public async Task A_body_that_is_not_valid_is_refused_naming_the_field(string body, string message)
    {
        using var workspace = new TestWorkspace();

        var answer = await workspace.Alice.Post("/agent/sessions", body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.StartsWith(message, answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_top_of_a_body_is_closed()
    {
        using var workspace = new TestWorkspace();
        var session = (await workspace.Alice.Post("/agent/sessions", """{"prompt":"a"}""")).Ok()["id"];
        const string more = """{"input":"b","attachments":[{"title":"a","data":1,"more":true}]}""";

        var answer = await workspace.Alice.Post($"/agent/sessions/{session}/message", more);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }
}
