using Xunit;

namespace Membrane.Client.Tests.Schemas;

public class ReferenceTests
{
    [Theory]
    [InlineData("https://example.com/person.json")]
    [InlineData("person.json")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://json-schema.org/draft/2019-09/schema")]
    public void A_reference_to_another_document_is_refused(string reference)
    {
        var refusal = Json.Refusal($$"""{ "properties": { "a": { "$ref": "{{reference}}" } } }""");

        Assert.Equal("$ref", refusal.Keyword);
        Assert.Equal("/properties/a", refusal.Pointer);
        Assert.Contains($"remote reference refused: {reference}", refusal.Message);
    }

    [Theory]
    [InlineData("#/definitions/missing")]
    [InlineData("#missing")]
    [InlineData("#/allOf/7")]
    public void A_reference_to_nothing_is_refused(string reference)
    {
        var refusal = Json.Refusal($$"""{ "allOf": [{ "$ref": "{{reference}}" }] }""");

        Assert.Contains($"refers to {reference}, which is not there", refusal.Message);
    }

    [Theory]
    [InlineData("""{ "$ref": "#" }""")]
    [InlineData(
        """{ "allOf": [{ "$ref": "#/$defs/a" }], "$defs": { "a": { "anyOf": [{ "$ref": "#/$defs/b" }] }, "b": { "not": { "$ref": "#/$defs/a" } } } }"""
    )]
    [InlineData("""{ "if": true, "then": { "$ref": "#" } }""")]
    [InlineData("""{ "dependentSchemas": { "a": { "$ref": "#" } } }""")]
    public void References_in_a_circle_that_go_no_deeper_are_refused(string schema) =>
        Assert.Contains("refers back to itself without end", Json.Refusal(schema).Message);

    [Fact]
    public void Dynamic_references_in_a_circle_are_given_up_and_said()
    {
        var violation = Json.Single("""{ "$dynamicAnchor": "a", "allOf": [{ "$dynamicRef": "#a" }] }""", "1");

        Assert.Equal("$dynamicRef", violation.Keyword);
        Assert.Contains("cannot be checked", violation.Message);
    }

    [Fact]
    public void A_tree_may_refer_to_itself()
    {
        var schema = """{ "properties": { "children": { "items": { "$ref": "#" } }, "name": { "type": "string" } } }""";

        var violation = Json.Single(schema, """{ "children": [{ "children": [{ "name": 1 }] }] }""");

        Assert.Equal("children[0].children[0].name", violation.Path);
    }

    [Fact]
    public void A_dynamic_reference_lands_on_the_outermost_anchor()
    {
        var schema = """
            {
              "$id": "https://example.com/strict",
              "$dynamicAnchor": "node",
              "$ref": "tree",
              "unevaluatedProperties": false,
              "$defs": {
                "tree": {
                  "$id": "tree",
                  "$dynamicAnchor": "node",
                  "properties": { "data": true, "children": { "type": "array", "items": { "$dynamicRef": "#node" } } }
                }
              }
            }
            """;

        Assert.True(Json.IsValid(schema, """{ "children": [{ "data": 1 }] }"""));
        Assert.Equal("children[0].daat", Json.Single(schema, """{ "children": [{ "daat": 1 }] }""").Path);
    }

    [Fact]
    public void In_draft_07_nothing_counts_beside_a_reference_and_in_2020_12_it_does()
    {
        const string Body =
            "\"properties\": { \"a\": { \"$ref\": \"#/definitions/list\", \"maxItems\": 1 } }, \"definitions\": { \"list\": { \"type\": "
            + "\"array\" } }";

        Assert.True(Json.IsValid($$"""{ "$schema": "http://json-schema.org/draft-07/schema#", {{Body}} }""", """{ "a": [1, 2] }"""));
        Assert.False(Json.IsValid($$"""{ "$schema": "https://json-schema.org/draft/2020-12/schema", {{Body}} }""", """{ "a": [1, 2] }"""));
    }

    [Theory]
    [InlineData("http://json-schema.org/draft-04/schema#")]
    [InlineData("http://json-schema.org/draft-07/schema#")]
    [InlineData("https://json-schema.org/draft/2020-12/schema")]
    public void The_schemas_of_the_drafts_can_be_referred_to(string metaschema)
    {
        var schema = $$"""{ "$ref": "{{metaschema}}" }""";

        Assert.True(Json.IsValid(schema, """{ "properties": { "a": { "minLength": 1 } } }"""));
        Assert.Equal("properties.a.minLength", Json.Single(schema, """{ "properties": { "a": { "minLength": -1 } } }""").Path);
    }

    [Fact]
    public void A_definition_that_nothing_refers_to_is_left_alone()
    {
        Assert.True(Json.IsValid("""{ "$defs": { "unused": { "$ref": "https://example.com/", "type": "nonsense" } } }""", "1"));
    }
}
