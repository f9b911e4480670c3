using System.Text;
using System.Text.Json;
using Membrane.Client.Authentication.Stored;
using Xunit;

namespace Membrane.Client.Tests.Authentication;

/// <summary>What other programs keep in the file survives whatever we write, byte for byte.</summary>
public sealed class CredentialDocumentTests
{
    private const string Ours = """{"version":1}""";

    public static TheoryData<string> Foreign =>
        [
            """{"token":"abc"}""",
            "{\n\t\"a\" : 1.0,\r\n \"b\":[ 1 , 2 ] }\n\n",
            """{"number":123456789012345678901234567890.10,"large":1e400,"twice":1,"twice":2}""",
            """{"text":"\u00e9 \ud83d\ude00 \/ é","nested":{"membrane-powershell":{"not":"ours"}}}""",
            """{"membrane-powershell-old":true,"":null}""",
            "{}",
            " { } ",
        ];

    [Theory]
    [MemberData(nameof(Foreign))]
    public void Writing_and_removing_ours_gives_back_the_members_of_others(string foreign)
    {
        var with = CredentialDocument.Parse(Encoding.UTF8.GetBytes(foreign)).With(Encoding.UTF8.GetBytes(Ours));
        var read = CredentialDocument.Parse(with);
        Assert.Equal(Ours, Encoding.UTF8.GetString(read.Section.Span));

        var without = CredentialDocument.Parse(read.With(Encoding.UTF8.GetBytes("""{"version":1,"more":"}"}"""))).Without();
        var inside = foreign.Trim()[1..^1].Trim();
        Assert.Equal("{" + inside + "}", Squeezed(Encoding.UTF8.GetString(without), inside));
    }

    [Theory]
    [InlineData("""{"membrane-powershell":1,"x":2}""", """{"x":2}""")]
    [InlineData("""{"x":2,"membrane-powershell":1}""", """{"x":2}""")]
    [InlineData("""{"x":2,"membrane-powershell":{"a":[1,2]},"y":3}""", """{"x":2,"y":3}""")]
    [InlineData("""{"membrane-powershell":1}""", "{}")]
    public void Ours_can_stand_anywhere(string before, string after) =>
        Assert.Equal(after, Encoding.UTF8.GetString(CredentialDocument.Parse(Encoding.UTF8.GetBytes(before)).Without()));

    [Fact]
    public void A_byte_order_mark_stays()
    {
        byte[] before = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("""{"x":1}""")];
        var after = CredentialDocument.Parse(before).With(Encoding.UTF8.GetBytes(Ours));
        Assert.Equal(before[..9], after[..9]);
        Assert.Equal(before, CredentialDocument.Parse(after).Without());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    public void An_empty_file_holds_nothing_that_could_be_lost(string before)
    {
        var after = CredentialDocument.Parse(Encoding.UTF8.GetBytes(before)).With(Encoding.UTF8.GetBytes(Ours));
        Assert.Equal(Ours, Encoding.UTF8.GetString(CredentialDocument.Parse(after).Section.Span));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{"x":1""")]
    [InlineData("""{"x":1}}""")]
    [InlineData("""{"x":1} {}""")]
    [InlineData("""{"x":1,}""")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("token=abc")]
    [InlineData("{\"x\":1}\0")]
    [InlineData("""{"membrane-powershell":{},"membrane-powershell":{}}""")]
    public void What_cannot_be_understood_is_refused(string content) =>
        Assert.ThrowsAny<JsonException>(() => CredentialDocument.Parse(Encoding.UTF8.GetBytes(content)));

    // White space before the closing brace is not of meaning; all between the first and the last member is.
    private static string Squeezed(string text, string inside)
    {
        var trimmed = text.Trim();
        Assert.Equal('{', trimmed[0]);
        Assert.Equal('}', trimmed[^1]);
        Assert.Equal(inside, trimmed[1..^1].Trim());
        return "{" + trimmed[1..^1].Trim() + "}";
    }
}
