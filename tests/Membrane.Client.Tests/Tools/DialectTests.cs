using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Client.Schemas;
using Membrane.Client.Tools;
using Membrane.Client.Tools.Schemas;
using Xunit;

namespace Membrane.Client.Tests.Tools;

public class DialectTests
{
    private const string Message = """
        {"type":"object","properties":{"channel":{"type":"string","description":"Where to"},"text":{"type":"string","minLength":1},
        "thread":{"type":"string"},"kind":{"enum":["a","b"]},"at":{"type":"string","format":"date-time"}},"required":["channel","text"]}
        """;

    private static readonly string[] Schemas =
    [
        Message,
        "{}",
        "{\"type\":\"string\"}",
        "{\"type\":\"array\",\"items\":{\"type\":\"integer\"}}",
        "{\"type\":\"object\",\"additionalProperties\":{\"type\":\"string\"}}",
        "{\"type\":[\"object\",\"null\"],\"properties\":{\"a\":{\"type\":[\"string\",\"integer\",\"null\"]},\"b\":{}}}",
        "{\"$ref\":\"#/definitions/node\",\"definitions\":{\"node\":{\"type\":\"object\",\"properties\":{\"next\":{\"$ref\":\"#/definitions/node\"},\"value\":{\"type\":\"number\"}},\"required\":[\"value\"]}}}",
        "{\"oneOf\":[{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"string\"}},\"required\":[\"id\"]},{\"type\":\"object\",\"properties\":{\"email\":{\"type\":\"string\"}},\"required\":[\"email\"]}]}",
        "{\"allOf\":[{\"properties\":{\"a\":{\"type\":\"string\"}},\"required\":[\"a\"]},{\"properties\":{\"b\":{\"type\":\"boolean\"}}}]}",
        "{\"type\":\"object\",\"properties\":{\"list\":{\"type\":\"array\"},\"tuple\":{\"type\":\"array\",\"items\":[{\"type\":\"string\"},{\"type\":\"integer\"}]},\"map\":{\"type\":\"object\"},\"one\":{\"const\":5},\"n\":{\"enum\":[1,2]}}}",
        "{\"type\":\"object\",\"properties\":{\"x\":{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"}]},\"y\":{\"type\":\"string\",\"nullable\":true,\"enum\":[\"a\"]},\"first name\":{\"type\":\"object\",\"properties\":{\"9\":{\"type\":\"string\"}}}},\"required\":[\"y\"]}",
        "true",
        "{\"type\":\"object\",\"properties\":{\"bad\":5,\"min\":{\"minimum\":1,\"exclusiveMinimum\":true,\"type\":\"integer\"}},\"required\":true}",
    ];

    public static TheoryData<string> All => new(Schemas);

    [Fact]
    public void OpenAI_has_a_function_with_parameters()
    {
        var tool = new ToolWriter(ToolDialect.OpenAI, false).Write(Some.Tool(Message, "Sends."));
        Assert.Equal(["type", "function"], tool.Select(member => member.Key));
        Assert.Equal(["name", "description", "parameters"], ((JsonObject)tool["function"]!).Select(member => member.Key));
        Assert.Equal("Sends.", (string?)tool["function"]!["description"]);
        Assert.Equal(["channel", "text"], Names(tool["function"]!["parameters"]!["required"]));
    }

    [Fact]
    public void The_responses_say_whether_they_are_strict()
    {
        Assert.Equal(
            ["type", "name", "description", "parameters", "strict"],
            new ToolWriter(ToolDialect.OpenAIResponses, false).Write(Some.Tool(Message)).Select(member => member.Key)
        );
        Assert.False((bool)new ToolWriter(ToolDialect.OpenAIResponses, false).Write(Some.Tool(Message))["strict"]!);
        Assert.True((bool)new ToolWriter(ToolDialect.OpenAIResponses, true).Write(Some.Tool(Message))["strict"]!);
    }

    [Fact]
    public void Anthropic_Gemini_and_MCP_have_their_own_members()
    {
        Assert.Equal(
            ["name", "description", "input_schema"],
            new ToolWriter(ToolDialect.Anthropic, false).Write(Some.Tool(Message)).Select(member => member.Key)
        );
        Assert.Equal(
            ["name", "description", "parameters"],
            new ToolWriter(ToolDialect.Gemini, false).Write(Some.Tool(Message)).Select(member => member.Key)
        );
        Assert.Equal(
            ["name", "title", "description", "inputSchema"],
            new ToolWriter(ToolDialect.Mcp, false).Write(Some.Tool(Message)).Select(member => member.Key)
        );
        Assert.Equal(
            ["name", "description"],
            new ToolWriter(ToolDialect.Gemini, false).Write(Some.Tool("{}")).Select(member => member.Key)
        );
    }

    [Fact]
    public void A_description_is_no_longer_than_OpenAI_takes()
    {
        var description = (string?)
            new ToolWriter(ToolDialect.OpenAI, false).Write(Some.Tool("{}", new string('x', 3000)))["function"]!["description"];
        Assert.Equal(1024, description!.Length);
    }

    [Fact]
    public void Strict_is_OpenAIs_alone() =>
        Assert.Equal("Strict", Assert.Throws<MembraneInputException>(() => new ToolWriter(ToolDialect.Anthropic, true)).ParameterName);

    [Theory]
    [MemberData(nameof(All))]
    public void The_root_is_an_object_without_alternatives(string schema)
    {
        foreach (var format in (ToolDialect[])[ToolDialect.OpenAI, ToolDialect.Anthropic, ToolDialect.Mcp])
        {
            var parameters = Some.Parameters(schema, format)!;
            Assert.Equal("object", (string?)parameters["type"]);
            Assert.IsType<JsonObject>(parameters["properties"]);
            Assert.DoesNotContain(parameters, member => member.Key is "anyOf" or "oneOf" or "allOf" or "enum" or "not" or "$ref");
            Assert.True(JsonSchema.TryParse(JsonSerializer.SerializeToElement(parameters), out _, out var reason), reason);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Strict_mode_closes_every_object_and_requires_every_property(string schema)
    {
        foreach (var node in Nodes(Some.Parameters(schema, ToolDialect.OpenAI, isStrict: true)!))
        {
            Assert.DoesNotContain(
                node,
                member =>
                    member.Key
                        is "$ref"
                            or "oneOf"
                            or "allOf"
                            or "default"
                            or "minLength"
                            or "maxLength"
                            or "uniqueItems"
                            or "title"
                            or "prefixItems"
                            or "nullable"
            );
            Assert.True(node.ContainsKey("type") || node.ContainsKey("anyOf"), node.ToJsonString());
            if (Types(node).Contains("object"))
            {
                Assert.False((bool)node["additionalProperties"]!);
                Assert.Equal(((JsonObject)node["properties"]!).Select(member => member.Key), Names(node["required"]));
            }

            if (Types(node).Contains("array"))
            {
                Assert.IsType<JsonObject>(node["items"]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Gemini_gets_nothing_but_its_part_of_OpenAPI(string schema)
    {
        string[] known =
        [
            "type",
            "format",
            "description",
            "nullable",
            "enum",
            "items",
            "minItems",
            "maxItems",
            "properties",
            "required",
            "anyOf",
            "minimum",
            "maximum",
            "minLength",
            "maxLength",
            "pattern",
        ];
        foreach (var node in Some.Parameters(schema, ToolDialect.Gemini) is { } parameters ? Nodes(parameters) : [])
        {
            Assert.All(node, member => Assert.Contains(member.Key, known));
            Assert.True(
                node.ContainsKey("anyOf") || (string?)node["type"] is "STRING" or "NUMBER" or "INTEGER" or "BOOLEAN" or "ARRAY" or "OBJECT",
                node.ToJsonString()
            );
            Assert.True((string?)node["type"] != "OBJECT" || node["properties"] is JsonObject { Count: > 0 }, node.ToJsonString());
            Assert.True((string?)node["type"] != "ARRAY" || node["items"] is JsonObject, node.ToJsonString());
            Assert.All(node["enum"] as JsonArray ?? [], word => Assert.Equal(JsonValueKind.String, word!.GetValueKind()));
            Assert.All(node["properties"] as JsonObject ?? [], property => Assert.Matches("^[a-zA-Z_][a-zA-Z0-9_]{0,63}$", property.Key));
            Assert.All(
                Names(node["required"]),
                name => Assert.Contains(name, ((JsonObject)node["properties"]!).Select(property => property.Key))
            );
        }
    }

    [Fact]
    public void What_may_be_missing_may_be_null_in_strict_mode()
    {
        var properties = (JsonObject)Some.Parameters(Message, ToolDialect.OpenAI, isStrict: true)!["properties"]!;
        Assert.Equal("string", (string?)properties["channel"]!["type"]);
        Assert.Equal(["string", "null"], Names(properties["thread"]!["type"]));
        Assert.Equal(new string?[] { "a", "b", null }, ((JsonArray)properties["kind"]!["enum"]!).Select(word => (string?)word));
        Assert.Contains("minLength: 1", (string?)properties["text"]!["description"], StringComparison.Ordinal);
    }

    [Fact]
    public void Several_forms_of_an_object_become_one()
    {
        var parameters = Some.Parameters(Schemas[7], ToolDialect.Anthropic)!;
        Assert.Equal(["id", "email"], ((JsonObject)parameters["properties"]!).Select(member => member.Key));
        Assert.Empty(Names(parameters["required"]));
        Assert.Contains("id; email", (string?)parameters["description"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_structure_that_contains_itself_ends()
    {
        var parameters = Some.Parameters(Schemas[6], ToolDialect.Anthropic)!;
        Assert.Equal(["next", "value"], ((JsonObject)parameters["properties"]!).Select(member => member.Key));
        Assert.DoesNotContain("$ref", parameters.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void References_that_double_at_every_step_end()
    {
        var definitions = new JsonObject { ["d40"] = new JsonObject { ["type"] = "string" } };
        for (var index = 0; index < 40; index++)
        {
            var next = "#/$defs/d" + (index + 1);
            definitions["d" + index] = new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject
                {
                    ["a"] = new JsonObject { ["$ref"] = next },
                    ["b"] = new JsonObject { ["$ref"] = next },
                },
            };
        }

        var parameters = Some.Parameters(
            new JsonObject { ["$ref"] = "#/$defs/d0", ["$defs"] = definitions }.ToJsonString(),
            ToolDialect.Gemini
        )!;
        Assert.InRange(parameters.ToJsonString().Length, 100, 5_000_000);
    }

    private static string[] Types(JsonObject node) =>
        node["type"] switch
        {
            JsonArray several => Names(several),
            JsonValue one => [(string)one!],
            _ => [],
        };

    private static string[] Names(JsonNode? names) => (names as JsonArray ?? []).Select(name => (string)name!).ToArray();

    private static IEnumerable<JsonObject> Nodes(JsonObject schema)
    {
        yield return schema;
        var inner = (schema["properties"] as JsonObject ?? [])
            .Select(property => property.Value)
            .Concat(schema["anyOf"] as JsonArray ?? [])
            .Append(schema["items"]);
        foreach (var node in inner.OfType<JsonObject>().SelectMany(Nodes))
        {
            yield return node;
        }
    }
}
