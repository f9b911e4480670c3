using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using Membrane.Client.Tools;
using Membrane.Client.Tools.Schemas;
using Xunit;

namespace Membrane.Client.Tests.Tools.Vendors;

/// <summary>The cases of tests/cases/tools.json, as they stand there.</summary>
public class ToolCasesTests
{
    private static readonly JsonArray Cases = (JsonArray)
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "cases", "tools.json")))!;

    public static TheoryData<int, string> All
    {
        get
        {
            var all = new TheoryData<int, string>();
            foreach (var (one, index) in Cases.Select(static (one, index) => (one!, index)))
            {
                foreach (var format in Written.Names(one["formats"]))
                {
                    foreach (
                        var said in format == "all"
                            ? [.. Enum.GetNames<ToolDialect>(), "OpenAI -Strict", "OpenAIResponses -Strict"]
                            : (string[])[format]
                    )
                    {
                        all.Add(index, said);
                    }
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_tool_has_what_it_must(int index, string said)
    {
        var format = Enum.Parse<ToolDialect>(said.Split(' ')[0]);
        var isStrict = said.EndsWith("-Strict", StringComparison.Ordinal);
        var schema = Cases[index]!["schema"]!.ToJsonString();
        var tool = new ToolWriter(format, isStrict).Write(Some.Tool(schema));
        Assert.Empty(VendorRules.Faults(tool, format, isStrict));
        var parameters = Some.Parameters(schema, format, isStrict)!;
        var properties = (JsonObject)parameters["properties"]!;
        switch (((string)Cases[index]!["must"]!).Split(',', ';')[0])
        {
            case "property names match ^[a-zA-Z0-9_.-]{1":
                var names = properties.Select(static property => property.Key).ToArray();
                Assert.All(names, static name => Assert.Matches("^[a-zA-Z0-9_.-]{1,64}$", name));
                var input = new JsonObject { [names[0]] = "Ada", [names[1]] = 5 };
                Assert.Equal(
                    """{"First Name":"Ada","$top":5}""",
                    ToolArguments.Restore(input, Some.Tool(schema).Shape, format)!.ToJsonString()
                );
                break;
            case "no pattern that the vendor cannot compile":
                Assert.All(properties, static one => Assert.Null(one.Value!["pattern"]));
                Assert.Contains(@"(pattern: ""^(?!\\.)[^@]+@.+$"")", (string?)properties["mail"]!["description"], StringComparison.Ordinal);
                break;
            case "any text can be said":
                Assert.Null(properties["source"]!["enum"]);
                Assert.Contains("\"web\", \"fair\"", (string?)properties["source"]!["description"], StringComparison.Ordinal);
                break;
            case "to is the address":
                Assert.Equal(["street"], ((JsonObject)properties["to"]!["properties"]!).Select(static one => one.Key));
                break;
            case "each form has only the values of its type":
                var forms = (JsonArray)properties["v"]!["anyOf"]!;
                Assert.Equal(
                    """["a"]""",
                    forms.Single(static form => Written.Types((JsonObject)form!).Contains("string"))!["enum"]!.ToJsonString()
                );
                break;
            case "every array has items" or "no empty value in an enum" or "nothing beside anyOf":
                break;
            case var unknown:
                Assert.Fail($"There is no check for '{unknown}'.");
                break;
        }
    }
}
