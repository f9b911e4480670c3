using Membrane.Client.Schemas;
using Membrane.Client.Schemas.Reading;
using Xunit;

namespace Membrane.Client.Tests.Schemas;

public class FormatTests
{
    [Theory]
    [InlineData("date-time", "2024-02-29T23:59:60Z", "2023-02-29T00:00:00Z")]
    [InlineData("date-time", "2024-01-01t00:00:00.123+05:30", "2024-01-01 00:00:00Z")]
    [InlineData("date", "2024-12-31", "2024-13-01")]
    [InlineData("time", "08:30:06-08:00", "08:30:06")]
    [InlineData("email", "joe.bloggs@example.com", "joe@@example.com")]
    [InlineData("email", "\\\"joe bloggs\\\"@example.com", ".joe@example.com")]
    [InlineData("uri", "https://example.com/a?b=c#d", "/relative")]
    [InlineData("uri", "urn:isbn:0451450523", "http:// spaces")]
    [InlineData("uuid", "2EB8AA08-AA98-11EA-B4AA-73B441D16380", "2eb8aa08aa9811eab4aa73b441d16380")]
    [InlineData("ipv4", "192.168.0.1", "192.168.0.256")]
    [InlineData("ipv4", "1.2.3.4", "01.2.3.4")]
    [InlineData("ipv6", "::ffff:192.168.0.1", "12345::")]
    [InlineData("ipv6", "::1", "fe80::1%eth0")]
    public void A_format_is_a_remark_unless_the_caller_wants_it_checked(string format, string right, string wrong)
    {
        var text = $$"""{ "format": "{{format}}" }""";
        var remark = Json.Schema(text);
        var check = JsonSchema.Parse(Json.Parse(text), new JsonSchemaOptions { CheckFormats = true });

        Assert.True(remark.IsValid(Json.Parse($"\"{wrong}\"")));
        Assert.True(check.IsValid(Json.Parse($"\"{right}\"")), right);
        var violation = Assert.Single(check.Check(Json.Parse($"\"{wrong}\"")));
        Assert.Equal("format", violation.Keyword);
        Assert.Contains($"must be a valid {format}, but is", violation.Message);
    }

    [Fact]
    public void A_format_that_is_not_known_is_a_remark()
    {
        var check = JsonSchema.Parse(Json.Parse("""{ "format": "colour" }"""), new JsonSchemaOptions { CheckFormats = true });

        Assert.True(check.IsValid(Json.Parse("\"x\"")));
    }
}
