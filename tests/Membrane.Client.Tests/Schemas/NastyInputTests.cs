using System;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Membrane.Client.Schemas;
using Xunit;

namespace Membrane.Client.Tests.Schemas;

public class NastyInputTests
{
    private const string Anything = """{ "items": { "$ref": "#" }, "uniqueItems": true }""";

    [Fact]
    public void A_value_as_deep_as_System_Text_Json_reads_is_checked()
    {
        Assert.True(Json.IsValid(Anything, new string('[', 64) + new string(']', 64)));
    }

    [Theory]
    [InlineData(Anything)]
    [InlineData("""{ "uniqueItems": true }""")]
    [InlineData("""{ "const": [] }""")]
    public void A_value_nested_too_deeply_is_a_violation_and_no_crash(string schema)
    {
        const int Depth = 30_000;
        var deep = Json.Parse(
            $"[{new string('[', Depth)}{new string(']', Depth)},{new string('[', Depth)}{new string(']', Depth)}]",
            Depth + 8
        );

        var violations = Json.Schema(schema).Check(deep);

        // How deep a stack reaches differs: a comparison that ends finds that the two items are equal, and the check of the items may
        // stop all the same.
        Assert.InRange(violations.Count, 1, 2);
        Assert.All(
            violations,
            static violation =>
                Assert.True(
                    violation.Message.Contains("nested too deeply") || violation.Keyword is "const" or "uniqueItems",
                    violation.Message
                )
        );
    }

    [Fact]
    public void A_schema_nested_deeply_is_compiled()
    {
        const int Depth = 2_000;
        var text = string.Concat(Enumerable.Repeat("{\"items\":", Depth)) + "{}" + new string('}', Depth);

        var schema = JsonSchema.Parse(Json.Parse(text, Depth + 8));

        Assert.True(schema.IsValid(Json.Parse("[[[]]]")));
    }

    [Fact]
    public void A_long_chain_of_references_is_a_violation_and_no_crash()
    {
        const int Length = 100_000;
        var definitions = string.Join(
            ",",
            Enumerable.Range(0, Length).Select(index => $"\"d{index}\":{{\"$ref\":\"#/$defs/d{index + 1}\"}}")
        );

        var schema = Json.Schema($$"""{ "$ref": "#/$defs/d0", "$defs": { {{definitions}}, "d{{Length}}": true } }""");

        Assert.Contains("nested too deeply", Assert.Single(schema.Check(Json.Parse("1"))).Message);
    }

    [Fact]
    public void Ten_thousand_fields_are_checked()
    {
        var names = Enumerable.Range(0, 10_000).Select(index => $"field{index}").ToArray();
        var properties = string.Join(",", names.Select(name => $"\"{name}\":{{\"type\":\"integer\"}}"));
        var required = JsonSerializer.Serialize(names);
        var instance = Json.Parse($"{{{string.Join(",", names.Select(name => $"\"{name}\":1"))}}}");

        var schema = Json.Schema($$"""{ "properties": { {{properties}} }, "required": {{required}}, "additionalProperties": false }""");

        Assert.Empty(schema.Check(instance));
    }

    [Fact]
    public void A_hundred_thousand_items_are_compared()
    {
        var items = Enumerable.Range(0, 100_000);

        Assert.True(Json.IsValid("""{ "uniqueItems": true }""", JsonSerializer.Serialize(items)));
        Assert.False(Json.IsValid("""{ "uniqueItems": true }""", JsonSerializer.Serialize(items.Append(99_999))));
    }

    [Fact]
    public void Violations_are_bounded()
    {
        var violations = Json.Check("""{ "items": { "type": "string" } }""", JsonSerializer.Serialize(Enumerable.Range(0, 100_000)));

        Assert.Equal(100, violations.Count);
        Assert.Equal("[99]", violations[99].Path);
    }

    [Fact]
    public void A_check_whose_work_grows_without_bound_is_given_up_when_its_time_is_over()
    {
        // It ends by the limit alone: every level of the value doubles the ways to go.
        var schema = Json.Schema(
            """{ "type": "array", "anyOf": [{ "items": { "$ref": "#" } }, { "items": { "$ref": "#" }, "minItems": 0 }] }"""
        );
        var seconds = 0;

        var violations = schema.Check(Json.Parse(new string('[', 60) + "1" + new string(']', 60)), () => TimeSpan.FromSeconds(++seconds));

        Assert.Contains("takes longer than 10 seconds", violations[^1].Message);
        Assert.Equal(10, seconds);
    }

    [Theory]
    [InlineData("\"\\ud800\"", "\"\\ud800\"", true)]
    [InlineData("\"\\ud800\"", "\"\\ud801\"", false)]
    [InlineData("\"\\ud800\\n\\\"\"", "\"\\ud800\\u000a\\u0022\"", true)]
    public void Half_a_surrogate_pair_is_a_character_like_others(string one, string other, bool equal)
    {
        Assert.Equal(!equal, Json.IsValid("""{ "uniqueItems": true }""", $"[{one}, {other}]"));
        Assert.True(Json.IsValid("""{ "minLength": 1, "maxLength": 3, "pattern": "^[^]+$" }""", one));
    }

    [Fact]
    public void Half_a_surrogate_pair_may_stand_in_a_name()
    {
        var violations = Json.Check(
            """{ "properties": { "a": true }, "required": ["b"], "additionalProperties": false, "propertyNames": { "maxLength": 1 } }""",
            """{ "a": 1, "\ud800": 2 }"""
        );

        Assert.Equal(["b", "[\"\\ud800\"]"], violations.Select(violation => violation.Path));
    }

    [Fact]
    public void A_name_that_comes_twice_is_checked_twice()
    {
        Assert.False(Json.IsValid("""{ "properties": { "a": { "type": "string" } } }""", """{ "a": 1, "a": "x" }"""));
    }

    [Fact]
    public void Half_a_surrogate_pair_in_a_schema_is_refused_or_read_but_never_crashes()
    {
        foreach (
            var schema in new[]
            {
                """{ "const": "\ud800" }""",
                """{ "properties": { "\ud800": true } }""",
                """{ "$ref": "\ud800" }""",
                """{ "$id": "\ud800" }""",
                """{ "required": ["\ud800"] }""",
                """{ "pattern": "\ud800" }""",
            }
        )
        {
            if (JsonSchema.TryParse(Json.Parse(schema), out var result, out var reason))
            {
                result!.Check(Json.Parse("""{ "\ud800": "\ud800" }"""));
            }
            else
            {
                Assert.NotNull(reason);
            }
        }
    }

    [Fact]
    public void One_schema_checks_on_many_threads()
    {
        var schema = Json.Schema(
            """{ "properties": { "a": { "pattern": "^.$" }, "b": { "enum": [1, 2] } }, "unevaluatedProperties": false }"""
        );
        var right = Json.Parse("""{ "a": "🐲", "b": 1.0 }""");
        var wrong = Json.Parse("""{ "a": "xx", "b": 3 }""");

        Parallel.For(
            0,
            2_000,
            _ =>
            {
                Assert.Empty(schema.Check(right));
                Assert.Equal(2, schema.Check(wrong).Count);
            }
        );
    }

    [Fact]
    public void A_check_of_a_valid_value_allocates_little()
    {
        var schema = Json.Schema(
            """{ "type": "object", "properties": { "a": { "type": "integer", "minimum": 1 }, "b": { "anyOf": [{ "type": "null" }, { "maxItems": 3 }] } }, "required": ["a"] }"""
        );
        var instance = Json.Parse("""{ "a": 5, "b": [1, 2] }""");
        schema.Check(instance);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var round = 0; round < 1_000; round++)
        {
            schema.Check(instance);
        }

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 500_000);
    }
}
