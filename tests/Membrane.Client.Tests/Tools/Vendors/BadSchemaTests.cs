using System;
using System.Linq;
using System.Text.Json.Nodes;
using Membrane.Client.Json;
using Membrane.Client.Tools;
using Membrane.Client.Tools.Schemas;
using Xunit;

namespace Membrane.Client.Tests.Tools.Vendors;

/// <summary>Schemas that are too much for a vendor, or too little for any.</summary>
public class BadSchemaTests
{
    public static TheoryData<string, string, bool> All
    {
        get
        {
            var all = new TheoryData<string, string, bool>();
            foreach (var format in Enum.GetNames<ToolDialect>())
            {
                foreach (
                    var name in (string[])
                        ["2,000 values", "6,000 properties", "names of 300 letters", "itself", "itself by anchor", "no end"]
                )
                {
                    all.Add(name, format, false);
                    if (format.StartsWith("OpenAI", StringComparison.Ordinal))
                    {
                        all.Add(name, format, true);
                    }
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_vendor_takes_the_tool_all_the_same(string name, string dialect, bool isStrict)
    {
        var format = Enum.Parse<ToolDialect>(dialect);
        var tool = Some.Tool(Schema(name).ToJsonString());
        Assert.Empty(VendorRules.Faults(new ToolWriter(format, isStrict).Write(tool), format, isStrict));
    }

    [Fact]
    public void Values_that_strict_mode_has_no_room_for_are_told()
    {
        var color = Some.Parameters(Schema("2,000 values").ToJsonString(), ToolDialect.OpenAI, isStrict: true)!["properties"]!["color"]!;
        Assert.Null(color["enum"]);
        Assert.Matches(@"enum: \[""value number 0"", .* and 1\d\d\d more\]", (string?)color["description"]);
    }

    [Fact]
    public void An_object_with_too_many_properties_for_strict_mode_is_passed_as_text()
    {
        var tool = Some.Tool(Schema("6,000 properties").ToJsonString());
        Assert.Equal(
            """{"property 5":"x"}""",
            ToolArguments
                .Restore(Some.Node("""{"input":"{\"property 5\":\"x\"}"}"""), tool.Shape, ToolDialect.OpenAI, isStrict: true)!
                .ToJsonString()
        );
    }

    [Theory]
    [InlineData("""{"type":"object","properties":{"n":{"type":"number","maximum":1e400}}}""")]
    [InlineData("""{"type":"object","properties":{"n":{"type":"string","description":"\ud83d"}}}""")]
    public void What_has_no_form_in_JSON_makes_one_parameter_that_takes_anything(string schema)
    {
        using var document = System.Text.Json.JsonDocument.Parse(schema);
        var shape = InputShape.Of(document.RootElement, DictionaryObjectAdapter.Instance);
        Assert.Equal("object", (string?)shape.Schema["type"]);
    }

    [Fact]
    public void Names_that_would_become_the_same_stay_apart()
    {
        var taken = PropertyNames.Sanitize("First Name", ToolDialect.Mcp);
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["First Name"] = new JsonObject { ["type"] = "string" },
                [taken] = new JsonObject { ["type"] = "integer" },
            },
        };
        foreach (var format in (ToolDialect[])[ToolDialect.Mcp, ToolDialect.Anthropic, ToolDialect.Gemini])
        {
            var names = ((JsonObject)Some.Parameters(schema.ToJsonString(), format)!["properties"]!)
                .Select(static one => one.Key)
                .ToArray();
            Assert.Equal(2, names.Distinct().Count());
            Assert.Equal(taken, names[1]);
            var input = new JsonObject { [names[0]] = "Ada", [names[1]] = 1 };
            var restored = (JsonObject)ToolArguments.Restore(input, Some.Tool(schema.ToJsonString()).Shape, format)!;
            Assert.Equal(["First Name", taken], restored.Select(static one => one.Key));
        }
    }

    [Theory]
    [InlineData(true, "{}")]
    [InlineData(false, """{"a":null}""")]
    public void A_null_of_strict_mode_leaves_a_field_out_and_any_other_is_a_value(bool isStrict, string input)
    {
        var tool = Some.Tool("""{"type":"object","properties":{"a":{"type":["string","null"]}}}""");
        Assert.Equal(input, ToolArguments.Restore(Some.Node("""{"a":null}"""), tool.Shape, ToolDialect.OpenAI, isStrict)!.ToJsonString());
    }

    [Theory]
    [InlineData(true, "[1]")]
    [InlineData(false, "\"[1]\"")]
    public void Only_strict_mode_asks_for_JSON_text_where_anything_goes(bool isStrict, string value)
    {
        var tool = Some.Tool("""{"type":"object","properties":{"any":{}}}""");
        Assert.Equal(
            value,
            ToolArguments.Restore(Some.Node("""{"any":"[1]"}"""), tool.Shape, ToolDialect.OpenAI, isStrict)!["any"]!.ToJsonString()
        );
    }

    [Theory]
    [InlineData("""{"$ref":"#a","$defs":{"x":{"$anchor":"a","type":"integer"}}}""")]
    [InlineData("""{"$ref":"#a","definitions":{"x":{"$id":"#a","type":"integer"}}}""")]
    [InlineData("""{"$ref":"x.json","$defs":{"x":{"$id":"x.json","type":"integer"}}}""")]
    [InlineData("""{"$ref":"x.json#a","$defs":{"x":{"$id":"x.json","$defs":{"y":{"$anchor":"a","type":"integer"}}}}}""")]
    [InlineData("""{"$dynamicRef":"#a","$defs":{"x":{"$dynamicAnchor":"a","type":"integer"}}}""")]
    [InlineData("""{"$id":"https://example.com/root","$ref":"#/$defs/x","$defs":{"x":{"type":"integer"}}}""")]
    public void A_reference_leads_to_what_it_names(string schema) =>
        Assert.Equal("integer", (string?)Some.Parameters(schema, ToolDialect.Mcp)!["properties"]!["input"]!["type"]);

    private static JsonObject Schema(string name)
    {
        var properties = new JsonObject();
        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties };
        switch (name)
        {
            case "2,000 values":
                properties["color"] = new JsonObject
                {
                    ["type"] = "string",
                    ["enum"] = new JsonArray(
                        Enumerable.Range(0, 2000).Select(static index => (JsonNode?)$"value number {index}").ToArray()
                    ),
                };
                break;
            case "6,000 properties" or "names of 300 letters":
                for (var index = 0; index < (name[0] == '6' ? 6000 : 900); index++)
                {
                    properties[name[0] == '6' ? $"property {index}" : new string('n', 300) + index] = new JsonObject
                    {
                        ["type"] = "string",
                    };
                }

                break;
            case "itself" or "itself by anchor":
                schema["$anchor"] = "me";
                properties["children"] = new JsonObject
                {
                    ["type"] = "array",
                    ["items"] = new JsonObject { ["$ref"] = name == "itself" ? "#" : "#me" },
                };
                properties["parent"] = new JsonObject { ["$ref"] = "#/properties/parent" };
                break;
            case "no end":
                var inner = properties;
                for (var level = 0; level < 25; level++)
                {
                    var next = new JsonObject();
                    inner["in"] = new JsonObject { ["type"] = "object", ["properties"] = next };
                    inner = next;
                }

                inner["x"] = new JsonObject { ["type"] = "string" };
                break;
        }

        return schema;
    }
}
