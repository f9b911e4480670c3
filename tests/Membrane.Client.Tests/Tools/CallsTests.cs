using System;
using System.Collections.Generic;
using System.Linq;
using Membrane.Client.Json;
using Membrane.Client.Tools.Calls;
using Membrane.Client.Tools.Schemas;
using Xunit;

namespace Membrane.Client.Tests.Tools;

public class CallsTests
{
    [Theory]
    [InlineData(nameof(ToolDialect.OpenAI), """{"id":"c1","type":"function","function":{"name":"t","arguments":"{\"a\":1}"}}""")]
    [InlineData(
        nameof(ToolDialect.OpenAI),
        """{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"t","arguments":"{\"a\":1}"}}]}"""
    )]
    [InlineData(
        nameof(ToolDialect.OpenAI),
        """{"object":"chat.completion","choices":[{"message":{"role":"assistant","tool_calls":[{"id":"c1","function":{"name":"t","arguments":"{\"a\":1}"}}]}}]}"""
    )]
    [InlineData(
        nameof(ToolDialect.OpenAIResponses),
        """{"type":"function_call","id":"fc_1","call_id":"c1","name":"t","arguments":"{\"a\":1}"}"""
    )]
    [InlineData(
        nameof(ToolDialect.OpenAIResponses),
        """{"object":"response","output":[{"type":"reasoning","summary":[]},{"type":"message","role":"assistant","content":[{"type":"output_text","text":"x"}]},{"type":"function_call","call_id":"c1","name":"t","arguments":"{\"a\":1}"}]}"""
    )]
    [InlineData(nameof(ToolDialect.Anthropic), """{"type":"tool_use","id":"c1","name":"t","input":{"a":1}}""")]
    [InlineData(
        nameof(ToolDialect.Anthropic),
        """{"type":"message","role":"assistant","stop_reason":"tool_use","content":[{"type":"text","text":"Now."},{"type":"tool_use","id":"c1","name":"t","input":{"a":1}}]}"""
    )]
    [InlineData(nameof(ToolDialect.Gemini), """{"functionCall":{"id":"c1","name":"t","args":{"a":1}}}""")]
    [InlineData(
        nameof(ToolDialect.Gemini),
        """{"role":"model","parts":[{"text":"Now."},{"functionCall":{"id":"c1","name":"t","args":{"a":1}}}]}"""
    )]
    [InlineData(
        nameof(ToolDialect.Gemini),
        """{"candidates":[{"content":{"role":"model","parts":[{"functionCall":{"id":"c1","name":"t","args":{"a":1}},"thoughtSignature":"x"}]}}]}"""
    )]
    [InlineData(nameof(ToolDialect.Mcp), """{"jsonrpc":"2.0","id":"c1","method":"tools/call","params":{"name":"t","arguments":{"a":1}}}""")]
    [InlineData(
        nameof(ToolDialect.Mcp),
        """[{"jsonrpc":"2.0","id":"c1","method":"tools/call","params":{"name":"t","arguments":{"a":1}}}]"""
    )]
    public void A_call_is_found_wherever_it_stands(string dialect, string answer)
    {
        var call = Assert.Single(Read(answer));
        Assert.Equal(Enum.Parse<ToolDialect>(dialect), call.Format);
        Assert.Equal("c1", (string?)call.Id);
        Assert.Equal("t", call.Name);
        Assert.Equal("""{"a":1}""", call.Arguments!.ToJsonString());
        Assert.Null(call.Problem);
    }

    [Theory]
    [InlineData("""{"role":"assistant","content":null,"function_call":{"name":"t","arguments":"{\"a\":1}"}}""")]
    [InlineData(
        """{"choices":[{"finish_reason":"function_call","message":{"role":"assistant","function_call":{"name":"t","arguments":"{\"a\":1}"}}}]}"""
    )]
    [InlineData("""{"function_call":{"name":"t","arguments":{"a":1}}}""")]
    public void OpenAIs_old_form_is_read_and_answered_in_its_own(string answer)
    {
        var call = Assert.Single(Read(answer));
        Assert.Equal(ToolDialect.OpenAI, call.Format);
        Assert.Equal("""{"a":1}""", call.Arguments!.ToJsonString());
        Assert.Equal(
            """{"role":"function","name":"t","content":"null"}""",
            ToolAnswer.Write(call, ToolOutcome.Success(null, DictionaryObjectAdapter.Instance)).ToJsonString()
        );
    }

    [Fact]
    public void The_old_form_without_arguments_is_a_call_without_arguments()
    {
        var call = Assert.Single(Read("""{"role":"assistant","function_call":{"name":"t","arguments":""}}"""));
        Assert.Null(call.Arguments);
        Assert.Null(call.Problem);
        Assert.True(call.IsFunctionCall);
    }

    [Fact]
    public void Libraries_of_Gemini_write_the_call_with_an_underscore()
    {
        var call = Assert.Single(Read("""{"role":"model","parts":[{"function_call":{"name":"t","args":{"a":1}}}]}"""));
        Assert.Equal(ToolDialect.Gemini, call.Format);
        Assert.Equal("""{"a":1}""", call.Arguments!.ToJsonString());
    }

    [Theory]
    [InlineData("""{"role":"assistant","content":"Done."}""")]
    [InlineData("""{"type":"message","role":"assistant","content":[{"type":"text","text":"Done."}]}""")]
    [InlineData("""{"candidates":[{"content":{"role":"model","parts":[{"text":"Done."}]}}]}""")]
    [InlineData("""{"object":"response","output":[{"type":"message","role":"assistant","content":[]}]}""")]
    [InlineData("[]")]
    public void A_message_that_asks_for_nothing_has_no_calls(string answer) => Assert.Empty(Read(answer));

    [Theory]
    [InlineData("5")]
    [InlineData("{}")]
    [InlineData("""{"name":"t"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""")]
    [InlineData("""{"type":"tool_use","name":"t","input":{}}""")]
    [InlineData("""[[[[[[[[[[[[]]]]]]]]]]]]""")]
    [InlineData("""{"type":"tool_use","id":"c1","name":"t","arguments":{"a":1}}""")]
    [InlineData("""{"functionCall":{"name":"t","arguments":{"a":1}}}""")]
    [InlineData("""{"functionCall":{"name":"t","parameters":{"a":1}}}""")]
    [InlineData("""{"id":"c1","type":"function","function":{"name":"t","args":{"a":1}}}""")]
    [InlineData("""{"role":"assistant","tool_calls":[{"id":"c1","type":"function","function":{"name":"t","parameters":{"a":1}}}]}""")]
    [InlineData("""{"role":"assistant","tool_calls":[{"id":"c1","type":"function","name":"t","arguments":"{}"}]}""")]
    [InlineData("""{"role":"assistant","tool_calls":{"id":"c1","function":{"name":"t","arguments":"{}"}}}""")]
    [InlineData("""{"role":"assistant","function_call":"t"}""")]
    [InlineData("""{"role":"assistant","name":"t","arguments":"{\"a\":1}"}""")]
    [InlineData("""{"type":"function_call","name":"t","arguments":"{\"a\":1}"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"t","input":{"a":1}}}""")]
    [InlineData("""{"name":"t","parameters":{"a":1}}""")]
    [InlineData("""{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"c1","function":{"name":"t","arguments":""}}]}}]}""")]
    [InlineData("""{"type":"tool_use","id":"\ud83d","name":"t","input":{}}""")]
    public void What_is_no_call_is_refused(string answer) =>
        Assert.Equal("InputObject", Assert.Throws<MembraneInputException>(() => Read(answer)).ParameterName);

    [Theory]
    [InlineData("{\\\"a\\\":")]
    [InlineData("[1]")]
    [InlineData("5")]
    public void Arguments_that_cannot_be_read_are_a_problem_of_the_call(string arguments)
    {
        var call = Assert.Single(Read($$$"""{"id":"c1","type":"function","function":{"name":"t","arguments":"{{{arguments}}}"}}"""));
        Assert.NotNull(call.Problem);
        Assert.Equal("c1", (string?)call.Id);
    }

    [Fact]
    public void Each_vendor_gets_its_own_answer()
    {
        var good = ToolOutcome.Success(Some.Node("""{"ok":true}"""), DictionaryObjectAdapter.Instance);
        var bad = ToolOutcome.Failure("NotFound", "No.");
        Assert.Equal("""{"role":"tool","tool_call_id":"c1","content":"{\"ok\":true}"}""", Answer(ToolDialect.OpenAI, good));
        Assert.Equal(
            """{"type":"function_call_output","call_id":"c1","output":"{\"ok\":true}"}""",
            Answer(ToolDialect.OpenAIResponses, good)
        );
        Assert.Equal("""{"type":"tool_result","tool_use_id":"c1","content":"{\"ok\":true}"}""", Answer(ToolDialect.Anthropic, good));
        Assert.Equal("""{"functionResponse":{"id":"c1","name":"t","response":{"output":{"ok":true}}}}""", Answer(ToolDialect.Gemini, good));
        Assert.Equal(
            """{"content":[{"type":"text","text":"{\"ok\":true}"}],"structuredContent":{"ok":true},"isError":false}""",
            Answer(ToolDialect.Mcp, good)
        );
        Assert.Contains("\"is_error\":true", Answer(ToolDialect.Anthropic, bad), System.StringComparison.Ordinal);
        Assert.Contains("\"isError\":true", Answer(ToolDialect.Mcp, bad), System.StringComparison.Ordinal);
        Assert.Contains("\"response\":{\"error\":{", Answer(ToolDialect.Gemini, bad), System.StringComparison.Ordinal);
    }

    [Fact]
    public void Answers_are_gathered_where_the_API_wants_one_message()
    {
        var good = ToolOutcome.Success(null, DictionaryObjectAdapter.Instance);
        var answers = Enumerable
            .Range(0, 3)
            .Select(index =>
                ToolAnswer.Write(
                    new ToolCall
                    {
                        Format = ToolDialect.Anthropic,
                        Id = "c" + index,
                        Name = "t",
                    },
                    good
                )
            )
            .ToArray();
        var message = Assert.Single(ToolAnswer.AsMessages(ToolDialect.Anthropic, answers));
        Assert.Equal("user", (string?)message["role"]);
        Assert.Equal(3, message["content"]!.AsArray().Count);
    }

    [Fact]
    public void An_answer_is_not_escaped_beyond_what_JSON_needs()
    {
        var outcome = ToolOutcome.Success(Some.Node("""{"t":"日本 🎈 <b>&' \"q\" \\ \n \u0001"}"""), DictionaryObjectAdapter.Instance);
        Assert.Equal(
            """{"t":"日本 🎈 <b>&' \"q\" \\ \n \u0001"}""",
            (string?)ToolAnswer.Write(new ToolCall { Format = ToolDialect.Anthropic, Id = "c1" }, outcome)["content"]
        );
        Assert.Equal(@"""half \ud83d""", JsonText.Of("half \ud83d"));
    }

    private static IReadOnlyList<ToolCall> Read(string answer) => ToolCallReader.Read(Some.Json(answer));

    private static string Answer(ToolDialect format, ToolOutcome outcome) =>
        JsonText.Of(
            ToolAnswer.Write(
                new ToolCall
                {
                    Format = format,
                    Id = "c1",
                    Name = "t",
                },
                outcome
            )
        );
}
