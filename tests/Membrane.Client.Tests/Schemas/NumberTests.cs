using System;
using Xunit;

namespace Membrane.Client.Tests.Schemas;

public class NumberTests
{
    [Theory]
    [InlineData("1.0", true)]
    [InlineData("1e2", true)]
    [InlineData("12.50e1", true)]
    [InlineData("-0.0", true)]
    [InlineData("1e-2", false)]
    [InlineData("1.5", false)]
    [InlineData("123456789012345678901234567890", true)]
    [InlineData("123456789012345678901234567890.1", false)]
    [InlineData("1e400", true)]
    public void An_integer_is_a_number_without_a_fraction_however_it_is_written(string number, bool valid) =>
        Assert.Equal(valid, Json.IsValid("""{ "type": "integer" }""", number));

    [Theory]
    [InlineData("1", "1.0")]
    [InlineData("100", "1e2")]
    [InlineData("0", "-0")]
    [InlineData("0.1", "1e-1")]
    [InlineData("123456789012345678901234567890", "12345678901234567890123456789.0e1")]
    public void Equal_numbers_are_equal_however_they_are_written(string one, string other)
    {
        Assert.True(Json.IsValid($$"""{ "const": {{one}} }""", other));
        Assert.True(Json.IsValid($$"""{ "enum": [{ "a": [{{one}}] }] }""", $$"""{ "a": [{{other}}] }"""));
        Assert.False(Json.IsValid("""{ "uniqueItems": true }""", $"[{one}, {other}]"));
    }

    [Theory]
    [InlineData("9007199254740993", "9007199254740992")]
    [InlineData("0.1000000000000000000000000000000001", "0.1")]
    [InlineData("1e400", "1e401")]
    public void Numbers_that_a_double_cannot_tell_apart_are_told_apart(string one, string other)
    {
        Assert.False(Json.IsValid($$"""{ "const": {{one}} }""", other));
        Assert.True(Json.IsValid("""{ "uniqueItems": true }""", $"[{one}, {other}]"));
    }

    [Theory]
    [InlineData("minimum", "1.5", "1.49999999999999999999999999999999", false)]
    [InlineData("minimum", "-2", "-1.5", true)]
    [InlineData("minimum", "-2", "-2.5", false)]
    [InlineData("maximum", "1e308", "1e309", false)]
    [InlineData("maximum", "9223372036854775807", "9223372036854775808", false)]
    [InlineData("exclusiveMinimum", "0", "0", false)]
    [InlineData("exclusiveMinimum", "0", "1e-999", true)]
    [InlineData("exclusiveMaximum", "10", "9.99", true)]
    public void Limits_are_exact(string keyword, string limit, string number, bool valid) =>
        Assert.Equal(valid, Json.IsValid($$"""{ "{{keyword}}": {{limit}} }""", number));

    [Theory]
    [InlineData("0.01", "19.99", true)]
    [InlineData("0.01", "19.995", false)]
    [InlineData("0.1", "0.3", true)]
    [InlineData("3", "123456789012345678901234567890", true)]
    [InlineData("7", "123456789012345678901234567891", false)]
    [InlineData("1e-8", "12391239123", true)]
    [InlineData("0.123456789", "1e308", false)]
    [InlineData("2.5", "-5", true)]
    [InlineData("10", "0", true)]
    public void Multiples_are_exact(string divisor, string number, bool valid) =>
        Assert.Equal(valid, Json.IsValid($$"""{ "multipleOf": {{divisor}} }""", number));

    [Theory]
    [InlineData("""{ "type": "integer", "minimum": 1, "maximum": 1e1000000000, "multipleOf": 7 }""", "1e999999999")]
    [InlineData("""{ "exclusiveMaximum": 1 }""", "1e99999999999999999999")]
    public void A_huge_exponent_costs_no_more_than_a_small_one(string schema, string number)
    {
        Json.IsValid(schema, "1e1");
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.False(Json.IsValid(schema, number));

        // Written out, the smaller of the two alone would be 400 MB.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void A_million_digits_are_divided()
    {
        var nines = new string('9', 1_000_000);

        Assert.True(Json.IsValid("""{ "multipleOf": 9 }""", nines));
        Assert.False(Json.IsValid("""{ "multipleOf": 9 }""", nines + "1"));
    }
}
