using Xunit;

namespace Membrane.Client.Tests.Schemas;

public class AlternativeTests
{
    private const string Shapes = """
        {
          "oneOf": [
            { "type": "object", "properties": { "kind": { "const": "circle" }, "radius": { "type": "number" } }, "required": ["kind", "radius"] },
            { "type": "object", "properties": { "kind": { "const": "square" }, "side": { "type": "number" } }, "required": ["kind", "side"] }
          ]
        }
        """;

    [Fact]
    public void The_form_that_a_fixed_field_names_is_the_one_that_was_meant()
    {
        Assert.Equal(["'radius' must be a number, but is \"big\"."], Json.Messages(Shapes, """{ "kind": "circle", "radius": "big" }"""));
        Assert.Equal(["'side' is required but missing."], Json.Messages(Shapes, """{ "kind": "square" }"""));
    }

    [Fact]
    public void The_form_of_the_same_type_is_the_one_that_was_meant()
    {
        var schema = """{ "anyOf": [{ "type": "string", "minLength": 3 }, { "type": "null" }] }""";

        Assert.Equal(["The value must have at least 3 characters, but has 1."], Json.Messages(schema, "\"a\""));
    }

    [Theory]
    [InlineData("""[{ "type": "string" }, { "type": "integer" }]""", "must be a string or a whole number, but is true.")]
    [InlineData("""[{ "const": "a" }, { "const": "b" }]""", "must be \"a\" or \"b\", but is true.")]
    public void Forms_that_are_said_in_a_word_are_listed(string forms, string message)
    {
        Assert.Equal([$"The value {message}"], Json.Messages($$"""{ "anyOf": {{forms}} }""", "true"));
    }

    [Fact]
    public void Where_no_form_is_plainly_meant_each_says_what_it_misses()
    {
        var schema = """{ "anyOf": [{ "required": ["a"] }, { "required": ["b"] }] }""";

        var violation = Json.Single(schema, "{}");

        Assert.Equal("anyOf", violation.Keyword);
        Assert.Equal(
            "The value matches none of the 2 forms that are allowed. 'a' is required but missing. Or: 'b' is required but missing.",
            violation.Message
        );
    }

    [Fact]
    public void A_value_of_several_forms_is_told_which()
    {
        var message = Json.Single("""{ "oneOf": [{ "minimum": 1 }, { "type": "null" }, { "maximum": 5 }] }""", "3").Message;

        Assert.Equal("The value must match exactly one of 3 forms, but matches several: forms 1 and 3 of the schema.", message);
    }

    [Fact]
    public void Forms_inside_forms_are_followed_to_the_field_that_is_wrong()
    {
        var schema = $$"""{ "anyOf": [{ "type": "null" }, { "type": "array", "items": {{Shapes}} }] }""";

        var violation = Json.Single(schema, """[{ "kind": "circle", "radius": 1 }, { "kind": "circle", "radius": null }]""");

        Assert.Equal("[1].radius", violation.Path);
    }
}
