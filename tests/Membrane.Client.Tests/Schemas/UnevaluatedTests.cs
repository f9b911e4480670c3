using Xunit;

namespace Membrane.Client.Tests.Schemas;

public class UnevaluatedTests
{
    [Theory]
    [InlineData("""{ "a": 1, "b": 2 }""", true)]
    [InlineData("""{ "a": 1, "c": 2 }""", false)]
    public void Fields_seen_by_a_referred_schema_are_known(string instance, bool valid)
    {
        var schema = """
            {
              "$ref": "#/$defs/base", "properties": { "a": true }, "unevaluatedProperties": false,
              "$defs": { "base": { "properties": { "b": true } } }
            }
            """;

        Assert.Equal(valid, Json.IsValid(schema, instance));
    }

    [Fact]
    public void Fields_seen_by_a_form_that_does_not_fit_are_not_known()
    {
        var schema = """
            {
              "anyOf": [
                { "properties": { "a": { "type": "string" } }, "required": ["a"] },
                { "properties": { "b": true } }
              ],
              "unevaluatedProperties": false
            }
            """;

        Assert.True(Json.IsValid(schema, """{ "a": "x", "b": 1 }"""));
        Assert.Equal("a", Json.Single(schema, """{ "a": 1, "b": 1 }""").Path);
    }

    [Fact]
    public void Items_that_contains_found_are_known()
    {
        var schema = """{ "contains": { "type": "string" }, "unevaluatedItems": { "type": "null" } }""";

        Assert.True(Json.IsValid(schema, "[null, \"a\", null]"));
        Assert.Equal("[2]", Json.Single(schema, "[null, \"a\", 1]").Path);
    }

    [Fact]
    public void A_schema_does_not_see_what_its_neighbours_saw()
    {
        var schema = """{ "allOf": [{ "properties": { "a": true } }, { "unevaluatedProperties": false }] }""";

        Assert.False(Json.IsValid(schema, """{ "a": 1 }"""));
    }
}
