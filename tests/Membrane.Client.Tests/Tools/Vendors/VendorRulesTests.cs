using System;
using System.Collections.Generic;
using System.Linq;
using Membrane.Client.Json;
using Membrane.Client.Tests.Support;
using Membrane.Client.Tools;
using Membrane.Client.Tools.Schemas;
using Membrane.Emulator.Apps;
using Membrane.Emulator.Catalog;
using Xunit;
using Xunit.Abstractions;

namespace Membrane.Client.Tests.Tools.Vendors;

/// <summary>Every tool that is written is one that its vendor takes.</summary>
public class VendorRulesTests(ITestOutputHelper output)
{
    private const int Schemas = 10_000;

    private static readonly (ToolDialect Format, bool IsStrict)[] Formats =
    [
        (ToolDialect.OpenAI, false),
        (ToolDialect.OpenAI, true),
        (ToolDialect.OpenAIResponses, false),
        (ToolDialect.OpenAIResponses, true),
        (ToolDialect.Anthropic, false),
        (ToolDialect.Gemini, false),
        (ToolDialect.Mcp, false),
    ];

    [Fact]
    public void Tools_of_random_schemas_break_no_rule_of_a_vendor()
    {
        var odd = new OddSchemas(new Chaos(output).Seed);
        AssertNone(
            Enumerable.Range(0, Schemas).Select(_ => odd.Next().ToJsonString()).Select(static schema => (Some.Tool(schema), schema))
        );
    }

    [Fact]
    public void Tools_of_the_whole_catalog_break_no_rule_of_a_vendor()
    {
        // A larger catalog of real apps, where one is at hand.
        var path = Environment.GetEnvironmentVariable("MEMBRANE_TEST_CATALOG");
        var apps = CatalogFile.Read(path);
        var targets = apps.SelectMany(static app =>
                app.Actions.Select(action => new ToolTarget(
                    Some.Action(
                        $"{app.Slug}/{action.Key}",
                        action.Key,
                        app.Slug,
                        ActionSchemas.Input(ActionPlan.Of(action.Key, action.Name)).GetRawText(),
                        action.Description
                    ),
                    "con_" + app.Slug
                ))
            )
            .ToArray();
        Assert.True(targets.Length > 20, $"{targets.Length} actions");
        AssertNone(Toolbox.Make(targets, DictionaryObjectAdapter.Instance).Select(static tool => ((Tool)tool, tool.Name)));
    }

    // Found by a random schema: nothing is valid, and the other tools have nothing to do with it.
    [Theory]
    [InlineData("""{"properties":{"a":{"type":"integer","enum":[1]}},"allOf":[{"properties":{"a":{"type":"string"}}}]}""")]
    [InlineData("""{"allOf":[{"properties":{"a":{"type":"integer","enum":[1]}}},{"properties":{"a":{"type":"string"}}}]}""")]
    [InlineData("""{"allOf":[{"properties":{"a":{"type":"string"}}},{"properties":{"a":{"type":["string","null"],"enum":[1,"x"]}}}]}""")]
    [InlineData("""{"allOf":[{"properties":{"a":{"const":1}}},{"properties":{"a":{"type":"string","enum":["x"]}}}]}""")]
    [InlineData(
        """{"allOf":[{"properties":{"b":{"properties":{"a":{"enum":[1]}}}}},{"properties":{"b":{"properties":{"a":{"type":"string"}}}}}]}"""
    )]
    public void Properties_that_contradict_each_other_break_no_rule_of_a_vendor(string schema) => AssertNone([(Some.Tool(schema), schema)]);

    private void AssertNone(IEnumerable<(Tool Tool, string Source)> tools)
    {
        var faults = new Dictionary<string, int>();
        var refused = new Dictionary<string, int>();
        var examples = new Dictionary<string, string>();
        var count = 0;
        var writers = Formats.Select(static one => (one.Format, one.IsStrict, Writer: new ToolWriter(one.Format, one.IsStrict))).ToArray();
        foreach (var (tool, source) in tools)
        {
            count++;
            foreach (var (format, isStrict, writer) in writers)
            {
                var vendor = format + (isStrict ? " strict" : "");
                var written = writer.Write(tool);
                var found = VendorRules.Faults(written, format, isStrict).ToArray();
                refused[vendor] = refused.GetValueOrDefault(vendor) + (found.Length > 0 ? 1 : 0);
                foreach (var fault in found)
                {
                    var rule = $"{vendor}: {fault.Split(':')[0]}";
                    faults[rule] = faults.GetValueOrDefault(rule) + 1;
                    examples.TryAdd(rule, $"{fault}\n    {source}\n    {written.ToJsonString()}");
                }
            }
        }

        output.WriteLine($"Tools: {count}; refused: {string.Join(", ", refused.Select(static one => $"{one.Key} {one.Value}"))}");
        foreach (var (rule, number) in faults.OrderBy(static one => one.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"{number, 6} {rule}");
        }

        Assert.True(faults.Count == 0, string.Join("\n", examples.Values.Take(10).Select(static one => one[..Math.Min(one.Length, 3000)])));
    }
}
