using System;
using Membrane.Client.Tools;
using Membrane.Client.Tools.Schemas;
using Xunit;

namespace Membrane.Client.Tests.Tools;

public class ArgumentsTests
{
    [Theory]
    [InlineData(
        """{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}},"required":["a"]}""",
        """{"a":"x","b":null}""",
        """{"a":"x"}"""
    )]
    [InlineData("""{"type":"object","properties":{"a":{"type":["string","null"]}}}""", """{"a":null}""", """{"a":null}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}""", """{"a":null}""", """{"a":null}""")]
    [InlineData(
        """{"type":"object","properties":{"a":{"type":"array","items":{"type":"object","properties":{"b":{"type":"string"}}}}}}""",
        """{"a":[{"b":null},{"b":"x"}]}""",
        """{"a":[{},{"b":"x"}]}"""
    )]
    [InlineData("""{"type":"string"}""", """{"input":"hello"}""", "\"hello\"")]
    [InlineData("""{"type":"object","additionalProperties":{"type":"integer"}}""", """{"input":"{\"a\":1}"}""", """{"a":1}""")]
    [InlineData(
        """{"type":"object","properties":{"map":{"type":"object"},"text":{"type":"string"}}}""",
        """{"map":"{\"a\":[1]}","text":"{\"a\":1}"}""",
        """{"map":{"a":[1]},"text":"{\"a\":1}"}"""
    )]
    [InlineData("""{"type":"object","properties":{"any":{}}}""", """{"any":"[1,2]"}""", """{"any":[1,2]}""")]
    [InlineData("""{"type":"object","properties":{"any":{}}}""", """{"any":"plain [text"}""", """{"any":"plain [text"}""")]
    [InlineData(
        """{"type":"object","properties":{"x":{"anyOf":[{"type":"object","properties":{"a":{"type":"string"}}},{"type":"string"}]}}}""",
        """{"x":{"a":null}}""",
        """{"x":{}}"""
    )]
    public void What_the_dialect_did_is_taken_back(string schema, string arguments, string input) =>
        AssertRestored(schema, arguments, input, ToolDialect.OpenAI);

    [Theory]
    [InlineData(nameof(ToolDialect.Anthropic))]
    [InlineData(nameof(ToolDialect.Gemini))]
    public void Parameters_get_their_names_again(string dialect)
    {
        const string Schema =
            """{"type":"object","properties":{"first name":{"type":"string"},"to":{"type":"object","properties":{"e-mail!":{"type":"string"}},"required":["e-mail!"]}},"required":["first name"]}""";
        var first = PropertyNames.Sanitize("first name", Enum.Parse<ToolDialect>(dialect));
        var mail = PropertyNames.Sanitize("e-mail!", Enum.Parse<ToolDialect>(dialect));
        var parameters = Some.Parameters(Schema, Enum.Parse<ToolDialect>(dialect))!;
        Assert.NotNull(parameters["properties"]![first]);
        Assert.NotNull(parameters["properties"]!["to"]!["properties"]![mail]);
        Assert.Equal(first, (string?)parameters["required"]![0]);
        AssertRestored(
            Schema,
            $$$"""{"{{{first}}}":"Ada","to":{"{{{mail}}}":"a@b.c"}}""",
            """{"first name":"Ada","to":{"e-mail!":"a@b.c"}}""",
            Enum.Parse<ToolDialect>(dialect)
        );
    }

    [Fact]
    public void Where_anything_goes_text_stays_text_for_those_who_can_say_more() =>
        AssertRestored(
            """{"type":"object","properties":{"any":{}}}""",
            """{"any":"[1,2]"}""",
            """{"any":"[1,2]"}""",
            ToolDialect.Anthropic
        );

    [Fact]
    public void Numbers_keep_their_digits() =>
        AssertRestored(
            """{"type":"object","properties":{"n":{"type":"number"}}}""",
            """{"n":12345678901234567890.123456789}""",
            """{"n":12345678901234567890.123456789}""",
            ToolDialect.Mcp
        );

    private static void AssertRestored(string schema, string arguments, string input, ToolDialect format) =>
        Assert.Equal(
            Some.Node(input)?.ToJsonString(),
            ToolArguments.Restore(Some.Node(arguments), Some.Tool(schema).Shape, format)?.ToJsonString()
        );
}
