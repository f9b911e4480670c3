using System;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Client.Schemas;
using Membrane.Client.Tests.Support;
using Membrane.Client.Tools;
using Membrane.Client.Tools.Schemas;
using Xunit;
using Xunit.Abstractions;

namespace Membrane.Client.Tests.Tools.Vendors;

/// <summary>What a model says of a valid input becomes that input again, whatever was done to the schema.</summary>
public class RoundTripTests(ITestOutputHelper output)
{
    private const int Inputs = 2_000;

    private static readonly (ToolDialect Format, bool IsStrict)[] Formats =
    [
        (ToolDialect.OpenAI, false),
        (ToolDialect.OpenAI, true),
        (ToolDialect.OpenAIResponses, true),
        (ToolDialect.Anthropic, false),
        (ToolDialect.Gemini, false),
        (ToolDialect.Mcp, false),
    ];

    public static TheoryData<string, bool> All
    {
        get
        {
            var all = new TheoryData<string, bool>();
            foreach (var (format, isStrict) in Formats)
            {
                all.Add(format.ToString(), isStrict);
            }

            return all;
        }
    }

    [Fact]
    public void What_a_model_says_is_the_input_again()
    {
        var chaos = new Chaos(output);
        var random = chaos.Random;
        for (var count = 0; count < Inputs; count++)
        {
            var thing = random.Next(3) == 0 ? Thing.Make(random, 0) : new Thing.Record(random, 0);
            var schema = thing.Schema();
            if (schema.Count == 0)
            {
                continue;
            }

            var value = thing.Value();
            Assert.True(
                JsonSchema.Parse(Some.Json(schema.ToJsonString())).IsValid(Some.Json(value?.ToJsonString() ?? "null")),
                $"{value?.ToJsonString()} for {schema.ToJsonString()}"
            );
            var tool = Some.Tool(schema.ToJsonString());
            foreach (var (format, isStrict) in Formats)
            {
                var written = Parameters(new ToolWriter(format, isStrict).Write(tool));
                var said =
                    thing is Thing.Record
                        ? thing.Say(value, written, isStrict)
                        : new JsonObject { ["input"] = thing.Say(value, (JsonObject)written["properties"]!["input"]!, isStrict) };
                var restored = ToolArguments.Restore(JsonNode.Parse(said!.ToJsonString()), tool.Shape, format, isStrict);
                Assert.True(
                    JsonNode.DeepEquals(
                        JsonNode.Parse(value?.ToJsonString() ?? "null"),
                        JsonNode.Parse(restored?.ToJsonString() ?? "null")
                    ),
                    $"{format} {isStrict}, seed {chaos.Seed}\nschema   {schema.ToJsonString()}\nwritten  {written.ToJsonString()}\nsaid     {said.ToJsonString()}\n"
                        + $"expected {value?.ToJsonString()}\nrestored {restored?.ToJsonString()}"
                );
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void What_the_tool_takes_but_the_action_does_not_is_told_by_the_name_of_the_action(string dialect, bool isStrict)
    {
        const string Schema =
            """{"type":"object","properties":{"First Name":{"type":"array","items":{"type":"object","properties":{"e mail":{"type":"string","pattern":"^(?!x)"}},"required":["e mail"]}}},"required":["First Name"]}""";
        var format = Enum.Parse<ToolDialect>(dialect);
        var tool = Some.Tool(Schema);
        var parameters = Parameters(new ToolWriter(format, isStrict).Write(tool));
        var list = ((JsonObject)parameters["properties"]!).Single();
        var mail = ((JsonObject)list.Value!["items"]!["properties"]!).Single().Key;
        var said = new JsonObject { [list.Key] = new JsonArray(new JsonObject { [mail] = "ok" }, new JsonObject { [mail] = "x" }) };
        var restored = ToolArguments.Restore(said, tool.Shape, format, isStrict);
        var violation = Assert.Single(JsonSchema.Parse(Some.Json(Schema)).Check(JsonSerializer.SerializeToElement(restored)));
        Assert.Equal("/First Name/1/e mail", violation.Pointer);
        Assert.Equal("pattern", violation.Keyword);
    }

    private static JsonObject Parameters(JsonObject tool) =>
        (JsonObject)((tool["function"] ?? tool)["parameters"] ?? tool["input_schema"] ?? tool["inputSchema"])!;
}
