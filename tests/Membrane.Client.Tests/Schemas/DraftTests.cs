using Xunit;

namespace Membrane.Client.Tests.Schemas;

public class DraftTests
{
    private const string Draft7 = "\"$schema\": \"http://json-schema.org/draft-07/schema#\"";
    private const string Draft202012 = "\"$schema\": \"https://json-schema.org/draft/2020-12/schema\"";

    [Theory]
    [InlineData("""{ "items": [{ "type": "string" }], "additionalItems": false }""", "[1]", "[\"a\"]")]
    [InlineData("""{ "items": [{ "type": "string" }], "additionalItems": false }""", "[\"a\", 1]", "[\"a\"]")]
    [InlineData("""{ "dependencies": { "a": ["b"] } }""", """{ "a": 1 }""", """{ "a": 1, "b": 2 }""")]
    [InlineData("""{ "dependencies": { "a": { "required": ["b"] } } }""", """{ "a": 1 }""", "{}")]
    [InlineData("""{ "minimum": 1, "exclusiveMinimum": true }""", "1", "2")]
    [InlineData("""{ "minimum": 1, "exclusiveMinimum": false }""", "0", "1")]
    [InlineData("""{ "$ref": "#a", "definitions": { "a": { "$id": "#a", "type": "string" } } }""", "1", "\"a\"")]
    [InlineData("""{ "type": "string", "nullable": true, "enum": ["a"] }""", "1", "null")]
    [InlineData("""{ "properties": { "a": { "type": "string", "required": true, "example": 1 } } }""", """{ "a": 1 }""", "{}")]
    [InlineData("""{ "prefixItems": [{ "type": "string" }], "items": false }""", "[1]", "[\"a\"]")]
    public void A_schema_that_names_no_draft_may_mix_them(string schema, string wrong, string right)
    {
        Assert.False(Json.IsValid(schema, wrong));
        Assert.True(Json.IsValid(schema, right));
    }

    [Fact]
    public void Values_of_Membrane_that_allow_custom_ones_are_suggestions()
    {
        Assert.True(Json.IsValid("""{ "type": "string", "enum": ["a"], "allowCustom": true }""", "\"b\""));
        Assert.True(Json.IsValid($$"""{ {{Draft202012}}, "enum": ["a"], "allowCustom": true }""", "\"b\""));
        Assert.True(Json.IsValid("""{ "type": "string", "enum": [] }""", "\"b\""));
    }

    [Theory]
    [InlineData($$"""{ {{Draft202012}}, "type": "string", "nullable": true }""", "null")]
    [InlineData($$"""{ {{Draft7}}, "type": "string", "nullable": true }""", "null")]
    public void Nullable_means_nothing_where_the_draft_is_named(string schema, string instance) =>
        Assert.False(Json.IsValid(schema, instance));

    [Theory]
    [InlineData($$"""{ {{Draft7}}, "prefixItems": [{ "type": "string" }] }""", "[1]")]
    [InlineData($$"""{ {{Draft7}}, "dependentRequired": { "a": ["b"] } }""", """{ "a": 1 }""")]
    [InlineData($$"""{ {{Draft7}}, "unevaluatedProperties": false }""", """{ "a": 1 }""")]
    [InlineData($$"""{ {{Draft202012}}, "additionalItems": false }""", "[1]")]
    public void Keywords_of_other_drafts_mean_nothing_where_the_draft_is_named(string schema, string instance) =>
        Assert.True(Json.IsValid(schema, instance));

    [Fact]
    public void Draft_2019_09_has_arrays_in_items()
    {
        var schema =
            """{ "$schema": "https://json-schema.org/draft/2019-09/schema", "items": [{ "type": "string" }], "unevaluatedItems": false }""";

        Assert.True(Json.IsValid(schema, "[\"a\"]"));
        Assert.False(Json.IsValid(schema, "[\"a\", 1]"));
    }

    [Theory]
    [InlineData("http://json-schema.org/draft-03/schema#")]
    [InlineData("https://example.com/my-dialect")]
    public void A_dialect_that_is_not_known_is_refused_by_name(string dialect)
    {
        var refusal = Json.Refusal($$"""{ "$schema": "{{dialect}}" }""");

        Assert.Equal("$schema", refusal.Keyword);
        Assert.Contains(dialect.TrimEnd('#'), refusal.Message);
    }

    [Fact]
    public void RecursiveRef_is_refused_by_name()
    {
        Assert.Equal("$recursiveRef", Json.Refusal("""{ "properties": { "a": { "$recursiveRef": "#" } } }""").Keyword);
    }
}
