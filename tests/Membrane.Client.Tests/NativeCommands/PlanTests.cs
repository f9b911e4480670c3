using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Membrane.Client.NativeCommands;
using Membrane.Client.Rows;
using Xunit;

namespace Membrane.Client.Tests.NativeCommands;

public sealed class PlanTests
{
    [Theory]
    [InlineData("""{ "type": "string" }""", "Text")]
    [InlineData("""{ "type": ["string", "null"] }""", "Text")]
    [InlineData("""{ "type": "integer" }""", "Integer")]
    [InlineData("""{ "type": "number" }""", "Number")]
    [InlineData("""{ "type": ["integer", "number"] }""", "Number")]
    [InlineData("""{ "type": "boolean" }""", "Switch")]
    [InlineData("""{ "type": "boolean", "default": false }""", "Switch")]
    [InlineData("""{ "type": ["boolean", "null"] }""", "Boolean")]
    [InlineData("""{ "type": "boolean", "default": true }""", "Boolean")]
    [InlineData("""{ "type": "string", "format": "date-time" }""", "Time")]
    [InlineData("""{ "type": "string", "format": "date" }""", "Date")]
    [InlineData("""{ "type": "object" }""", "Object")]
    [InlineData("""{ "enum": ["a", "b"] }""", "Text")]
    [InlineData("""{ "const": 5 }""", "Integer")]
    [InlineData("""{ "oneOf": [{ "type": "string" }, { "type": "null" }] }""", "Text")]
    [InlineData("""{ "anyOf": [{ "type": "string" }, { "type": "object" }] }""", "Any")]
    [InlineData("""{ "$ref": "#/$defs/day" }""", "Date")]
    [InlineData("""{ "$ref": "#/$defs/loop" }""", "Any")]
    [InlineData("true", "Any")]
    [InlineData("{}", "Any")]
    public void The_schema_of_a_property_says_what_its_parameter_takes(string schema, string kind) =>
        Assert.Equal(
            kind,
            Plan(
                    $$"""{ "type": "object", "properties": { "x": {{schema}} }, "$defs": { "day": { "type": "string", "format": "date" }, "loop": { "$ref": "#/$defs/loop" } } }"""
                )
                .Single()
                .Kind.ToString()
        );

    [Fact]
    public void Arrays_take_several_of_their_items()
    {
        var plan = Plan(
            """{ "properties": { "a": { "type": "array", "items": { "type": "integer" } }, "b": { "type": "array" }, "c": { "items": { "type": "boolean" } } } }"""
        );

        Assert.All(plan, static parameter => Assert.True(parameter.IsArray));
        Assert.Equal([ParameterKind.Integer, ParameterKind.Any, ParameterKind.Boolean], plan.Select(static parameter => parameter.Kind));
    }

    [Fact]
    public void Limits_values_and_descriptions_are_kept()
    {
        var plan = Plan(
                """{ "properties": { "n": { "type": "integer", "minimum": 1, "maximum": 9, "default": 3, "description": "How many." } } }"""
            )
            .Single();

        Assert.Equal(("1", "9", "3", "How many."), (plan.Minimum, plan.Maximum, plan.Default, plan.Description));
        Assert.Equal(["open", "closed"], Plan("""{ "properties": { "s": { "enum": ["open", "closed", null] } } }""").Single().Values);
        Assert.Empty(Plan("""{ "properties": { "s": { "enum": ["Open", "open"] } } }""").Single().Values);
        Assert.Equal("^[a-z]+\\z", Plan("""{ "properties": { "s": { "type": "string", "pattern": "^[a-z]+$" } } }""").Single().Pattern);
    }

    [Fact]
    public void A_pattern_that_may_take_for_ever_is_left_to_the_check_of_the_input() =>
        Assert.Null(Plan("""{ "properties": { "s": { "type": "string", "pattern": "^(a+)+$" } } }""").Single().Pattern);

    [Fact]
    public void Required_parameters_come_first()
    {
        var plan = Plan("""{ "properties": { "a": {}, "b": {}, "c": {} }, "required": ["c"] }""");

        Assert.Equal(["C", "A", "B"], plan.Select(static parameter => parameter.Name));
        Assert.Equal([true, false, false], plan.Select(static parameter => parameter.IsMandatory));
    }

    [Fact]
    public void Objects_that_are_put_together_become_one()
    {
        var all = Plan(
            """{ "allOf": [{ "properties": { "a": {} }, "required": ["a"] }, { "$ref": "#/$defs/b" }], "$defs": { "b": { "properties": { "b": {} } } } }"""
        );
        var one = Plan(
            """{ "oneOf": [{ "properties": { "id": {}, "a": {} }, "required": ["id", "a"] }, { "properties": { "id": {}, "b": {} }, "required": ["id", "b"] }] }"""
        );

        Assert.Equal(["A", "B"], all.Select(static parameter => parameter.Name));
        Assert.True(all[0].IsMandatory);
        Assert.Equal([("Id", true), ("A", false), ("B", false)], one.Select(static parameter => (parameter.Name, parameter.IsMandatory)));
    }

    [Theory]
    [InlineData("""{ "type": "array" }""")]
    [InlineData("""{ "type": "string" }""")]
    [InlineData("""{ "oneOf": [{ "type": "string" }, { "properties": {} }] }""")]
    [InlineData("""{ "$ref": "#" }""")]
    [InlineData("true")]
    public void An_input_that_is_no_object_is_given_as_a_whole(string schema) =>
        Assert.Null(ParameterPlanner.Plan(new InputSchemaReader(Json(schema))));

    [Theory]
    [InlineData("first_name", "FirstName")]
    [InlineData("firstName", "FirstName")]
    [InlineData("user-id", "UserId")]
    [InlineData("Verbose", "VerboseValue")]
    [InlineData("context", "ContextValue")]
    [InlineData("input", "InputValue")]
    [InlineData("InputObject", "InputObjectValue")]
    [InlineData("error", "ErrorValue")]
    [InlineData("2fa", "Property2fa")]
    public void Parameters_are_named_after_properties(string property, string name)
    {
        var plan = Plan(JsonSerializer.Serialize(new { properties = new Dictionary<string, object> { [property] = new { } } })).Single();

        Assert.Equal((name, property), (plan.Name, plan.Property));
    }

    [Theory]
    [InlineData("""{ "type": "string" }""", false)]
    [InlineData("""{ "type": ["string", "null"] }""", true)]
    [InlineData("""{ "type": ["string", "null"], "enum": ["a", "b"] }""", false)]
    [InlineData("""{ "type": "string", "nullable": true }""", true)]
    [InlineData("""{ "enum": ["a", null] }""", true)]
    [InlineData("""{ "anyOf": [{ "type": "integer" }, { "type": "null" }] }""", true)]
    [InlineData("""{ "allOf": [{ "type": "integer" }] }""", false)]
    [InlineData("{}", true)]
    public void Null_is_taken_where_the_schema_takes_it(string schema, bool isTaken) =>
        Assert.Equal(isTaken, Plan("{ \"properties\": { \"p\": " + schema + " } }").Single().AllowsNull);

    [Fact]
    public void Properties_with_one_name_get_several()
    {
        var names = Plan("""{ "properties": { "a b": {}, "a_b": {}, "aB": {}, "'": {}, "\n": {}, "": {} } }""")
            .Select(static parameter => parameter.Name)
            .ToArray();

        Assert.Equal(6, names.Distinct(System.StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(names, static name => Assert.Matches("^[A-Z][A-Za-z0-9]*$", name));
    }

    [Fact]
    public void Ten_thousand_properties_are_not_ten_thousand_parameters()
    {
        var schema = JsonSerializer.Serialize(
            new
            {
                properties = Enumerable.Range(0, 10_000).ToDictionary(static index => $"p{index}", static _ => new { }),
                required = new[] { "p9999" },
                additionalProperties = false,
            }
        );

        (var parameters, var takesMore) = ParameterPlanner.Plan(new InputSchemaReader(Json(schema)))!.Value;

        Assert.Equal(ParameterPlanner.MaxParameters, parameters.Count);
        Assert.Equal("p9999", parameters[0].Property);
        Assert.True(takesMore);
    }

    [Fact]
    public void A_list_in_an_envelope_is_its_items()
    {
        var plan = Output(
            """{ "properties": { "items": { "type": "array", "items": { "properties": { "zeta": { "type": "string" }, "id": { "type": "string" }, "tags": { "type": "array" }, "name": { "type": "string" } } } }, "cursor": { "type": "string" } } }"""
        )!;

        Assert.Equal(("items", "cursor"), (plan.ItemsProperty, plan.CursorProperty));
        Assert.Equal(["zeta", "id", "tags", "name"], plan.Properties);
        Assert.Equal(["id", "name", "zeta"], plan.Columns);
    }

    [Theory]
    [InlineData("nextCursor", """{ "nextCursor": { "type": "string" } }""")]
    [InlineData(
        "response_metadata.next_cursor",
        """{ "ok": { "type": "boolean" }, "response_metadata": { "type": "object", "properties": { "next_cursor": { "type": "string" } } } }"""
    )]
    [InlineData(
        "pagination.next_cursor",
        """{ "pagination": { "type": "object", "properties": { "total": { "type": "integer" }, "next_cursor": { "type": ["string", "null"] } } } }"""
    )]
    [InlineData(
        "pageInfo.endCursor",
        """{ "pageInfo": { "properties": { "hasNextPage": { "type": "boolean" }, "endCursor": { "type": "string" } } } }"""
    )]
    [InlineData(
        "paging.next.after",
        """{ "paging": { "type": "object", "properties": { "next": { "type": "object", "properties": { "after": { "type": "string" }, "link": { "type": "string" } } } } } }"""
    )]
    [InlineData(
        "paging.cursors.after",
        """{ "paging": { "properties": { "cursors": { "properties": { "before": { "type": "string" }, "after": { "type": "string" } } } } } }"""
    )]
    [InlineData("meta.cursor.next", """{ "meta": { "properties": { "cursor": { "properties": { "next": { "type": "string" } } } } } }""")]
    [InlineData(
        null,
        """{ "paging": { "type": "object", "properties": { "next": { "type": "string" }, "after": { "type": "string" } } } }"""
    )]
    [InlineData(
        null,
        """{ "meta": { "type": "object", "properties": { "a.b": { "type": "object", "properties": { "cursor": { "type": "string" } } } } } }"""
    )]
    [InlineData(null, """{ "paging": { "$ref": "#/properties/paging" } }""")]
    public void The_next_page_begins_where_the_envelope_says(string? cursor, string paging)
    {
        var plan = Output(
            $$"""{ "properties": { "results": { "type": "array", "items": { "properties": { "id": { "type": "string" } } } }, {{paging.Trim()[1..]}} }"""
        )!;

        Assert.Equal(("results", cursor), (plan.ItemsProperty, plan.CursorProperty));
    }

    [Fact]
    public void An_object_with_a_list_among_other_things_is_itself()
    {
        var plan = Output("""{ "properties": { "id": { "type": "string" }, "labels": { "type": "array" } } }""")!;

        Assert.Null(plan.ItemsProperty);
        Assert.Equal(["id", "labels"], plan.Properties);
    }

    [Theory]
    [InlineData("""{ "type": "string" }""")]
    [InlineData("true")]
    [InlineData("""{ "$ref": "#" }""")]
    public void An_output_that_is_no_object_has_no_type(string schema) => Assert.Null(Output(schema));

    private static OutputPlan? Output(string schema) => OutputPlanner.Plan(new InputSchemaReader(Json(schema)), "Membrane.App.X.Y");

    private static IReadOnlyList<ParameterPlan> Plan(string schema) =>
        ParameterPlanner.Plan(new InputSchemaReader(Json(schema)))!.Value.Parameters;

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
