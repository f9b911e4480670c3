using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CsCheck;
using Membrane.Client.Json;
using Membrane.Client.Mcp;
using Membrane.Client.Schemas;
using Membrane.Client.Tests.Support;
using Membrane.Client.Tools;
using Membrane.Client.Tools.Calls;
using Membrane.Client.Tools.Schemas;
using Xunit;
using Xunit.Abstractions;

namespace Membrane.Client.Tests.Fuzzing;

/// <summary>What a model, or the author of a schema, may write.</summary>
public sealed class ToolFuzz(ITestOutputHelper output)
{
    private static readonly string[] Schemas =
    [
        """{"type":"object","properties":{"email":{"type":"string","format":"email","maxLength":10,"pattern":"^[a-z]+@"},"tags":{"type":"array","items":{"type":["string","null"]},"uniqueItems":true},"n":{"type":"integer","minimum":0,"multipleOf":0.1}},"required":["email"],"additionalProperties":false}""",
        """{"$schema":"http://json-schema.org/draft-07/schema#","definitions":{"a":{"$ref":"#/definitions/b"},"b":{"enum":[1,"x",null]}},"anyOf":[{"$ref":"#/definitions/a"},{"not":{"const":{}}}],"if":{"type":"string"},"then":{"minLength":2},"else":false}""",
        """{"$id":"https://x.example/s","$defs":{"t":{"$dynamicAnchor":"t","type":"object","properties":{"next":{"$dynamicRef":"#t"}},"unevaluatedProperties":false}},"$ref":"#/$defs/t","dependentRequired":{"a":["b"]},"propertyNames":{"pattern":"^\\p{L}"}}""",
        """{"oneOf":[{"prefixItems":[{"type":"boolean"}],"items":{"type":"string"},"contains":{"const":"a"},"maxContains":2},{"$ref":"#/oneOf/0/prefixItems/0"}],"unevaluatedItems":{"type":"null"}}""",
        """{"type":"object","additionalProperties":{"type":"object","properties":{"a/b~c%":{"allOf":[{"type":"string"},{"minLength":1}]}}}}""",
        "true",
    ];

    private static readonly string[] Instances =
    [
        """{"email":"a@b.c","tags":["x",null],"n":1.5,"extra":{"a/b~c%":"\u00e9"}}""",
        """{"next":{"next":{}},"a":1,"b":"2"}""",
        """["a",true,null,1e3,{"x":"[1,2]"}]""",
        """{"tags":"[\"x\",\"y\"]","email":"{\"a\":1}","n":"7","input":{"x":null}}""",
        "\"x\"",
    ];

    private static readonly string[] Calls =
    [
        """{"id":"c1","type":"function","function":{"name":"t","arguments":"{\"a\":1}"}}""",
        """{"object":"chat.completion","choices":[{"message":{"role":"assistant","tool_calls":[{"id":"c1","function":{"name":"t","arguments":"{\"a\":1}"}}]}}]}""",
        """{"object":"response","output":[{"type":"reasoning","summary":[]},{"type":"function_call","call_id":"c1","name":"t","arguments":"{\"a\":\"\\ud83d\"}"}]}""",
        """{"type":"message","role":"assistant","content":[{"type":"text","text":"Now."},{"type":"tool_use","id":"c1","name":"t","input":{"a":1}}]}""",
        """{"candidates":[{"content":{"role":"model","parts":[{"functionCall":{"id":"c1","name":"t","args":{"a":1}}}]}}]}""",
        """[{"jsonrpc":"2.0","id":"c1","method":"tools/call","params":{"name":"t","arguments":{"a":1}}}]""",
        """[{"type":"function","function":{"name":"t"}},{"functionDeclarations":[{"name":"u"}]},{"name":"v","inputSchema":{}}]""",
    ];

    private static readonly string[] Lines =
    [
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"x","version":"1"}}}""",
        """{"jsonrpc":"2.0","id":"a","method":"tools/list"}""",
        """{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"nothing","arguments":{"a":1},"_meta":{"progressToken":"p"}}}""",
        """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":2,"reason":"x"}}""",
        """{"jsonrpc":"2.0","id":3,"method":"ping"}""",
    ];

    [Fact]
    public void A_schema_is_refused_or_checks_any_value() =>
        Fuzz.Check(
            Gen.Select(Mutations.OfUtf8(Schemas), Mutations.OfUtf8(Instances), Gen.Bool),
            output,
            static made =>
            {
                if (Json(made.Item1) is not { } schema || Json(made.Item2) is not { } instance)
                {
                    return;
                }

                if (
                    JsonSchema.TryParse(
                        schema,
                        out var compiled,
                        out _,
                        new Client.Schemas.Reading.JsonSchemaOptions { CheckFormats = made.Item3 }
                    )
                )
                {
                    var violations = compiled!.Check(instance);
                    Assert.Equal(violations.Count == 0, compiled.IsValid(instance));
                    Assert.InRange(violations.Count, 0, 100);
                }
            },
            3000
        );

    [Fact]
    public void A_schema_has_a_shape_in_every_dialect_and_arguments_come_back_from_it() =>
        Fuzz.Check(
            Gen.Select(Mutations.OfUtf8(Schemas), Mutations.OfUtf8(Instances)),
            output,
            static made =>
            {
                if (
                    Json(made.Item1) is not { } schema
                    || Json(made.Item2) is not { } arguments
                    || HasHalfPairs(schema)
                    || HasHalfPairs(arguments)
                )
                {
                    return;
                }

                InputShape shape;
                try
                {
                    shape = InputShape.Of(schema);
                }
                catch (MembraneInputException)
                {
                    return;
                }

                foreach (var dialect in Enum.GetValues<ToolDialect>())
                {
                    var written = SchemaDialects.Of(dialect, isStrict: false).Write(shape.Schema);
                    _ = JsonNodes.ToElement(written);
                    _ = JsonNodes.ToElement(ToolArguments.Restore(JsonNodes.Of(arguments), shape, dialect));
                }
            },
            1500
        );

    [Fact]
    public void A_call_of_a_model_is_read_or_refused() =>
        Fuzz.Check(
            Mutations.OfUtf8(Calls),
            output,
            static bytes =>
            {
                if (Json(bytes) is not { } answer)
                {
                    return;
                }

                foreach (
                    var read in new System.Action[]
                    {
                        () => _ = ToolCallReader.Read(answer),
                        () => _ = ToolNameReader.Read(answer).ToArray(),
                    }
                )
                {
                    try
                    {
                        read();
                    }
                    catch (MembraneInputException exception)
                    {
                        Assert.NotNull(exception.ParameterName);
                    }
                }
            },
            3000
        );

    [Fact]
    public void Each_line_of_an_MCP_client_has_at_most_one_answer_of_JSON_RPC() =>
        Fuzz.Check(
            Mutations.OfText(Lines),
            output,
            static line =>
            {
                using var stream = new MemoryStream();
                using (var server = new LocalMcpServer(NoTools, static () => null!, "x", 1, TimeSpan.FromDays(1)))
                using (var lines = new McpLines(server, new McpOutput(stream)))
                {
                    lines.Accept(Encoding.UTF8.GetBytes(line));
                    Assert.True(lines.FinishAsync().Wait(TimeSpan.FromMinutes(1)));
                }

                foreach (var text in Encoding.UTF8.GetString(stream.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries))
                {
                    using var document = JsonDocument.Parse(text);
                    var root = document.RootElement;
                    JsonElement[] answers = root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray()] : [root];
                    foreach (var answer in answers)
                    {
                        Assert.Equal("2.0", answer.GetProperty("jsonrpc").GetString());
                        Assert.True(answer.TryGetProperty("result", out _) != answer.TryGetProperty("error", out _));
                    }
                }
            },
            2000
        );

    private static Task<Toolbox> NoTools(CancellationToken cancellationToken) => Task.FromResult(new Toolbox());

    private static bool HasHalfPairs(JsonElement value)
    {
        try
        {
            _ = JsonNodes.Of(value);
            return false;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }

    private static JsonElement? Json(byte[] text)
    {
        try
        {
            return JsonNodes.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
