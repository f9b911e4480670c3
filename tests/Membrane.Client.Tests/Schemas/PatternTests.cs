using System.Text.Json;
using Membrane.Client.Schemas;
using Membrane.Client.Schemas.Reading;
using Xunit;

namespace Membrane.Client.Tests.Schemas;

public class PatternTests
{
    [Theory]
    [InlineData("^abc$", "abc\n", false)]
    [InlineData("es", "ESSENCE", false)]
    [InlineData("es", "tests", true)]
    [InlineData("^\\d+$", "١٢", false)]
    [InlineData("^\\w+$", "é", false)]
    [InlineData("^\\p{L}+$", "é", true)]
    [InlineData("^\\p{Letter}+$", "é1", false)]
    [InlineData("^\\P{Lu}+$", "abc", true)]
    [InlineData("^\\s$", "\ufeff", true)]
    [InlineData("^\\S$", "\u2003", false)]
    [InlineData("^.$", "\u2028", false)]
    [InlineData("^[\\w.-]+$", "a.b-c", true)]
    [InlineData("^[a-z-[aeiou]]+$", "b]", true)]
    [InlineData("^[^]$", "\n", true)]
    [InlineData("[]", "a", false)]
    [InlineData("^[\\D]$", "5", false)]
    [InlineData("^\\cA$", "\u0001", true)]
    [InlineData("^\\x41\\u0042\\u{43}$", "ABC", true)]
    [InlineData("^a{2,3}$", "aa", true)]
    [InlineData("^{a}$", "{a}", true)]
    [InlineData("^a#b c$", "a#b c", true)]
    [InlineData("^(?:(a)|b)\\1$", "b", true)]
    [InlineData("^(?<x>a|b)\\k<x>$", "aa", true)]
    [InlineData("^(?<x>a|b)\\k<x>$", "ab", false)]
    [InlineData("(?<=a)b(?!c)", "abd", true)]
    [InlineData("\\bcat\\b", "écat", true)]
    [InlineData("^.$", "🐲", true)]
    [InlineData("^..$", "🐲", false)]
    [InlineData("^[^a]{2}$", "🐲", false)]
    [InlineData("^[🐲🐉]$", "🐉", true)]
    [InlineData("^[🐉-🐲]$", "🐳", false)]
    [InlineData("^🐲*$", "🐲🐲", true)]
    [InlineData("^\\ud83d\\udc32$", "🐲", true)]
    [InlineData("^\\u{1f432}$", "🐲", true)]
    public void A_pattern_means_what_ECMAScript_means_by_it(string pattern, string text, bool matches)
    {
        var schema = JsonSchema.Parse(JsonSerializer.SerializeToElement(new { pattern }));

        Assert.Equal(matches, schema.IsValid(JsonSerializer.SerializeToElement(text)));
    }

    [Theory]
    [InlineData("\\Aabc\\Z")]
    [InlineData("(?i)abc")]
    [InlineData("(?>a)")]
    [InlineData("(?#remark)")]
    [InlineData("\\p{Script=Greek}")]
    [InlineData("(a")]
    [InlineData("[a")]
    [InlineData("[b-a]")]
    [InlineData("a**")]
    [InlineData("\\u12")]
    [InlineData("\\1")]
    public void A_pattern_that_ECMAScript_does_not_have_is_refused(string pattern)
    {
        var refusal = Assert.Throws<JsonSchemaException>(() =>
            JsonSchema.Parse(JsonSerializer.SerializeToElement(new { properties = new { a = new { pattern } } }))
        );

        Assert.Equal("pattern", refusal.Keyword);
        Assert.Equal("/properties/a", refusal.Pointer);
        Assert.Contains(pattern, refusal.Message);
    }

    [Fact]
    public void A_pattern_that_takes_too_long_is_given_up_and_said()
    {
        // It ends by the limit alone: the pattern would try 2 to the power of 50 ways.
        var violation = Json.Single("""{ "properties": { "a": { "pattern": "^(a+)+$" } } }""", $$"""{ "a": "{{new string('a', 50)}}!" }""");

        Assert.Equal("a", violation.Path);
        Assert.Equal("pattern", violation.Keyword);
        Assert.Contains("could not be checked", violation.Message);
    }

    [Fact]
    public void A_pattern_that_takes_too_long_does_not_make_its_opposite_true()
    {
        Assert.False(Json.IsValid("""{ "not": { "pattern": "^(a+)+$" } }""", $"\"{new string('a', 50)}!\""));
    }

    [Fact]
    public void Lengths_count_code_points()
    {
        Assert.True(Json.IsValid("""{ "maxLength": 2 }""", "\"🐲🐉\""));
        Assert.False(Json.IsValid("""{ "minLength": 3 }""", "\"🐲🐉\""));
    }
}
