using System.Linq;
using Xunit;

namespace Membrane.Client.Tests.Schemas;

public class ViolationTests
{
    private const string Contacts = """
        {
          "type": "object",
          "properties": {
            "contacts": {
              "type": "array",
              "items": {
                "type": "object",
                "properties": { "email": { "type": "string" }, "age": { "type": "integer", "minimum": 0 } },
                "required": ["email"],
                "additionalProperties": false
              }
            }
          }
        }
        """;

    [Fact]
    public void A_wrong_field_is_named_by_its_path_and_its_pointer()
    {
        var violation = Json.Single(Contacts, """{ "contacts": [{ "email": 5 }] }""");

        Assert.Equal("contacts[0].email", violation.Path);
        Assert.Equal("/contacts/0/email", violation.Pointer);
        Assert.Equal("type", violation.Keyword);
        Assert.Equal("'contacts[0].email' must be a string, but is 5.", violation.Message);
    }

    [Fact]
    public void A_missing_field_is_named_by_the_path_it_would_have()
    {
        var violation = Json.Single(Contacts, """{ "contacts": [{}] }""");

        Assert.Equal("contacts[0].email", violation.Path);
        Assert.Equal("required", violation.Keyword);
        Assert.Equal("'contacts[0].email' is required but missing.", violation.Message);
    }

    [Fact]
    public void An_unknown_field_comes_with_the_known_ones()
    {
        var violation = Json.Single(Contacts, """{ "contacts": [{ "email": "a", "emial": "b" }] }""");

        Assert.Equal("contacts[0].emial", violation.Path);
        Assert.Equal("'contacts[0].emial' is not a known field. Known here: age and email.", violation.Message);
    }

    [Fact]
    public void All_violations_are_reported_at_once()
    {
        var paths = Json.Check(Contacts, """{ "contacts": [{ "age": -1, "x": 1 }, 3, { "email": null }] }""")
            .Select(violation => violation.Path);

        Assert.Equal(["contacts[0].email", "contacts[0].age", "contacts[0].x", "contacts[1]", "contacts[2].email"], paths);
    }

    [Fact]
    public void The_value_itself_has_an_empty_path()
    {
        var violation = Json.Single("""{ "type": "object" }""", "[1, 2]");

        Assert.Equal("", violation.Path);
        Assert.Equal("", violation.Pointer);
        Assert.Equal("The value must be an object, but is an array of 2 items.", violation.Message);
    }

    [Theory]
    [InlineData("first name", "[\"first name\"]", "/first name")]
    [InlineData("a/b~c", "[\"a/b~c\"]", "/a~1b~0c")]
    [InlineData("", "[\"\"]", "/")]
    [InlineData("a.b", "[\"a.b\"]", "/a.b")]
    [InlineData("größe", "größe", "/größe")]
    public void A_name_that_would_be_misread_in_a_path_is_quoted(string name, string path, string pointer)
    {
        var violation = Json.Single("""{ "additionalProperties": { "type": "string" } }""", $$"""{ "{{name}}": 1 }""");

        Assert.Equal(path, violation.Path);
        Assert.Equal(pointer, violation.Pointer);
    }

    [Theory]
    [InlineData("""{ "type": ["string", "null"] }""", "true", "The value must be a string or null, but is true.")]
    [InlineData("""{ "type": "integer" }""", "1.5", "The value must be a whole number, but is 1.5.")]
    [InlineData("""{ "enum": ["a", 1, null] }""", "\"b\"", "The value must be one of \"a\", 1 or null, but is \"b\".")]
    [InlineData("""{ "const": "a" }""", "\"b\"", "The value must be \"a\", but is \"b\".")]
    [InlineData("""{ "minimum": 5 }""", "4", "The value must be at least 5, but is 4.")]
    [InlineData("""{ "exclusiveMaximum": 5 }""", "5", "The value must be less than 5, but is 5.")]
    [InlineData("""{ "multipleOf": 0.01 }""", "0.015", "The value must be a multiple of 0.01, but is 0.015.")]
    [InlineData("""{ "minLength": 3 }""", "\"ab\"", "The value must have at least 3 characters, but has 2.")]
    [InlineData("""{ "maxItems": 1 }""", "[1, 2]", "The value must have at most 1 item, but has 2.")]
    [InlineData("""{ "minProperties": 1 }""", "{}", "The value must have at least 1 field, but has 0.")]
    [InlineData("""{ "pattern": "^a+$" }""", "\"b\"", "The value must match the pattern ^a+$, but is \"b\".")]
    [InlineData("""{ "uniqueItems": true }""", "[1, 2, 1.0]", "The value must not have the same item twice, but items 0 and 2 are equal.")]
    [InlineData("""{ "dependentRequired": { "a": ["b"] } }""", """{ "a": 1 }""", "'b' is required where \"a\" is given.")]
    [InlineData(
        """{ "propertyNames": { "maxLength": 1 } }""",
        """{ "ab": 1 }""",
        "'ab' has a name that is not allowed: 'ab' must have at most 1 character, but has 2."
    )]
    [InlineData("""{ "properties": { "a": false } }""", """{ "a": 1 }""", "'a' is not allowed.")]
    [InlineData("""{ "prefixItems": [true], "items": false }""", "[1, 2]", "'[1]' is one item too many: 1 item at most.")]
    [InlineData("""{ "not": { "type": "null" } }""", "null", "The value matches a form that the schema excludes: null.")]
    [InlineData(
        """{ "contains": { "type": "string" } }""",
        "[1]",
        "The value must have at least 1 item valid against 'contains', but has 0."
    )]
    public void A_message_says_what_was_expected_and_what_came(string schema, string instance, string message) =>
        Assert.Equal([message], Json.Messages(schema, instance));

    [Fact]
    public void The_same_violation_is_reported_once()
    {
        Assert.Single(Json.Check("""{ "allOf": [{ "type": "string" }, { "type": "string" }] }""", "1"));
    }

    [Fact]
    public void A_field_that_is_wrong_is_not_also_called_unknown()
    {
        var schema = """{ "allOf": [{ "properties": { "a": { "type": "string" } } }], "unevaluatedProperties": false }""";

        Assert.Equal(["'a' must be a string, but is 1."], Json.Messages(schema, """{ "a": 1 }"""));
    }

    [Fact]
    public void The_violations_of_a_branch_of_if_are_reported_and_those_of_the_condition_are_not()
    {
        var schema = """
            {
              "if": { "properties": { "kind": { "const": "card" } } },
              "then": { "required": ["number"] },
              "else": { "required": ["iban"] }
            }
            """;

        Assert.Equal(["'iban' is required but missing."], Json.Messages(schema, """{ "kind": "bank" }"""));
        Assert.Equal(["'number' is required but missing."], Json.Messages(schema, """{ "kind": "card" }"""));
    }

    [Theory]
    [InlineData("""{ "isSensitive": true, "pattern": "^a" }""")]
    [InlineData("""{ "writeOnly": true, "enum": ["a"] }""")]
    [InlineData("""{ "isSensitive": true, "anyOf": [{ "const": "a" }, { "pattern": "^b" }] }""")]
    public void A_secret_value_is_not_repeated(string schema)
    {
        var message = Json.Single(schema, "\"hunter2\"").Message;

        Assert.DoesNotContain("hunter2", message);
        Assert.Contains("string", message);
    }

    [Fact]
    public void A_message_has_no_characters_that_a_console_would_obey()
    {
        var violation = Json.Single("""{ "additionalProperties": { "const": 1 } }""", """{ "a\u001b[2J\n": "\u001b[31m\u202e" }""");

        Assert.DoesNotContain(violation.Message + violation.Path, letter => char.IsControl(letter) || letter == '\u202e');
        Assert.Equal("/a\u001b[2J\n", violation.Pointer);
    }

    [Fact]
    public void A_long_value_is_cut()
    {
        var message = Json.Single("""{ "type": "integer" }""", $"\"{new string('x', 100_000)}\"").Message;

        Assert.True(message.Length < 200, message);
    }
}
