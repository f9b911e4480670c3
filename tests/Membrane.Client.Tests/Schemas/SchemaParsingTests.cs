using System;
using System.Text.Json;
using Membrane.Client.Schemas;
using Membrane.Client.Schemas.Reading;
using Xunit;

namespace Membrane.Client.Tests.Schemas;

public class SchemaParsingTests
{
    [Theory]
    [InlineData("1", null)]
    [InlineData("null", null)]
    [InlineData("\"string\"", null)]
    [InlineData("""{ "type": "text" }""", "type")]
    [InlineData("""{ "type": 5 }""", "type")]
    [InlineData("""{ "enum": "a" }""", "enum")]
    [InlineData("""{ "minimum": "1" }""", "minimum")]
    [InlineData("""{ "maxLength": -1 }""", "maxLength")]
    [InlineData("""{ "maxItems": 1.5 }""", "maxItems")]
    [InlineData("""{ "multipleOf": 0 }""", "multipleOf")]
    [InlineData("""{ "pattern": 1 }""", "pattern")]
    [InlineData("""{ "required": "a" }""", "required")]
    [InlineData("""{ "required": [1] }""", "required")]
    [InlineData("""{ "properties": [] }""", "properties")]
    [InlineData("""{ "patternProperties": { "(": true } }""", "patternProperties")]
    [InlineData("""{ "allOf": [] }""", "allOf")]
    [InlineData("""{ "anyOf": {} }""", "anyOf")]
    [InlineData("""{ "uniqueItems": 1 }""", "uniqueItems")]
    [InlineData("""{ "$ref": 1 }""", "$ref")]
    [InlineData("""{ "$id": 1 }""", "$id")]
    [InlineData("""{ "$anchor": 1 }""", "$anchor")]
    [InlineData("""{ "$schema": 1 }""", "$schema")]
    [InlineData("""{ "$schema": "https://json-schema.org/draft/2020-12/schema", "items": [true] }""", null)]
    public void A_schema_that_is_not_valid_is_refused_with_the_keyword(string schema, string? keyword)
    {
        Assert.Equal(keyword, Json.Refusal(schema).Keyword);

        Assert.False(JsonSchema.TryParse(Json.Parse(schema), out var result, out var reason));
        Assert.Null(result);
        Assert.StartsWith("The schema cannot be used: ", reason);
    }

    [Fact]
    public void A_mistake_deep_in_a_schema_is_named_by_its_place()
    {
        var refusal = Json.Refusal("""{ "properties": { "a/b": { "items": { "anyOf": [true, { "type": "text" }] } } } }""");

        Assert.Equal("/properties/a~1b/items/anyOf/1", refusal.Pointer);
        Assert.Contains("(at #/properties/a~1b/items/anyOf/1)", refusal.Message);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("{}", true)]
    public void A_schema_may_be_a_boolean(string schema, bool valid) => Assert.Equal(valid, Json.IsValid(schema, "1"));

    [Fact]
    public void A_schema_outlives_the_document_that_it_was_read_from()
    {
        JsonSchema schema;
        using (var document = JsonDocument.Parse("""{ "const": { "a": 1 }, "enum": [{ "a": 1 }] }"""))
        {
            schema = JsonSchema.Parse(document.RootElement);
        }

        Assert.True(schema.IsValid(Json.Parse("""{ "a": 1 }""")));
    }

    [Fact]
    public void No_schema_and_no_value_are_told_apart_from_null()
    {
        Assert.Throws<JsonSchemaException>(() => JsonSchema.Parse(default));
        Assert.Throws<ArgumentException>(() => JsonSchema.Parse(Json.Parse("true")).Check(default));
    }
}
